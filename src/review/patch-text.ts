import { isAbsolute, relative, sep } from 'node:path';
import type { FileDiff, Hunk, HunkLine } from './diff.ts';

const SIGN: Readonly<Record<HunkLine['kind'], string>> = { kept: ' ', removed: '-', added: '+' };

const ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/**
 * A path as git writes it in a patch: in C quotes, with octal bytes of its UTF-8, where it has a control character, a
 * quote, a backslash or anything beyond ASCII (git's `core.quotePath`).
 */
export function quotePath(path: string): string {
  let quoted = '';
  let isPlain = true;
  for (const byte of Buffer.from(path)) {
    const escape =
      ESCAPES[byte] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : undefined);
    if (escape !== undefined) isPlain = false;
    quoted += escape ?? String.fromCharCode(byte);
  }
  return isPlain ? path : `"${quoted}"`;
}

/** `path` as seen from `folder`, with forward slashes; on another drive it stays absolute. */
export function pathFrom(folder: string, path: string): string {
  const seen = relative(folder, path) || '.';
  return (isAbsolute(seen) ? path : seen).split(sep).join('/');
}

/** The name of a `---` or `+++` line. git ends it with a tab where it has a space, so that nothing is taken for a date. */
const named = (path: string): string => (path.includes(' ') ? `${quotePath(path)}\t` : quotePath(path));

/** The lines before the hunks of one file, each with its line ending. `path` is the path as seen from the patch's root. */
export function fileHeader(diff: FileDiff, path: string): string {
  const isNew = diff.change.before === null;
  const lines = [`diff --git ${quotePath(`a/${path}`)} ${quotePath(`b/${path}`)}`];
  if (isNew) lines.push('new file mode 100644');
  if (diff.hunks.length > 0)
    lines.push(`--- ${isNew ? '/dev/null' : named(`a/${path}`)}`, `+++ ${named(`b/${path}`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

const range = (start: number, count: number): string => (count === 1 ? String(start) : `${start},${count}`);

/** The `@@` line of a hunk, without a line ending. */
export function hunkHeader(hunk: Hunk, heading = ''): string {
  const place = `@@ -${range(hunk.oldStart, hunk.oldCount)} +${range(hunk.newStart, hunk.newCount)} @@`;
  return heading === '' ? place : `${place} ${heading}`;
}

/** One line of a hunk, with its line ending, and git's note where the file ends without one. */
export function hunkLine({ kind, text }: HunkLine): string {
  const line = SIGN[kind] + text;
  return text.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
