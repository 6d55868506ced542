import { SAFETIES } from '../evidence.ts';
import { diffOf } from '../review/diff.ts';
import { patchReport } from '../review/reporters/patch.ts';
import { pathFrom } from '../review/patch-text.ts';
import { placesOf } from '../review/places.ts';
import { jsonFinding } from '../review/reporters/json.ts';
import type { Plan } from '../run/plan.ts';
import type { Proposal } from '../transform.ts';
import type { Count, FoundPlace, Outcome } from './outcome.ts';

/** What is told of a plan, with paths as seen from the top of the repository. */
export interface Told extends Pick<Outcome, 'counts' | 'failures' | 'changes'> {
  readonly files: Plan['files'];
  readonly patch: string;
  /** How many places are changed. */
  readonly places: number;
  /** The ids of the transforms that changed something, sorted. */
  readonly transforms: readonly string[];
}

const changedIn = ({ changes }: Plan): ReadonlyMap<string, Proposal> =>
  new Map(changes.flatMap(({ proposals }) => proposals.map((one) => [one.id, one])));

/** All that was found: in the files as they are, and by later passes where it is changed. */
function allOf(plan: Plan): readonly Proposal[] {
  const known = new Set(plan.findings.map(({ id }) => id));
  return [...plan.findings, ...[...changedIn(plan).values()].filter(({ id }) => !known.has(id))];
}

function countsOf(plan: Plan): Count[] {
  const changed = changedIn(plan);
  const all = allOf(plan);
  const ids = [...new Set(all.map(({ transform }) => transform))].toSorted();
  return ids.flatMap((transform) =>
    SAFETIES.flatMap((safety): Count[] => {
      const own = all.filter((one) => one.transform === transform && one.safety === safety);
      if (own.length === 0) return [];
      const done = own.filter(({ id }) => changed.has(id)).length;
      return [{ transform, safety, found: own.length, changed: done }];
    }),
  );
}

/** What is told of a plan for the repository at `tree`. */
export function toldOf(plan: Plan, tree: string): Told {
  const { scanned, matched, parsed, failed } = plan.files;
  const changed = [...changedIn(plan).values()];
  return {
    counts: countsOf(plan),
    files: { scanned, matched, parsed, failed },
    failures: plan.failures.map(({ path, reason }) => ({ path: pathFrom(tree, path), reason })),
    changes: plan.changes.map((change) => {
      const lines = diffOf(change).hunks.flatMap((hunk) => hunk.lines);
      const count = (kind: string): number => lines.filter((line) => line.kind === kind).length;
      return { path: pathFrom(tree, change.path), added: count('added'), removed: count('removed') };
    }),
    patch: [...patchReport(plan.changes, tree)].join(''),
    places: changed.length,
    transforms: [...new Set(changed.map(({ transform }) => transform))].toSorted(),
  };
}

/** Everything that was found in the repository at `tree`. */
export function findingsTold(plan: Plan, tree: string): FoundPlace[] {
  const places = placesOf(plan);
  const changed = changedIn(plan);
  return allOf(plan).map((one) => {
    const { edits: _, ...told } = jsonFinding({ ...one, edits: [] }, places, tree);
    return { ...told, changed: changed.has(one.id) };
  });
}
