import { relative } from 'node:path';
import type { FileEntry } from '../journal/record.ts';
import { workTreeOf } from '../git-list.ts';
import { hashOf } from '../whole-file.ts';
import { runGit } from './git.ts';

/**
 * The last commit that has what a run made of its files, as git shortens it; undefined where none has, or there is no git. Undoing a run
 * does not take a commit back.
 */
export async function commitWith(files: readonly FileEntry[]): Promise<string | undefined> {
  const [file] = files;
  const top = file === undefined ? undefined : workTreeOf(file.target);
  if (file === undefined || top === undefined) return undefined;
  const name = relative(top, file.target);
  const { isDone, stdout } = await runGit(top, ['show', `HEAD:./${name}`]);
  if (!isDone || hashOf(Buffer.from(stdout)) !== file.after.hash) return undefined;
  const found = await runGit(top, ['log', '-1', '--format=%h', '--', name]);
  return found.isDone && found.stdout.trim() !== '' ? found.stdout.trim() : undefined;
}
