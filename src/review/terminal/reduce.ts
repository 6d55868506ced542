import { annotate, countsOf, decide, restOf, undo, verdictOf, type ReviewVerdict } from '../deciding.ts';
import { counted } from '../describe.ts';
import { REVIEW_KEYS, type ReviewAction } from '../keys.ts';
import { typedInto } from './prompt.ts';
import { scrolled, type Measures } from './scrolling.ts';
import {
  currentOf,
  isSideBySide,
  nextUndecided,
  shownIndexes,
  type Mode,
  type TerminalState,
} from './state.ts';

/** What is to be done outside of the screen. */
export type Effect =
  | { readonly kind: 'apply' }
  /** Stop, with what was decided. */
  | { readonly kind: 'save' }
  /** Stop, with what was decided before this sitting. */
  | { readonly kind: 'discard' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  /** Open one of the files of the proposal. */
  | { readonly kind: 'edit'; readonly file: number };

/** What a key leads to. */
export interface Step {
  readonly state: TerminalState;
  readonly effect?: Effect;
}

const ACTIONS: ReadonlyMap<string, ReviewAction> = new Map(
  REVIEW_KEYS.filter(({ only }) => only !== 'page').map(({ key, action }) => [key, action]),
);

const saying = (state: TerminalState, message: string): Step => ({ state: { ...state, message } });
const inMode = (state: TerminalState, mode: Mode): TerminalState => ({ ...state, mode, scroll: 0 });

/** Shows the proposal at an index, from its first row. */
const goTo = (state: TerminalState, at: number): TerminalState => ({
  ...inMode(state, { kind: 'proposal' }),
  at,
  file: 0,
  hasCode: at === state.at && state.hasCode,
});

/** Goes on to what is undecided still; where nothing is, the summary comes by itself. */
function goOn(state: TerminalState): Step {
  const next = nextUndecided(state, shownIndexes(state), state.at);
  if (next !== undefined) return { state: goTo(state, next) };
  const { undecided } = countsOf(state.items, state.deciding.decisions);
  if (undecided === 0) return { state: inMode(state, { kind: 'summary' }) };
  return saying(state, 'All that the search shows is decided; / and Enter show the others.');
}

/** Gives the proposal that is shown a verdict, or with it the rest of its file or transform. */
function decided(state: TerminalState, verdict: ReviewVerdict, by?: 'path' | 'transform'): Step {
  const item = currentOf(state);
  const { decisions } = state.deciding;
  // What a search hides is not decided unseen.
  const shown = shownIndexes(state).flatMap((index) => state.items[index] ?? []);
  const ids = by === undefined ? [item.id] : restOf(shown, item, by, decisions);
  const next = { ...state, deciding: decide(state.deciding, ids, verdict) };
  const step = goOn(next);
  if (ids.length === 1 || step.state.message !== '') return step;
  return saying(step.state, `${counted(ids.length, 'proposal')} ${verdict}; u takes that back.`);
}

/** Takes the last act back, and shows what it was about. */
function takenBack(state: TerminalState): Step {
  const act = state.deciding.history.at(-1);
  if (act === undefined) return saying(state, 'Nothing was decided since the start.');
  const id = [...act.keys()].at(-1);
  const at = state.items.findIndex((item) => item.id === id);
  const next = goTo({ ...state, deciding: undo(state.deciding) }, at === -1 ? state.at : at);
  return saying(next, act.size === 1 ? 'Taken back.' : `Taken back: ${act.size} decisions.`);
}

function moved(state: TerminalState, by: 1 | -1): Step {
  const indexes = shownIndexes(state);
  const next =
    by === 1 ? indexes.find((index) => index > state.at) : indexes.findLast((index) => index < state.at);
  if (next !== undefined) return { state: goTo(state, next) };
  return saying(state, by === 1 ? 'This is the last one; m shows the summary.' : 'This is the first one.');
}

/** Looks at the next file of a proposal over several. */
function nextFile(state: TerminalState, { fileStarts }: Measures): Step {
  if (fileStarts.length < 2) return saying(state, 'It changes this file only.');
  const file = (state.file + 1) % fileStarts.length;
  return { state: { ...state, file, scroll: fileStarts[file] ?? 0 } };
}

function stopped(state: TerminalState): Step {
  if (state.deciding.history.length === 0) return { state, effect: { kind: 'discard' } };
  return { state: { ...state, mode: { kind: 'ask-quit', back: state.mode } } };
}

/** Asks whether to write what is accepted. */
function askApply(state: TerminalState): Step {
  const { accepted } = countsOf(state.items, state.deciding.decisions);
  if (accepted > 0) return { state: inMode(state, { kind: 'ask-apply' }) };
  return saying(inMode(state, { kind: 'summary' }), 'Nothing is accepted, so there is nothing to write.');
}

function done(state: TerminalState, action: ReviewAction, measures: Measures): Step {
  switch (action) {
    case 'accept':
      return decided(state, 'accepted');
    case 'reject':
      return decided(state, 'rejected');
    case 'accept-file':
      return decided(state, 'accepted', 'path');
    case 'reject-file':
      return decided(state, 'rejected', 'path');
    case 'accept-transform':
      return decided(state, 'accepted', 'transform');
    case 'reject-transform':
      return decided(state, 'rejected', 'transform');
    case 'undecide':
      return { state: { ...state, deciding: decide(state.deciding, [currentOf(state).id], 'undecided') } };
    case 'undo':
      return takenBack(state);
    case 'note': {
      const text = state.deciding.decisions.get(currentOf(state).id)?.note ?? '';
      return { state: { ...state, mode: { kind: 'prompt', asks: 'note', text } } };
    }
    case 'next':
      return moved(state, 1);
    case 'previous':
      return moved(state, -1);
    case 'next-undecided': {
      const next = nextUndecided(state, shownIndexes(state), state.at);
      return next === undefined ? saying(state, 'No other one is undecided.') : { state: goTo(state, next) };
    }
    case 'search':
      return { state: { ...state, mode: { kind: 'prompt', asks: 'search', text: '' } } };
    case 'files':
      return nextFile(state, measures);
    case 'evidence':
      return { state: { ...state, hasCode: !state.hasCode, scroll: 0 } };
    case 'edit':
      return { state, effect: { kind: 'edit', file: state.file } };
    case 'layout':
      return { state: { ...state, isSideBySide: !isSideBySide(state), scroll: 0 } };
    case 'summary':
      return { state: inMode(state, { kind: 'summary' }) };
    case 'apply':
      return askApply(state);
    case 'save':
      return { state, effect: { kind: 'save' } };
    case 'quit':
      return stopped(state);
    case 'help':
      return { state: inMode(state, { kind: 'help', back: state.mode }) };
  }
}

/** Finishes what was typed on the last line. */
function entered(state: TerminalState, asks: 'search' | 'note', text: string): Step {
  const back: TerminalState = { ...state, mode: { kind: 'proposal' } };
  if (asks === 'note') {
    const { id } = currentOf(state);
    return { state: { ...back, deciding: annotate(state.deciding, id, text) } };
  }
  const next = { ...back, search: text.trim() };
  const indexes = shownIndexes(next);
  if (indexes.length === 0) return saying(back, `Nothing has "${text.trim()}" in it.`);
  if (indexes.includes(state.at)) return { state: next };
  return { state: goTo(next, indexes.find((index) => index > state.at) ?? indexes[0] ?? 0) };
}

/** Keys while something is shown that is no proposal. */
const IN_SUMMARY: ReadonlySet<ReviewAction> = new Set(['apply', 'save', 'quit', 'undo', 'help', 'search']);
const BACK: ReadonlySet<string> = new Set(['escape', 'return', 'm', 'j', 'k', 'J']);

function inSummary(state: TerminalState, key: string, measures: Measures): Step {
  const action = ACTIONS.get(key);
  if (BACK.has(key)) return { state: inMode(state, { kind: 'proposal' }) };
  if (action !== undefined && IN_SUMMARY.has(action)) return done(state, action, measures);
  return saying(state, 'w writes, s keeps and stops, u takes back, m goes back, ? shows all keys.');
}

/** An answer to a question: only `y` is yes. */
function answered(state: TerminalState, key: string, effect: Effect, back: Mode): Step {
  if (key === 'y') return { state, effect };
  if (key === 'n' || key === 'escape' || key === 'q') return { state: { ...state, mode: back } };
  return saying(state, 'Please say y or n.');
}

/**
 * What a key makes of a review.
 * @param key a character as it was typed, or the name of a key, as `pagedown` and `ctrl-c`.
 * @param measures what the screen shows now.
 */
export function reduce(before: TerminalState, key: string, measures: Measures): Step {
  const state = { ...before, message: '' };
  const { mode } = state;
  if (key === 'ctrl-c') return { state, effect: { kind: 'save' } };
  if (key === 'ctrl-z') return { state, effect: { kind: 'suspend' } };
  if (key === 'ctrl-l') return { state, effect: { kind: 'redraw' } };
  if (mode.kind === 'prompt') {
    if (key === 'return') return entered(state, mode.asks, mode.text);
    if (key === 'escape') return { state: { ...state, mode: { kind: 'proposal' } } };
    return { state: { ...state, mode: { ...mode, text: typedInto(mode.text, key) } } };
  }
  const scroll = scrolled(state.scroll, key, measures);
  if (scroll !== undefined) return { state: { ...state, scroll } };
  if (mode.kind === 'help') return { state: inMode(state, mode.back) };
  if (mode.kind === 'ask-quit') return answered(state, key, { kind: 'discard' }, mode.back);
  if (mode.kind === 'ask-apply') return answered(state, key, { kind: 'apply' }, { kind: 'summary' });
  if (mode.kind === 'summary') return inSummary(state, key, measures);
  const action = ACTIONS.get(key);
  if (action === undefined)
    return key === 'escape' || key === 'return'
      ? { state }
      : saying(state, 'That key does nothing; ? shows the keys.');
  return done(state, action, measures);
}

/** The verdict on the proposal that is shown. */
export const shownVerdict = (state: TerminalState): ReviewVerdict =>
  verdictOf(state.deciding.decisions, currentOf(state).id);
