import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** The nearest folder from `folder` upwards that is a git work tree. */
function workTreeOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function isBelow(path: string, folder: string): boolean {
  const seen = relative(folder, path);
  return seen !== '..' && !seen.startsWith(`..${sep}`) && !isAbsolute(seen);
}

/** The deepest folder that holds all of `paths`. */
function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? sep);
  while (!paths.every((path) => isBelow(path, folder))) folder = dirname(folder);
  return folder;
}

/**
 * The folder that the paths of a patch are relative to. `git apply` reads the paths of a `diff --git` patch from the top of
 * the work tree wherever it is run, and passes over others in silence, so it is the work tree's: that of `cwd`, or that of
 * the changed files where they lie outside it. Without a work tree it is `cwd`.
 */
export function patchRoot(cwd: string, paths: readonly string[]): string {
  const own = workTreeOf(cwd);
  if (paths.length === 0) return own ?? cwd;
  if (own !== undefined && paths.every((path) => isBelow(path, own))) return own;
  const theirs = workTreeOf(commonFolder(paths));
  return theirs ?? (paths.every((path) => isBelow(path, cwd)) ? cwd : commonFolder(paths));
}
