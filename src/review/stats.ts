import { SAFETIES, type Safety } from '../evidence.ts';
import type { Proposal } from '../transform.ts';
import { shapeOf, sharedText } from './alike.ts';
import { diffOf } from './diff.ts';
import type { ReportSource } from './report-source.ts';
import { firstReason } from './skips.ts';

/** What is counted. */
export interface StatsRequest extends Pick<ReportSource, 'changes' | 'findings' | 'mode' | 'level'> {
  /** The ids of what is, or would be, applied. */
  readonly accepted: ReadonlySet<string>;
  /** Why something is not applied that neither its level nor a comment stands against, by its id. */
  readonly refusals?: ReadonlyMap<string, string>;
  /** The milliseconds that each transform took; none where the answer is a kept one. */
  readonly times?: ReadonlyMap<string, number>;
}

/** How often something was not applied for reasons that read alike. */
export interface Refusal {
  readonly reason: string;
  readonly count: number;
}

/** What one transform found of one level. */
export interface LevelStats {
  readonly level: Safety;
  readonly found: number;
  /** How many of these are applied, or would be. */
  readonly accepted: number;
  /** How many are written; null where nothing was to be. */
  readonly applied: number | null;
  /** The most frequent first; all that was found and is not accepted, and what could not be written. */
  readonly refused: readonly Refusal[];
  readonly files: number;
  /** Lines of the diff; those of a hunk that several have a part in are counted for each of them. */
  readonly added: number;
  readonly removed: number;
}

/** What one transform found. */
export interface TransformStats {
  readonly transform: string;
  /** How long it was at work; null where nothing was looked at anew. */
  readonly seconds: number | null;
  readonly levels: readonly LevelStats[];
}

/** What a command found and did, counted. */
export interface Stats {
  readonly transforms: readonly TransformStats[];
  readonly total: Omit<LevelStats, 'level' | 'refused'> & { readonly refused: number };
}

/** The level that a finding has, or would have without the comment that ignores it. */
const levelOf = ({ safety, ignored }: Proposal): Safety => ignored?.safety ?? safety;

/** Why a finding is not applied. */
function whyNot(finding: Proposal, { accepted, level, refusals }: StatsRequest): string {
  const { id, ignored, inBaseline, safety } = finding;
  const known = refusals?.get(id);
  if (known !== undefined) return known;
  if (ignored !== undefined) return `a comment ignores it: ${ignored.reason}`;
  if (accepted.has(id)) return 'it was not written';
  if (safety === 'report') return firstReason(finding);
  if (inBaseline === true) return 'the baseline has it';
  if (safety === 'review' && level === 'safe') return 'it wants a review';
  return 'another change of the same code took its place';
}

function refusalsOf(refused: readonly Proposal[], request: StatsRequest): readonly Refusal[] {
  const alike = new Map<string, string[]>();
  for (const one of refused) {
    const reason = whyNot(one, request);
    const shape = shapeOf(reason);
    alike.set(shape, [...(alike.get(shape) ?? []), reason]);
  }
  return [...alike.values()]
    .map((reasons) => ({ reason: sharedText(reasons), count: reasons.length }))
    .toSorted((a, b) => b.count - a.count);
}

/** The lines of a hunk, and who has a part in it. */
interface HunkLines {
  readonly proposals: readonly Proposal[];
  readonly added: number;
  readonly removed: number;
}

const hunksOf = ({ changes }: StatsRequest): readonly HunkLines[] =>
  changes.flatMap((change) =>
    diffOf(change).hunks.map(({ proposals, lines }) => ({
      proposals,
      added: lines.filter(({ kind }) => kind === 'added').length,
      removed: lines.filter(({ kind }) => kind === 'removed').length,
    })),
  );

function linesOf(hunks: readonly HunkLines[], isOwn: (one: Proposal) => boolean) {
  const own = hunks.filter(({ proposals }) => proposals.some(isOwn));
  return {
    added: own.reduce((sum, { added }) => sum + added, 0),
    removed: own.reduce((sum, { removed }) => sum + removed, 0),
  };
}

/** Counts what was found by transform and level, and what became of it. Transforms in the order of their ids. */
export function statsOf(request: StatsRequest, transforms: readonly string[]): Stats {
  const { changes, findings, accepted, mode, times } = request;
  const inChanges = changes.flatMap(({ proposals }) => proposals);
  const written = new Set(inChanges.map(({ id }) => id));
  const all = [...new Map([...inChanges, ...findings].map((one) => [one.id, one])).values()];
  const hunks = hunksOf(request);
  const isApplied = ({ id }: Proposal): boolean => mode === 'apply' && written.has(id);
  const isDone = (one: Proposal): boolean => (mode === 'apply' ? isApplied(one) : accepted.has(one.id));
  const appliedOf = (some: readonly Proposal[]): number | null =>
    mode === 'apply' ? some.filter(isApplied).length : null;
  const ids = [...new Set([...transforms, ...all.map(({ transform }) => transform)])].toSorted();
  return {
    transforms: ids.map((transform) => {
      const milliseconds = times?.get(transform) ?? (times === undefined ? undefined : 0);
      const levels = SAFETIES.flatMap((level): LevelStats[] => {
        const isOwn = (one: Proposal): boolean => one.transform === transform && levelOf(one) === level;
        const own = all.filter(isOwn);
        if (own.length === 0) return [];
        return [
          {
            level,
            found: own.length,
            accepted: own.filter(({ id }) => accepted.has(id)).length,
            applied: appliedOf(own),
            refused: refusalsOf(
              own.filter((one) => !isDone(one)),
              request,
            ),
            files: changes.filter(({ proposals }) => proposals.some(isOwn)).length,
            ...linesOf(hunks, isOwn),
          },
        ];
      });
      return {
        transform,
        seconds: milliseconds === undefined ? null : Math.round(milliseconds) / 1000,
        levels,
      };
    }),
    total: {
      found: all.length,
      accepted: all.filter(({ id }) => accepted.has(id)).length,
      applied: appliedOf(all),
      refused: all.filter((one) => !isDone(one)).length,
      files: changes.length,
      ...linesOf(hunks, () => true),
    },
  };
}
