import {
  annotate,
  begin,
  decide,
  undo,
  verdictOf,
  type Deciding,
  type ReviewFilter,
  type ReviewVerdict,
} from '../review/deciding.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Grouping } from './tree-rows.ts';

export type View = 'review' | 'summary' | 'applying';
export type Dialog = 'help' | 'note' | 'apply';

/** Everything of the page that changes. */
export interface Reviewing {
  readonly deciding: Deciding;
  readonly filter: ReviewFilter;
  /** Whether what is only reported is shown, in place of what is proposed. */
  readonly isReports: boolean;
  readonly grouping: Grouping;
  /** The keys of closed groups. */
  readonly closed: ReadonlySet<string>;
  /** The item that is looked at. */
  readonly current: string | undefined;
  /** The row of the tree that the arrow keys are at: an item or a group. */
  readonly row: string | undefined;
  readonly view: View;
  readonly layout: 'split' | 'unified';
  readonly dialog: Dialog | undefined;
  /** Whether the code that the evidence speaks of is shown. */
  readonly showsCode: boolean;
  /** Which file of the item was asked for last. */
  readonly file: number;
  /** On a narrow window: whether the item is shown, in place of the list. */
  readonly isItemInFront: boolean;
  /** Whether single keys do anything. */
  readonly hasKeys: boolean;
  /** What somebody who does not see the page hears. */
  readonly said: string;
}

export type Act =
  | {
      readonly kind: 'decide';
      readonly ids: readonly string[];
      readonly verdict: ReviewVerdict;
      readonly next?: string | undefined;
    }
  | { readonly kind: 'note'; readonly id: string; readonly note: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'filter'; readonly filter: ReviewFilter; readonly isReports?: boolean }
  | { readonly kind: 'group'; readonly grouping: Grouping }
  | {
      readonly kind: 'look';
      readonly id: string;
      readonly opens?: readonly string[];
      readonly inFront?: boolean;
    }
  | { readonly kind: 'row'; readonly key: string }
  | { readonly kind: 'fold'; readonly key: string; readonly isOpen: boolean }
  | {
      readonly kind: 'set';
      readonly state: Partial<
        Pick<
          Reviewing,
          'view' | 'layout' | 'dialog' | 'showsCode' | 'file' | 'isItemInFront' | 'hasKeys' | 'said'
        >
      >;
    };

/** The page as it begins. */
export const beginning = (decisions: Decisions, layout: Reviewing['layout']): Reviewing => ({
  deciding: begin(decisions),
  filter: {},
  isReports: false,
  grouping: 'transform',
  closed: new Set(),
  current: undefined,
  row: undefined,
  view: 'review',
  layout,
  dialog: undefined,
  showsCode: false,
  file: 0,
  isItemInFront: false,
  hasKeys: true,
  said: '',
});

const SAID: Readonly<Record<ReviewVerdict, string>> = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  undecided: 'Undecided again',
};

const looking = (state: Reviewing, id: string): Reviewing =>
  state.current === id && state.row === id ? state : { ...state, current: id, row: id, file: 0 };

function decided(state: Reviewing, { ids, verdict, next }: Extract<Act, { kind: 'decide' }>): Reviewing {
  const deciding = decide(state.deciding, ids, verdict);
  const said = ids.length === 1 ? `${SAID[verdict]}.` : `${SAID[verdict]}: ${ids.length}.`;
  const made = { ...state, deciding, said };
  return next === undefined ? made : looking(made, next);
}

/** The first proposal of which two states of a review say different things. */
function difference(a: Decisions, b: Decisions): string | undefined {
  const differs = (id: string): boolean =>
    verdictOf(a, id) !== verdictOf(b, id) || a.get(id)?.note !== b.get(id)?.note;
  return [...a.keys(), ...b.keys()].find(differs);
}

function undone(state: Reviewing): Reviewing {
  if (state.deciding.history.length === 0) return { ...state, said: 'There is nothing to take back.' };
  const deciding = undo(state.deciding);
  const id = difference(state.deciding.decisions, deciding.decisions);
  const made = { ...state, deciding, said: 'Taken back.' };
  return id === undefined ? made : looking(made, id);
}

/** What an act makes of the page. */
export function reviewing(state: Reviewing, act: Act): Reviewing {
  switch (act.kind) {
    case 'decide':
      return decided(state, act);
    case 'note': {
      const deciding = annotate(state.deciding, act.id, act.note);
      return { ...state, deciding, dialog: undefined, said: 'Noted.' };
    }
    case 'undo':
      return undone(state);
    case 'filter':
      return { ...state, filter: act.filter, isReports: act.isReports ?? state.isReports };
    case 'group':
      return { ...state, grouping: act.grouping, closed: new Set() };
    case 'look': {
      const closed = new Set(state.closed);
      for (const key of act.opens ?? []) closed.delete(key);
      const isItemInFront = act.inFront ?? state.isItemInFront;
      return { ...looking(state, act.id), closed, isItemInFront, view: 'review' };
    }
    case 'row':
      return { ...state, row: act.key };
    case 'fold': {
      const closed = new Set(state.closed);
      if (act.isOpen) closed.delete(act.key);
      else closed.add(act.key);
      return { ...state, closed, row: act.key };
    }
    case 'set':
      return { ...state, ...act.state };
  }
}
