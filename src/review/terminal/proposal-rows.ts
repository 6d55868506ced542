import type { Colors } from 'picocolors/types.js';
import { verdictOf, type ReviewVerdict } from '../deciding.ts';
import { painted } from '../describe.ts';
import type { ReviewDiff, ReviewItem } from '../review.ts';
import { diffRows, type DiffLayout } from './diff-rows.ts';
import { foldedRows, unfoldedRows, type Codes } from './evidence-rows.ts';
import { cut, spread, wrapped } from './fit.ts';
import { plainWords } from './plain-code.ts';
import { currentOf, isSideBySide, type TerminalState } from './state.ts';

/** What is to be seen of a proposal beside itself, as far as it is there yet. */
export interface Look {
  readonly diffs?: readonly ReviewDiff[];
  readonly codes?: Codes;
  /** Why there is nothing to be seen. */
  readonly failure?: string;
}

/** A verdict in its colour. */
export function paintedVerdict(verdict: ReviewVerdict, colors: Colors): string {
  if (verdict === 'undecided') return colors.yellow(verdict);
  return colors.bold((verdict === 'accepted' ? colors.green : colors.red)(verdict));
}

/** Where a proposal is, what it does, what was decided of it, and what stands against it. */
export function headRows(state: TerminalState, colors: Colors): string[] {
  const { columns } = state.size;
  const item = currentOf(state);
  const { path, line, column, safety, title, transform, id, files } = item;
  const decision = state.deciding.decisions.get(id);
  const verdict = paintedVerdict(verdictOf(state.deciding.decisions, id), colors);
  const over = files.length > 1 ? colors.dim(` and ${files.length - 1} more`) : '';
  const place = `${colors.bold(`${plainWords(path)}:${line}:${column}`)}${over}`;
  const what = `${painted(safety, colors)}: ${plainWords(title)} ${colors.dim(`[${plainWords(transform)}]`)}`;
  const titleRows = wrapped(what, columns, 2);
  const rows = [spread(place, verdict, columns), ...titleRows];
  if (decision?.note !== undefined)
    rows.push(...wrapped(`${colors.cyan('note')} ${plainWords(decision.note)}`, columns, 5));
  for (const said of warningsOf(state, item)) rows.push(...wrapped(colors.yellow(said), columns, 2));
  return rows;
}

/** What stands against a proposal as things are. */
function warningsOf({ edited }: TerminalState, { unusable, files }: ReviewItem): string[] {
  const changed = files.find((file) => edited.has(file));
  return [
    ...(unusable === undefined ? [] : [`! ${plainWords(unusable)}, so this cannot be applied.`]),
    ...(changed === undefined
      ? []
      : [`! ${plainWords(changed)} was changed during this review, so this cannot be applied.`]),
  ];
}

/** The rows of a diff as they were made last: a key must not make all of them anew. */
const made = new WeakMap<ReviewDiff, DiffLayout & { readonly colors: Colors; readonly rows: string[] }>();

function rowsOfDiff(diff: ReviewDiff, layout: DiffLayout, colors: Colors): readonly string[] {
  const known = made.get(diff);
  const { width, isSideBySide: isBeside } = layout;
  if (known?.width === width && known.isSideBySide === isBeside && known.colors === colors) return known.rows;
  const rows = diffRows(diff, layout, colors);
  made.set(diff, { ...layout, colors, rows });
  return rows;
}

function fileRow(
  diff: ReviewDiff,
  index: number,
  count: number,
  isCurrent: boolean,
  width: number,
  colors: Colors,
) {
  const marks = [
    ...(count > 1 ? [`file ${index + 1} of ${count}`] : []),
    ...(diff.isNew ? ['is created'] : []),
    ...(diff.later === true ? ['as earlier proposals leave it'] : []),
  ];
  const name = (isCurrent ? colors.bold : colors.cyan)(plainWords(diff.path));
  const about = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const head = cut(`── ${name}${about} `, width);
  return cut(head + '─'.repeat(width), width).replace(/…$/, '─');
}

/** The evidence and the diffs of a proposal: what scrolls. */
export function bodyRows(
  state: TerminalState,
  look: Look,
  height: number,
  colors: Colors,
): { readonly rows: string[]; readonly fileStarts: readonly number[] } {
  const { columns: width } = state.size;
  const { evidence } = currentOf(state);
  const most = Math.max(3, Math.floor(height / 3));
  const rows = state.hasCode
    ? unfoldedRows(evidence, look.codes, width, colors)
    : foldedRows(evidence, width, most, colors);
  if (look.failure !== undefined)
    return { rows: [...rows, ...wrapped(colors.red(plainWords(look.failure)), width)], fileStarts: [] };
  if (look.diffs === undefined)
    return { rows: [...rows, cut(colors.dim('The diff is being made …'), width)], fileStarts: [] };
  if (look.diffs.length === 0)
    rows.push(colors.dim(cut('There is nothing to be seen of what it changes.', width)));
  const fileStarts: number[] = [];
  const layout = { width, isSideBySide: isSideBySide(state) };
  for (const [index, diff] of look.diffs.entries()) {
    fileStarts.push(rows.length);
    rows.push(fileRow(diff, index, look.diffs.length, index === state.file, width, colors));
    rows.push(...rowsOfDiff(diff, layout, colors));
  }
  return { rows, fileStarts };
}
