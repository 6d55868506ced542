import { dirname, join } from 'node:path';
import { askGit, workTreeOf } from './git-list.ts';
import type { Failure } from './inspect.ts';
import { realPath } from './real-path.ts';

/** How many files a reason names. */
const NAMED = 5;

/**
 * The names in `git status --porcelain -z`: `XY name`, and behind that of a file that was moved its old name alone
 * (https://git-scm.com/docs/git-status#_pipe_format_z).
 */
function* statusEntries(output: string): Iterable<{ readonly name: string; readonly isTracked: boolean }> {
  const parts = output.split('\0');
  for (let at = 0; at < parts.length - 1; at++) {
    const part = parts[at] ?? '';
    yield { name: part.slice(3), isTracked: !part.startsWith('??') };
    if (/^(?:[RC]|.[RC])/.test(part)) at++;
  }
}

/** The files in the work tree at `top` that make it dirty for a run that changes `changed`. */
async function dirtyFiles(top: string, changed: ReadonlySet<string>): Promise<string[]> {
  const words = ['status', '--porcelain', '-z', '--untracked-files=all', '--ignore-submodules=dirty'];
  const answer = await askGit(top, words);
  const dirty = [...statusEntries(answer?.stdout ?? '')].filter(
    ({ name, isTracked }) => isTracked || changed.has(join(top, name)),
  );
  // What is no longer tracked and still there is listed as both.
  return [...new Set(dirty.map(({ name }) => name))];
}

/**
 * Why git could not take back what is written to `paths`, or tell it from work that is not committed: in one of their work
 * trees a tracked file has changes, staged or not, or one of `paths` is neither tracked nor ignored. Undefined where nothing
 * stands against writing, and where there is no git.
 */
export async function whyDirty(paths: readonly string[]): Promise<Failure | undefined> {
  const changedIn = new Map<string, Set<string>>();
  for (const path of paths) {
    const real = realPath(path);
    const top = workTreeOf(dirname(real));
    if (top !== undefined) changedIn.set(top, (changedIn.get(top) ?? new Set()).add(real));
  }
  for (const [top, changed] of changedIn) {
    const dirty = await dirtyFiles(top, changed);
    if (dirty.length === 0) continue;
    const more = dirty.length > NAMED ? ` and ${dirty.length - NAMED} more` : '';
    return {
      path: top,
      reason: `the git work tree has changes that are not committed (${dirty.slice(0, NAMED).join(', ')}${more}): commit or stash them, or go on with --allow-dirty`,
    };
  }
  return undefined;
}
