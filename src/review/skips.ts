import type { Plan } from '../run/plan.ts';
import type { Proposal } from '../transform.ts';
import { shapeOf, sharedText } from './alike.ts';
import { pathFrom } from './patch-text.ts';
import { placesOf, type Place } from './places.ts';

/**
 * Why something was left alone: a finding can only be reported, was ignored by a comment or is in the baseline; a file was left out
 * on purpose or could not be done; a file or an argument has nothing to look at.
 */
export type SkipKind = 'report' | 'ignored' | 'baseline' | 'failed' | 'skipped' | 'unmatched';

/** One thing that was left alone. */
export interface Skip {
  /** As seen from the working directory. */
  readonly path: string;
  /** Of a finding. */
  readonly at?: Place;
  readonly transform?: string;
  /** The first reason. */
  readonly reason: string;
}

/** What was left alone for reasons that read alike. */
export interface Skips {
  readonly kind: SkipKind;
  /** The reason, with `…` for code and numbers where they differ. */
  readonly reason: string;
  /** In path and text order. */
  readonly skips: readonly Skip[];
}

const KINDS: readonly SkipKind[] = ['report', 'ignored', 'baseline', 'failed', 'skipped', 'unmatched'];

/** The first thing that stands against a rewrite. */
export function firstReason({ evidence }: Proposal): string {
  const first =
    evidence.find(({ verdict }) => verdict === 'fails') ??
    evidence.find(({ verdict }) => verdict === 'assumed');
  return first?.claim ?? 'its transform offers no rewrite';
}

function* findingSkips(
  plan: Pick<Plan, 'changes' | 'findings'>,
  cwd: string,
): Generator<readonly [SkipKind, Skip]> {
  const places = placesOf(plan);
  for (const finding of plan.findings) {
    const { path, start, transform, ignored, inBaseline, safety } = finding;
    const about = { path: pathFrom(cwd, path), at: places.placeOf(path, start), transform };
    if (ignored !== undefined) {
      const until = ignored.until === undefined ? '' : ` (until ${ignored.until})`;
      yield ['ignored', { ...about, reason: `${ignored.reason}${until}` }];
    } else if (safety === 'report') yield ['report', { ...about, reason: firstReason(finding) }];
    else if (inBaseline === true) yield ['baseline', { ...about, reason: 'the baseline has it' }];
  }
}

function* fileSkips(plan: Plan, cwd: string): Generator<readonly [SkipKind, Skip]> {
  const told = [...plan.failures, ...plan.skipped];
  for (const { path, reason } of plan.failures) yield ['failed', { path: pathFrom(cwd, path), reason }];
  for (const { path, reason } of plan.skipped) yield ['skipped', { path: pathFrom(cwd, path), reason }];
  for (const path of plan.unmatched) yield ['unmatched', { path, reason: 'there is nothing to look at' }];
  const done = new Set([...plan.looked.matched, ...told.map(({ path }) => path)]);
  const reason = 'has nothing that a transform of this run looks for';
  for (const path of plan.looked.files)
    if (!done.has(path)) yield ['unmatched', { path: pathFrom(cwd, path), reason }];
}

/** The same kinds and reasons together: the most frequent first of each kind. */
function grouped(all: Iterable<readonly [SkipKind, Skip]>): readonly Skips[] {
  const groups = new Map<string, { readonly kind: SkipKind; readonly skips: Skip[] }>();
  for (const [kind, skip] of all) {
    const key = `${kind} ${shapeOf(skip.reason)}`;
    const group = groups.get(key) ?? { kind, skips: [] };
    groups.set(key, group);
    group.skips.push(skip);
  }
  return [...groups.values()]
    .map(({ kind, skips }) => ({ kind, reason: sharedText(skips.map(({ reason }) => reason)), skips }))
    .toSorted(
      (a, b) =>
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        b.skips.length - a.skips.length ||
        (a.reason < b.reason ? -1 : 1),
    );
}

/** Every finding that was left alone, by reason: the most frequent first of each kind. */
export const findingSkipsOf = (plan: Pick<Plan, 'changes' | 'findings'>, cwd: string): readonly Skips[] =>
  grouped(findingSkips(plan, cwd));

/** Everything that a run matched and left alone, and every file that it did not look into, by reason: the most frequent first of each kind. */
export const skipsOf = (plan: Plan, cwd: string): readonly Skips[] =>
  grouped([...findingSkips(plan, cwd), ...fileSkips(plan, cwd)]);
