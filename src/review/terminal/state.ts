import type { Decisions } from '../../run/plan-file/decisions.ts';
import { begin, canDecide, isShown, verdictOf, type Deciding } from '../deciding.ts';
import type { Review, ReviewItem } from '../review.ts';

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the screen shows, and so what the keys are about. */
export type Mode =
  | { readonly kind: 'proposal' }
  | { readonly kind: 'summary' }
  /** Whether to write what is accepted. */
  | { readonly kind: 'ask-apply' }
  /** Whether to stop without what was decided. */
  | { readonly kind: 'ask-quit'; readonly back: Mode }
  | { readonly kind: 'help'; readonly back: Mode }
  /** Something is typed on the last line. */
  | { readonly kind: 'prompt'; readonly asks: 'search' | 'note'; readonly text: string };

/** A review in a terminal, as plain values. */
export interface TerminalState {
  readonly name: string;
  /** What there is to decide about, in file order. */
  readonly items: readonly ReviewItem[];
  /** How many more are only reported. */
  readonly reports: number;
  /** What was decided before this sitting. */
  readonly began: Decisions;
  readonly deciding: Deciding;
  /** The index of the proposal that is shown. */
  readonly at: number;
  /** Only what has this text is shown; empty for all. */
  readonly search: string;
  readonly mode: Mode;
  /** How many rows are scrolled out of sight. */
  readonly scroll: number;
  /** Which of the files of the proposal is looked at. */
  readonly file: number;
  /** What was chosen in place of what fits the width. */
  readonly isSideBySide?: boolean;
  /** Whether all evidence is shown, and the code that it speaks of. */
  readonly hasCode: boolean;
  /** The files that somebody changed from here, as seen from the root. */
  readonly edited: ReadonlySet<string>;
  /** What the summary says beside the counts: sentences. */
  readonly notices: readonly string[];
  /** Why nothing could be written as things are; empty where nothing is known to stand against it. */
  readonly blocked: string;
  /** Said once, until the next key. */
  readonly message: string;
  readonly size: Size;
}

/** Columns from which on both sides of a diff stand beside each other. */
const WIDE = 140;

/** The proposals that the search lets through, with their indexes. */
export function shownIndexes({
  items,
  search,
  deciding,
}: Pick<TerminalState, 'items' | 'search' | 'deciding'>) {
  return items.flatMap((item, index) => (isShown(item, { text: search }, deciding.decisions) ? [index] : []));
}

/** Whether both sides of a diff stand beside each other. */
export const isSideBySide = (state: TerminalState): boolean =>
  state.isSideBySide ?? state.size.columns >= WIDE;

/** The proposal that is shown. */
export function currentOf({ items, at }: TerminalState): ReviewItem {
  const item = items[at];
  if (item === undefined) throw new RangeError('A review shows one of its proposals.');
  return item;
}

const isOpen = (decisions: Decisions, item: ReviewItem | undefined): boolean =>
  item !== undefined && verdictOf(decisions, item.id) === 'undecided';

/** The index of the first undecided proposal of `indexes` behind `at`, from the start again where there is none; undefined where all are decided. */
export function nextUndecided(
  { items, deciding }: Pick<TerminalState, 'items' | 'deciding'>,
  indexes: readonly number[],
  at: number,
): number | undefined {
  const open = indexes.filter((index) => index !== at && isOpen(deciding.decisions, items[index]));
  return open.find((index) => index > at) ?? open[0];
}

/** Where the reviewer was: the proposal that was decided last; -1 where none was. */
function lastDecided(items: readonly ReviewItem[], decisions: Decisions): number {
  const indexes = new Map(items.map(({ id }, index) => [id, index]));
  const last = [...decisions].findLast(([id, { verdict }]) => verdict !== 'undecided' && indexes.has(id));
  return indexes.get(last?.[0] ?? '') ?? -1;
}

/**
 * A review as it begins: at the first undecided proposal behind the one that was decided last, or with the summary where all are decided.
 * There must be something to decide about.
 */
export function beginReview(review: Review, decisions: Decisions, size: Size): TerminalState {
  const items = review.items.filter(canDecide);
  const deciding = begin(decisions);
  const all = [...items.keys()];
  const first = nextUndecided({ items, deciding }, all, lastDecided(items, decisions));
  return {
    name: review.name,
    items,
    reports: review.items.length - items.length,
    began: decisions,
    deciding,
    at: first ?? 0,
    search: '',
    mode: { kind: first === undefined ? 'summary' : 'proposal' },
    scroll: 0,
    file: 0,
    hasCode: false,
    edited: new Set(),
    notices: [],
    blocked: '',
    message: '',
    size,
  };
}
