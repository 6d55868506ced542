/**
 * What a reviewer decides, as plain values: both the terminal and the page work with it, so nothing here may need Node.
 */
import type { Decision, Decisions } from '../run/plan-file/decisions.ts';
import type { ReviewItem } from './review.ts';

export type ReviewVerdict = Decision['verdict'];

/** What was decided so far, and how to take it back step by step. */
export interface Deciding {
  readonly decisions: Decisions;
  /** What `decisions` was before each act, the last act last. */
  readonly history: readonly Decisions[];
}

/** How many acts can be taken back. */
const MOST_HISTORY = 1000;

/** A review that begins with what was decided before. */
export const begin = (decisions: Decisions): Deciding => ({ decisions, history: [] });

const acted = ({ decisions, history }: Deciding, next: Decisions): Deciding => ({
  decisions: next,
  history: [...history, decisions].slice(-MOST_HISTORY),
});

/** Whether there is anything to decide: what is only reported changes nothing. */
export const canDecide = ({ files }: Pick<ReviewItem, 'files'>): boolean => files.length > 0;

/** The verdict on a proposal. */
export const verdictOf = (decisions: Decisions, id: string): ReviewVerdict =>
  decisions.get(id)?.verdict ?? 'undecided';

/** Gives `ids` one verdict, in one act. Notes stay. Acts that change nothing are none. */
export function decide(deciding: Deciding, ids: readonly string[], verdict: ReviewVerdict): Deciding {
  const changed = ids.filter((id) => verdictOf(deciding.decisions, id) !== verdict);
  if (changed.length === 0) return deciding;
  const next = new Map(deciding.decisions);
  for (const id of changed) {
    const note = next.get(id)?.note;
    if (verdict === 'undecided' && note === undefined) next.delete(id);
    else next.set(id, note === undefined ? { verdict } : { verdict, note });
  }
  return acted(deciding, next);
}

/** Writes a note beside a proposal, in place of the one that is there; an empty one takes it away. */
export function annotate(deciding: Deciding, id: string, note: string): Deciding {
  const text = note.trim();
  if ((deciding.decisions.get(id)?.note ?? '') === text) return deciding;
  const verdict = verdictOf(deciding.decisions, id);
  const next = new Map(deciding.decisions);
  if (text !== '') next.set(id, { verdict, note: text });
  else if (verdict === 'undecided') next.delete(id);
  else next.set(id, { verdict });
  return acted(deciding, next);
}

/** Takes the last act back. */
export function undo({ decisions, history }: Deciding): Deciding {
  return { decisions: history.at(-1) ?? decisions, history: history.slice(0, -1) };
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
