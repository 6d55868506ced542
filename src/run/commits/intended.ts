import { dirname, relative } from 'node:path';
import { workTreeOf } from '../git-list.ts';
import { realPath } from '../real-path.ts';
import { runGit } from './git.ts';

/** The paths that git lists as tracked and gone, of those of `names` that the last commit does not have. */
async function intendedOf(top: string, names: readonly string[]): Promise<string[]> {
  const { stdout } = await runGit(top, ['status', '--porcelain', '-z', '--no-renames', '--', ...names]);
  const intended: string[] = [];
  for (const entry of stdout.split('\0').filter((one) => one.startsWith(' D '))) {
    const name = entry.slice(3);
    if (!(await runGit(top, ['cat-file', '-e', `HEAD:${name}`])).isDone) intended.push(name);
  }
  return intended;
}

/**
 * Makes git forget created files that it was told of for a commit that was never made, as the run was killed meanwhile: they are removed again,
 * and the work tree is clean only without them. Where git does not answer, nothing is done.
 * @param removed absolute paths.
 */
export async function forgetIntended(removed: readonly string[]): Promise<void> {
  const namesIn = new Map<string, string[]>();
  for (const path of removed) {
    const real = realPath(path);
    const top = workTreeOf(dirname(real));
    if (top !== undefined) namesIn.set(top, [...(namesIn.get(top) ?? []), relative(top, real)]);
  }
  for (const [top, names] of namesIn) {
    const intended = await intendedOf(top, names);
    if (intended.length > 0) await runGit(top, ['reset', '--quiet', '--', ...intended]);
  }
}
