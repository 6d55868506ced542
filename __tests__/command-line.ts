import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { runCli } from '../src/cli/cli.ts';

export const packageRoot = resolve(import.meta.dirname, '..');

/** What Node is given to run the command line in a process of its own, before the words that are typed. */
export const COMMAND_LINE = [
  '--import',
  pathToFileURL(join(packageRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href,
  join(packageRoot, 'src', 'cli', 'main.ts'),
];

/** Runs the command line in this process, as if it stood in the folder `cwd`; `today` is the day on which ignore comments are read, `stdin` what stands on
 * standard input. */
export async function hastenIn(cwd: string, words: readonly string[], today?: string, stdin?: Readable) {
  let stdout = '';
  let stderr = '';
  const code = await runCli(words, {
    cwd,
    env: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    packageRoot,
    ...(today === undefined ? {} : { today }),
    ...(stdin === undefined ? {} : { stdin }),
  });
  return { code, stdout, stderr };
}
