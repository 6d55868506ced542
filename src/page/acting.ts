import { canDecide, restOf, verdictOf, type ReviewVerdict } from '../review/deciding.ts';
import type { ReviewAction } from '../review/keys.ts';
import type { ReviewItem } from '../review/review.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Act, Reviewing } from './reviewing.ts';

/** What an action is about: what is looked at, and what there is besides. */
export interface Scene {
  readonly state: Reviewing;
  readonly item: ReviewItem | undefined;
  /** What the filter lets through, from top to bottom of the tree. */
  readonly order: readonly ReviewItem[];
  readonly isReadOnly: boolean;
  readonly canApply: boolean;
  /** The groups that an item is in, by key. */
  readonly above: (item: ReviewItem) => readonly string[];
}

const VERDICTS: Partial<Record<ReviewAction, ReviewVerdict>> = {
  accept: 'accepted',
  'accept-file': 'accepted',
  'accept-transform': 'accepted',
  reject: 'rejected',
  'reject-file': 'rejected',
  'reject-transform': 'rejected',
  undecide: 'undecided',
};

/** The next one that waits, behind `item` or else from the top, when `decided` no longer do. */
function nextUndecided(
  order: readonly ReviewItem[],
  decisions: Decisions,
  item: ReviewItem | undefined,
  decided: ReadonlySet<string> = new Set(),
): ReviewItem | undefined {
  const at = item === undefined ? -1 : order.indexOf(item);
  const waits = (one: ReviewItem): boolean =>
    one !== item && canDecide(one) && !decided.has(one.id) && verdictOf(decisions, one.id) === 'undecided';
  return order.slice(at + 1).find(waits) ?? order.slice(0, Math.max(at, 0)).find(waits);
}

/** The proposals that an action decides: this one, or also the undecided ones of its file or transform that are shown. */
function decidedBy(action: ReviewAction, item: ReviewItem, { order, state }: Scene): readonly string[] {
  const { decisions } = state.deciding;
  if (action.endsWith('-file')) return restOf(order, item, 'path', decisions);
  return action.endsWith('-transform') ? restOf(order, item, 'transform', decisions) : [item.id];
}

/** What deciding `action` about the item that is looked at does; afterwards the next one that waits is looked at. */
export function decideAct(action: ReviewAction, scene: Scene): Act | undefined {
  const { item, order, state, isReadOnly } = scene;
  const verdict = VERDICTS[action];
  if (verdict === undefined || item === undefined || isReadOnly || !canDecide(item)) return undefined;
  const ids = decidedBy(action, item, scene);
  const next =
    verdict === 'undecided' ? undefined : nextUndecided(order, state.deciding.decisions, item, new Set(ids));
  return { kind: 'decide', ids, verdict, next: next?.id };
}

/** What a step through the list does. */
export function stepAct(
  action: 'next' | 'previous' | 'next-undecided',
  { item, order, state, above }: Scene,
): Act | undefined {
  const at = item === undefined ? -1 : order.indexOf(item);
  const step = action === 'next' ? at + 1 : Math.max(at - 1, 0);
  const next =
    action === 'next-undecided' ? nextUndecided(order, state.deciding.decisions, item) : order[step];
  if (next === undefined)
    return {
      kind: 'set',
      state: { said: action === 'next' ? 'This is the last one.' : 'Nothing is undecided here.' },
    };
  return { kind: 'look', id: next.id, opens: above(next) };
}

/** What an action does to the page; undefined where it does nothing, or what is done is no change of state. */
export function actOf(action: ReviewAction, scene: Scene): Act | undefined {
  const { state, item, isReadOnly, canApply } = scene;
  switch (action) {
    case 'next':
    case 'previous':
    case 'next-undecided':
      return stepAct(action, scene);
    case 'undo':
      return isReadOnly ? undefined : { kind: 'undo' };
    case 'note':
      return isReadOnly || item === undefined || !canDecide(item)
        ? undefined
        : { kind: 'set', state: { dialog: 'note' } };
    case 'files':
      return { kind: 'set', state: { file: state.file + 1 } };
    case 'evidence':
      return { kind: 'set', state: { showsCode: !state.showsCode } };
    case 'layout':
      return { kind: 'set', state: { layout: state.layout === 'split' ? 'unified' : 'split' } };
    case 'summary':
      return {
        kind: 'set',
        state: { view: state.view === 'summary' ? 'review' : 'summary', isItemInFront: false },
      };
    case 'help':
      return { kind: 'set', state: { dialog: 'help' } };
    case 'apply':
      return canApply ? { kind: 'set', state: { dialog: 'apply' } } : undefined;
    default:
      return decideAct(action, scene);
  }
}
