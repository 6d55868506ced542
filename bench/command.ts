import { spawnSync } from 'node:child_process';

/** Runs a command in `cwd`. @throws {Error} with what it printed where it fails. */
export function command(words: readonly [string, ...string[]], cwd: string): string {
  const [name, ...rest] = words;
  const { error, status, stdout, stderr } = spawnSync(name, rest, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`\`${words.join(' ')}\` failed in ${cwd}:\n${stdout}${stderr}`);
  return stdout;
}
