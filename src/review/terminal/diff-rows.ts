import type { Colors } from 'picocolors/types.js';
import type { ReviewDiff, ReviewHunk, ReviewLine } from '../review.ts';
import { codeLines, type CodeLine } from './code-lines.ts';
import { cut, padded, rowsOf } from './fit.ts';

/** How a diff is laid out. */
export interface DiffLayout {
  readonly width: number;
  readonly isSideBySide: boolean;
}

/** Where lines stand: how wide their numbers are, and how wide everything may be. */
interface Room {
  readonly digits: number;
  readonly width: number;
}

const SIGNS: Readonly<Record<CodeLine['kind'], string>> = { kept: ' ', removed: '-', added: '+' };

/** One line with its number and sign; on as many rows as it needs where it changed, else on one. */
function rowsOfLine(line: CodeLine, number: number | undefined, { digits, width }: Room, colors: Colors) {
  const { kind, text, isUnended } = line;
  const isKept = kind === 'kept';
  const color = { kept: colors.dim, removed: colors.red, added: colors.green }[kind];
  const sign = isKept ? ' ' : colors.bold(color(SIGNS[kind]));
  const gutter = `${color(String(number ?? '').padStart(digits))} ${sign} `;
  const room = width - digits - 3;
  const rows = isKept ? [cut(text, room)] : rowsOf(text, room);
  if (isUnended) rows.push(colors.dim(cut('\\ no line ending at the end of the file', room)));
  return rows.map((row, index) => cut((index === 0 ? gutter : ' '.repeat(digits + 3)) + row, width));
}

const belowEachOther = (lines: readonly CodeLine[], room: Room, colors: Colors): string[] =>
  lines.flatMap((line) => rowsOfLine(line, line.newNumber ?? line.oldNumber, room, colors));

/** What stands in one row of two columns. */
interface Pair {
  readonly left?: CodeLine;
  readonly right?: CodeLine;
}

/** Removed lines beside the added ones behind them, kept ones beside themselves. */
function pairsOf(lines: readonly CodeLine[]): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < lines.length;) {
    const of = (kind: CodeLine['kind']): readonly CodeLine[] => {
      const from = at;
      while (lines[at]?.kind === kind) at++;
      return lines.slice(from, at);
    };
    const [removed, added, kept] = [of('removed'), of('added'), of('kept')];
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [left, right] = [removed[index], added[index]];
      pairs.push({ ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) });
    }
    for (const line of kept) pairs.push({ left: line, right: line });
  }
  return pairs;
}

function sideBySide(lines: readonly CodeLine[], { digits, width }: Room, colors: Colors): string[] {
  const half = Math.floor((width - 1) / 2);
  const bar = colors.dim('│');
  return pairsOf(lines).flatMap(({ left, right }) => {
    const room = { digits, width: half };
    const before = left === undefined ? [] : rowsOfLine(left, left.oldNumber, room, colors);
    const after = right === undefined ? [] : rowsOfLine(right, right.newNumber, room, colors);
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      `${padded(before[index] ?? '', half)}${bar}${after[index] ?? ''}`.trimEnd(),
    );
  });
}

const withoutReturn = (line: ReviewLine): ReviewLine => ({ ...line, text: line.text.replace(/\r$/, '') });

/** Lines that all end with a carriage return are shown without: so the whole file has them. */
function withoutReturns(hunks: readonly ReviewHunk[]): readonly ReviewHunk[] {
  if (!hunks.every(({ lines }) => lines.every(({ text, isUnended }) => isUnended || text.endsWith('\r'))))
    return hunks;
  return hunks.map((hunk) => ({ ...hunk, lines: hunk.lines.map(withoutReturn) }));
}

/** The diff of one file in rows, without its name. */
export function diffRows(diff: ReviewDiff, { width, isSideBySide }: DiffLayout, colors: Colors): string[] {
  const hunks = withoutReturns(diff.hunks).map((hunk) => codeLines(diff.path, hunk, colors));
  const numbers = hunks.flatMap((lines) =>
    lines.map(({ oldNumber = 0, newNumber = 0 }) => Math.max(oldNumber, newNumber)),
  );
  const digits = String(numbers.reduce((most, one) => Math.max(most, one), 0)).length;
  const between = colors.dim(`${' '.repeat(Math.max(0, digits - 1))}⋮`);
  return hunks.flatMap((lines, index) => [
    ...(index > 0 ? [between] : []),
    ...(isSideBySide ? sideBySide : belowEachOther)(lines, { digits, width }, colors),
  ]);
}
