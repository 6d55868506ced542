import type { FileChange } from '../../run/plan.ts';
import { diffOf } from '../diff.ts';
import { patchRoot } from '../patch-root.ts';
import { fileHeader, hunkHeader, hunkLine, pathFrom } from '../patch-text.ts';

/**
 * The changes as a patch that `git apply` takes, one file at a time. Its paths are relative to the top of the git work
 * tree, as in `git diff`; outside one, to `cwd`.
 */
export function* patchReport(changes: readonly FileChange[], cwd: string): Iterable<string> {
  const root = patchRoot(
    cwd,
    changes.map(({ path }) => path),
  );
  for (const change of changes) {
    const diff = diffOf(change);
    if (diff.hunks.length === 0 && change.before !== null) continue;
    const hunks = diff.hunks.map((hunk) => `${hunkHeader(hunk)}\n${hunk.lines.map(hunkLine).join('')}`);
    yield fileHeader(diff, pathFrom(root, change.path)) + hunks.join('');
  }
}
