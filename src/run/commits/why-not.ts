import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { workTreeOf } from '../git-list.ts';
import type { Failure } from '../inspect.ts';
import { realPath } from '../real-path.ts';
import { runGit } from './git.ts';

/** What lies in git's folder while something else is under way. */
const UNDER_WAY: Readonly<Record<string, string>> = {
  MERGE_HEAD: 'a merge',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase',
};

/** The work tree that all of `paths` lie in, or why there is none. */
export function commonWorkTree(paths: readonly string[]): { readonly top: string } | Failure {
  const tops = new Map<string | undefined, string>();
  for (const path of paths) tops.set(workTreeOf(dirname(realPath(path))), path);
  const [top, ...more] = tops.keys();
  if (top === undefined || more.includes(undefined))
    return {
      path: tops.get(undefined) ?? '.',
      reason: 'lies in no git work tree, so nothing can be committed',
    };
  if (more.length > 0)
    return {
      path: top,
      reason: `is not the only git work tree: ${more.join(', ')} has files to commit too; run hasten in each`,
    };
  return { top };
}

/**
 * Why changes of `paths` cannot be committed in the work tree at `top`; undefined where they can. Files that have other changes already
 * are refused in any case: these would be committed with them.
 */
export async function whyNotCommit(
  top: string,
  paths: readonly string[],
  allowDetached: boolean,
): Promise<Failure | undefined> {
  const answer = async (...words: string[]): Promise<string | undefined> => {
    const { isDone, stdout } = await runGit(top, words);
    return isDone ? stdout.trim() : undefined;
  };
  const folder = await answer('rev-parse', '--absolute-git-dir');
  if (folder === undefined)
    return { path: top, reason: 'git does not answer: is it installed, and is the work tree yours?' };
  if ((await answer('rev-parse', '--verify', 'HEAD')) === undefined)
    return {
      path: top,
      reason: 'has no commit yet: make the first one, so that there is something to change',
    };
  if (!allowDetached && (await answer('symbolic-ref', '-q', 'HEAD')) === undefined)
    return {
      path: top,
      reason: 'is on no branch (its HEAD is detached): switch to one, or go on with --allow-detached',
    };
  const begun = Object.entries(UNDER_WAY).find(([name]) => existsSync(resolve(folder, name)));
  if (begun !== undefined)
    return { path: top, reason: `is in the middle of ${begun[1]}: finish or abort that first` };
  for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT'])
    if ((await answer('var', who)) === undefined)
      return {
        path: top,
        reason: 'git does not know who commits: set user.name and user.email with git config',
      };
  const names = paths.map((path) => relative(top, path));
  const words = ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored=matching', '--'];
  const { isDone, stdout, stderr } = await runGit(top, [...words, ...names]);
  if (!isDone) return { path: top, reason: `git status fails: ${stderr.trim()}` };
  const own = stdout.split('\0')[0]?.slice(3) ?? '';
  return own === ''
    ? undefined
    : {
        path: resolve(top, own),
        reason:
          'is not as it was committed last, and what you changed in it would be committed too: commit that first',
      };
}
