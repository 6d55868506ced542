import stringWidth from 'string-width';
import type { Colors } from 'picocolors/types.js';
import { countsOf } from '../deciding.ts';
import { counted } from '../describe.ts';
import { cut, padded, spread } from './fit.ts';
import { helpRows } from './help-rows.ts';
import { plainWords } from './plain-code.ts';
import { bodyRows, headRows, type Look } from './proposal-rows.ts';
import { scrollable, type Measures } from './scrolling.ts';
import { currentOf, shownIndexes, type Mode, type TerminalState } from './state.ts';
import { summaryRows } from './summary-rows.ts';

/** What stands on a terminal: as many lines as it has rows, none wider than it is. */
export interface Screen {
  readonly lines: readonly string[];
  readonly measures: Measures;
  /** Where something is typed: the column, from 0, on the last line. */
  readonly cursor?: number;
}

/** Rows from which the place and title of a proposal stay in sight while the rest scrolls. */
const ROOMY = 12;

/** What is shown behind a question or a prompt. */
function backgroundOf(mode: Mode): 'proposal' | 'summary' | 'help' {
  if (mode.kind === 'ask-quit') return backgroundOf(mode.back);
  if (mode.kind === 'help') return 'help';
  return mode.kind === 'summary' || mode.kind === 'ask-apply' ? 'summary' : 'proposal';
}

/** Where the review is and how far: always in sight. */
function statusLine(state: TerminalState, colors: Colors): string {
  const { items, deciding, search, at, size } = state;
  const { accepted, rejected, undecided } = countsOf(items, deciding.decisions);
  const isWide = size.columns >= 70;
  const position = isWide ? `${at + 1} of ${items.length}` : `${at + 1}/${items.length}`;
  const percent = `${Math.floor((100 * (items.length - undecided)) / items.length)}%`;
  const counts = isWide
    ? `${accepted} accepted, ${rejected} rejected, ${undecided} undecided  ${percent} `
    : `${accepted}✓ ${rejected}✗ ${undecided}?`;
  const matching = search === '' ? [] : shownIndexes(state);
  const found =
    search === '' ? '' : `  /${plainWords(search)}: ${matching.indexOf(at) + 1} of ${matching.length}`;
  const name = size.columns >= 90 ? `${plainWords(state.name)}  ` : '';
  const line = spread(`${isWide ? ' ' : ''}${name}${position}${found}`, counts, size.columns);
  return colors.inverse(padded(line, size.columns));
}

const HINTS: Readonly<Record<'proposal' | 'summary' | 'help', readonly (readonly [string, string])[]>> = {
  proposal: [
    ['?', 'keys'],
    ['y n', 'this'],
    ['a d', 'file'],
    ['A D', 'transform'],
    ['u', 'back'],
    ['j k', 'move'],
    ['s', 'save'],
    ['w', 'write'],
    ['v', 'evidence'],
    ['/', 'search'],
    ['e', 'edit'],
    ['m', 'summary'],
    ['t', 'layout'],
    ['o', 'next file'],
    ['c', 'note'],
    ['q', 'quit'],
  ],
  summary: [
    ['w', 'write what is accepted'],
    ['s', 'keep and stop'],
    ['u', 'take back'],
    ['m', 'to the proposals'],
    ['q', 'quit'],
    ['?', 'keys'],
  ],
  help: [['any key', 'goes back']],
};

/** As many hints as fit. */
function hintLine(hints: readonly (readonly [string, string])[], width: number, colors: Colors): string {
  let line = '';
  for (const [keys, says] of hints) {
    const next = `${line}${line === '' ? '' : '  '}${colors.bold(keys)} ${colors.dim(says)}`;
    if (stringWidth(next) > width) break;
    line = next;
  }
  return line;
}

function questionOf({ items, deciding, mode, blocked }: TerminalState): string | undefined {
  if (mode.kind === 'ask-quit') {
    const acts = counted(deciding.history.length, 'decision');
    return `Stop without the ${acts} of this sitting? y/n`;
  }
  if (mode.kind !== 'ask-apply') return undefined;
  const { accepted } = countsOf(items, deciding.decisions);
  const doubt = blocked === '' ? '' : ' (it would be refused, see above)';
  return `Write ${counted(accepted, 'accepted proposal')}${doubt}? y/n`;
}

/** The last line: what is typed, a question, a message, or the keys; and how much is out of sight. */
function footer(state: TerminalState, measures: Measures, scroll: number, colors: Colors) {
  const { mode, size, message } = state;
  const { columns } = size;
  if (mode.kind === 'prompt') {
    const label = mode.asks === 'search' ? '/' : 'note: ';
    const text = plainWords(mode.text);
    // The end is what somebody is typing at.
    let from = 0;
    const characters = [...text];
    const tail = (): string => characters.slice(from).join('');
    while (from < characters.length && stringWidth(label + tail()) >= columns) from++;
    const line = cut(label + tail(), columns);
    return { line, cursor: Math.min(columns - 1, stringWidth(line)) };
  }
  const below = measures.length - scroll - measures.height;
  const more = below > 0 ? colors.dim(`↓ ${below} more`) : scroll > 0 ? colors.dim('(end)') : '';
  const question = questionOf(state);
  const said = question ?? message;
  if (said !== '') {
    const shown = colors.bold(colors.yellow(plainWords(said)));
    return { line: spread(shown, more, columns) };
  }
  const room = columns - (more === '' ? 0 : stringWidth(more) + 1);
  return { line: spread(hintLine(HINTS[backgroundOf(mode)], room, colors), more, columns) };
}

/** What the terminal shows of a review. */
export function screenOf(state: TerminalState, look: Look, colors: Colors): Screen {
  const { size } = state;
  const columns = Math.max(1, size.columns);
  const rows = Math.max(1, size.rows);
  const shows = backgroundOf(state.mode);
  const status = statusLine(state, colors);
  const head = shows === 'proposal' ? headRows(state, colors) : [];
  const isPinned = rows >= ROOMY && head.length <= rows / 2;
  const pinned = isPinned ? head : [];
  const height = Math.max(0, rows - 2 - pinned.length);
  const loose = isPinned ? [] : head;
  const body = shows === 'proposal' ? bodyRows(state, look, height, colors) : undefined;
  const content = body?.rows ?? (shows === 'summary' ? summaryRows(state, colors) : helpRows(size, colors));
  const all = [...loose, ...content];
  const fileStarts = (body?.fileStarts ?? []).map((start) => start + loose.length);
  const measures = { length: all.length, height, fileStarts };
  const scroll = scrollable(state.scroll, measures);
  const { line, cursor } = footer(state, measures, scroll, colors);
  const inSight = all.slice(scroll, scroll + height);
  const blank = Array.from({ length: height - inSight.length }, () => '');
  const lines = [status, ...pinned, ...inSight, ...blank, line].map((one) => cut(one, columns));
  // Where there is no room for all, what can be typed matters most.
  return {
    lines: rows === 1 ? lines.slice(-1) : lines,
    measures,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** Which file of the proposal that is shown somebody looks at, as seen from the root, and where its first change is. */
export function lookedAt(
  state: TerminalState,
  { diffs }: Look,
): { readonly path: string; readonly line: number } {
  const { path, line } = currentOf(state);
  const diff = diffs?.[state.file];
  if (diff === undefined || diff.path === path) return { path, line };
  const [hunk] = diff.hunks;
  const lead = hunk?.lines.findIndex(({ kind }) => kind !== 'kept') ?? 0;
  return { path: diff.path, line: Math.max(1, (hunk?.oldStart ?? 1) + Math.max(0, lead)) };
}
