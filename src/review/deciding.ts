/**
 * What a reviewer decides, as plain values: both the terminal and the page work with it, so nothing here may need Node.
 */
import type { Decision, Decisions } from '../run/plan-file/decisions.ts';
import type { ReviewItem } from './review.ts';

export type ReviewVerdict = Decision['verdict'];

/** What an act changed: what was there before, by id; undefined where nothing was. */
export type Act = ReadonlyMap<string, Decision | undefined>;

/** What was decided so far, and how to take it back step by step. */
export interface Deciding {
  /** What was decided last stands last. */
  readonly decisions: Decisions;
  /** The last act last. */
  readonly history: readonly Act[];
}

/** How many acts can be taken back. */
const MOST_HISTORY = 1000;

/** A review that begins with what was decided before. */
export const begin = (decisions: Decisions): Deciding => ({ decisions, history: [] });

/** Puts `decided` in place of what is there, behind everything else; undefined takes it away. */
function acted({ decisions, history }: Deciding, decided: Act): Deciding {
  const next = new Map(decisions);
  for (const [id, decision] of decided) {
    next.delete(id);
    if (decision !== undefined) next.set(id, decision);
  }
  const before = new Map([...decided.keys()].map((id) => [id, decisions.get(id)]));
  return { decisions: next, history: [...history, before].slice(-MOST_HISTORY) };
}

/** Whether there is anything to decide: what is only reported changes nothing. */
export const canDecide = ({ files }: Pick<ReviewItem, 'files'>): boolean => files.length > 0;

/** The verdict on a proposal. */
export const verdictOf = (decisions: Decisions, id: string): ReviewVerdict =>
  decisions.get(id)?.verdict ?? 'undecided';

const decisionOf = (verdict: ReviewVerdict, note: string | undefined): Decision | undefined => {
  if (note !== undefined) return { verdict, note };
  return verdict === 'undecided' ? undefined : { verdict };
};

/** Gives `ids` one verdict, in one act. Notes stay. Acts that change nothing are none. */
export function decide(deciding: Deciding, ids: readonly string[], verdict: ReviewVerdict): Deciding {
  const { decisions } = deciding;
  const changed = ids.filter((id) => verdictOf(decisions, id) !== verdict);
  if (changed.length === 0) return deciding;
  return acted(
    deciding,
    new Map(changed.map((id) => [id, decisionOf(verdict, decisions.get(id)?.note)] as const)),
  );
}

/**
 * What goes with `item` where all of its file or transform get one verdict: the others of `items` that are undecided, and it itself, which
 * stands last, since it is where the reviewer is.
 */
export function restOf(
  items: readonly ReviewItem[],
  item: ReviewItem,
  by: 'path' | 'transform',
  decisions: Decisions,
): readonly string[] {
  const others = items.filter(
    (one) =>
      one.id !== item.id &&
      one[by] === item[by] &&
      canDecide(one) &&
      verdictOf(decisions, one.id) === 'undecided',
  );
  return [...others.map(({ id }) => id), item.id];
}

/** Writes a note beside a proposal, in place of the one that is there; an empty one takes it away. */
export function annotate(deciding: Deciding, id: string, note: string): Deciding {
  const text = note.trim();
  const { decisions } = deciding;
  if ((decisions.get(id)?.note ?? '') === text) return deciding;
  return acted(
    deciding,
    new Map([[id, decisionOf(verdictOf(decisions, id), text === '' ? undefined : text)]]),
  );
}

/** Takes the last act back. */
export function undo(deciding: Deciding): Deciding {
  const last = deciding.history.at(-1);
  if (last === undefined) return deciding;
  return { ...acted(deciding, last), history: deciding.history.slice(0, -1) };
}

/** Which items are shown. What is left out lets everything through. */
export interface ReviewFilter {
  readonly transform?: string;
  readonly safety?: ReviewItem['safety'];
  readonly owner?: string;
  /** A file, or a folder that ends with `/`. */
  readonly path?: string;
  readonly verdict?: ReviewVerdict;
  /** A part of the title, path, transform, claim or id, in any case. */
  readonly text?: string;
}

const holds = (item: ReviewItem, text: string): boolean => {
  const wanted = text.toLowerCase();
  const has = (own: string): boolean => own.toLowerCase().includes(wanted);
  return (
    has(item.title) ||
    has(item.path) ||
    has(item.transform) ||
    has(item.id) ||
    item.evidence.some(({ claim }) => has(claim))
  );
};

/** Whether `item` is shown. */
export function isShown(item: ReviewItem, filter: ReviewFilter, decisions: Decisions): boolean {
  const { transform, safety, owner, path, verdict, text } = filter;
  return (
    (transform === undefined || item.transform === transform) &&
    (safety === undefined || item.safety === safety) &&
    (owner === undefined || item.owner === owner) &&
    (path === undefined || item.path === path || (path.endsWith('/') && item.path.startsWith(path))) &&
    (verdict === undefined || (canDecide(item) && verdictOf(decisions, item.id) === verdict)) &&
    (text === undefined || text === '' || holds(item, text))
  );
}

/** How far a review is. */
export interface Counts {
  readonly accepted: number;
  readonly rejected: number;
  readonly undecided: number;
}

/** How many of `items` have which verdict; what is only reported is not counted. */
export function countsOf(items: readonly ReviewItem[], decisions: Decisions): Counts {
  const counts = { accepted: 0, rejected: 0, undecided: 0 };
  for (const item of items) if (canDecide(item)) counts[verdictOf(decisions, item.id)]++;
  return counts;
}
