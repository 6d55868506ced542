import type { FileChange } from '../run/plan.ts';
import type { Composition } from '../run/composition.ts';
import type { Proposal } from '../transform.ts';
import { diffOf, type FileDiff, type Hunk } from './diff.ts';

/** The text of a file in which only `hunks` of a diff are done. */
function textWith({ change }: FileDiff, hunks: readonly Hunk[]): string {
  const before = (change.before ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const made: string[] = [];
  let at = 0;
  for (const { oldStart, oldCount, lines } of hunks) {
    const start = oldCount === 0 ? oldStart : oldStart - 1;
    made.push(...before.slice(at, start));
    made.push(...lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text));
    at = start + oldCount;
  }
  return [...made, ...before.slice(at)].join('');
}

/** The proposals that all steps but the first have. */
const laterIds = ({ steps }: Composition): ReadonlySet<string> =>
  new Set(steps.slice(1).flatMap(({ proposals }) => proposals.map(({ id }) => id)));

/**
 * What a proposal does alone, read off what all of them do: the hunks that it has for itself, where each hunk of its files belongs to
 * somebody. Far faster than composing and formatting its files again.
 * @param changes what all proposals make of the files.
 * @returns undefined for one that shares a hunk with another, or whose files several passes changed.
 */
export function ownHunks(
  composition: Composition,
  changes: readonly FileChange[],
): (one: Proposal) => readonly FileChange[] | undefined {
  const later = laterIds(composition);
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const diffs = new Map<string, FileDiff | undefined>();
  /** Undefined where something in the file is nobody's, as what the formatter moved, or where a later pass changed it. */
  const clearDiff = (path: string): FileDiff | undefined => {
    if (diffs.has(path)) return diffs.get(path);
    const change = byPath.get(path);
    const isPlain = change !== undefined && !change.proposals.some(({ id }) => later.has(id));
    const diff = isPlain ? diffOf(change) : undefined;
    const isClear = diff?.hunks.every(({ proposals }) => proposals.length > 0) === true;
    diffs.set(path, isClear ? diff : undefined);
    return diffs.get(path);
  };
  return (one) => {
    const made: FileChange[] = [];
    for (const path of [...new Set(one.edits.map(({ file }) => file))].toSorted()) {
      const diff = clearDiff(path);
      const own = diff?.hunks.filter(({ proposals }) => proposals.some(({ id }) => id === one.id)) ?? [];
      if (diff === undefined || own.length === 0 || own.some(({ proposals }) => proposals.length > 1))
        return undefined;
      made.push({ path, before: diff.change.before, after: textWith(diff, own), proposals: [one] });
    }
    return made;
  };
}
