import { diffArrays } from 'diff';
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

const pairOf = (left: CodeLine | undefined, right: CodeLine | undefined): Pair => ({
  ...(left === undefined ? {} : { left }),
  ...(right === undefined ? {} : { right }),
});

const inOrder = (left: readonly CodeLine[], right: readonly CodeLine[]): Pair[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    pairOf(left[index], right[index]),
  );

/** Beyond so many lines nobody looks for the one that a line has become. */
const MOST_ALIGNED = 400;

/** Removed lines beside the added ones: those that are only indented anew beside each other, the others in their order between them. */
function aligned(removed: readonly CodeLine[], added: readonly CodeLine[]): Pair[] {
  if (removed.length + added.length > MOST_ALIGNED) return inOrder(removed, added);
  const parts = diffArrays([...removed], [...added], {
    comparator: (left, right) => left.plain !== '' && left.plain === right.plain,
  });
  const pairs: Pair[] = [];
  let [left, right]: [CodeLine[], CodeLine[]] = [[], []];
  let [oldAt, newAt] = [0, 0];
  for (const { count, removed: isRemoved, added: isAdded } of parts) {
    if (isRemoved) left.push(...removed.slice(oldAt, oldAt + count));
    else if (isAdded) right.push(...added.slice(newAt, newAt + count));
    else {
      pairs.push(...inOrder(left, right));
      [left, right] = [[], []];
      pairs.push(...inOrder(removed.slice(oldAt, oldAt + count), added.slice(newAt, newAt + count)));
    }
    if (!isAdded) oldAt += count;
    if (!isRemoved) newAt += count;
  }
  return [...pairs, ...inOrder(left, right)];
}

/** What changes beside what it becomes, kept lines beside themselves. */
function pairsOf(lines: readonly CodeLine[]): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < lines.length;) {
    const of = (kind: CodeLine['kind']): readonly CodeLine[] => {
      const from = at;
      while (lines[at]?.kind === kind) at++;
      return lines.slice(from, at);
    };
    const [removed, added, kept] = [of('removed'), of('added'), of('kept')];
    pairs.push(...aligned(removed, added), ...kept.map((line) => pairOf(line, line)));
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
