import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** How editors are told the line, by the names of their programs; all others as vi is. */
const LIKE_CODE = /^(?:code|code-insiders|codium|vscodium|cursor|windsurf)$/;
const WITH_COLON = /^(?:subl|sublime_text|atom|zed|hx|helix|micro)$/;
const LIKE_IDEA = /^(?:idea|webstorm|phpstorm|rider|goland|pycharm|fleet)(?:64)?(?:\.sh)?$/;
const WITHOUT_LINE = /^(?:notepad|open|xdg-open)$/;

/** The editor that somebody wants: a command line, as git takes it. */
export const editorOf = ({ VISUAL, EDITOR }: Surroundings['env']): string =>
  [VISUAL, EDITOR].find((one) => one !== undefined && one.trim() !== '') ?? 'vi';

/** What the editor is told so that it opens a file at a line, from 1. */
export function editorWords(editor: string, path: string, line: number): string[] {
  const [program = ''] = editor.trim().split(/\s+/);
  const name = basename(program).replace(/\.(?:exe|cmd)$/i, '');
  if (LIKE_CODE.test(name)) return ['-g', `${path}:${line}`];
  if (WITH_COLON.test(name)) return [`${path}:${line}`];
  if (LIKE_IDEA.test(name)) return ['--line', String(line), path];
  return WITHOUT_LINE.test(name) ? [path] : [`+${line}`, path];
}

/** Opens a file in an editor, and waits until that is closed. Returns what went wrong, if anything. */
export function openInEditor(editor: string, path: string, line: number, cwd: string): string | undefined {
  const words = editorWords(editor, path, line);
  const options = { stdio: 'inherit', cwd } as const;
  // As git does it: what is configured is a command line, and may have options and quotes.
  const { error, status, signal } =
    process.platform === 'win32'
      ? spawnSync(`${editor} ${words.map((word) => `"${word}"`).join(' ')}`, { ...options, shell: true })
      : spawnSync('sh', ['-c', `${editor} "$@"`, editor, ...words], options);
  if (error !== undefined) return `${editor} cannot be started: ${error.message}`;
  if (status === 127) return `there is no ${editor}; set EDITOR to yours`;
  return status === 0 ? undefined : `${editor} ended with ${signal ?? status}`;
}
