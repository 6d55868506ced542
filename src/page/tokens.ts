import { emphasisOf, type Marks } from '../review/emphasis.ts';
import type { ReviewHunk, ReviewLine } from '../review/review.ts';
import { stylesIn } from '../review/syntax.ts';

/** A piece of a line in the shape that the diff view shows: text, with a class, or as a part that differs. */
export interface Token {
  readonly type: 'text' | 'span' | 'edit';
  readonly value?: string;
  readonly className?: string;
  readonly children?: Token[];
}

type Side = 'old' | 'new';

/** A stretch of a line: `[from, to)`. */
type Stretch = readonly [from: number, to: number];

/** The classes of the code in `lines`, line by line. */
export function colored(lines: readonly string[], path: string): Token[][] {
  const text = lines.join('\n');
  const made: Token[][] = [[]];
  const add = (piece: string, className?: string): void => {
    for (const [index, value] of piece.split('\n').entries()) {
      if (index > 0) made.push([]);
      if (value === '') continue;
      made
        .at(-1)
        ?.push(className === undefined ? { type: 'text', value } : { type: 'span', className, value });
    }
  };
  let at = 0;
  for (const { from, to, style } of stylesIn(path, text)) {
    add(text.slice(at, from));
    add(text.slice(from, to), `code-${style}`);
    at = to;
  }
  add(text.slice(at));
  return made;
}

/** Puts what differs of a line into pieces of their own. */
function marked(tokens: readonly Token[], stretches: readonly Stretch[]): Token[] {
  if (stretches.length === 0) return [...tokens];
  const made: Token[] = [];
  let at = 0;
  for (const token of tokens) {
    const value = token.value ?? '';
    const end = at + value.length;
    let from = at;
    const piece = (to: number, isEdit: boolean): void => {
      if (to <= from) return;
      const part = { ...token, value: value.slice(from - at, to - at) };
      const last = made.at(-1);
      if (isEdit && last?.type === 'edit') last.children?.push(part);
      else made.push(isEdit ? { type: 'edit', children: [part] } : part);
      from = to;
    };
    for (const [start, stop] of stretches) {
      if (stop <= from || start >= end) continue;
      piece(Math.max(start, from), false);
      piece(Math.min(stop, end), true);
    }
    piece(end, false);
    at = end;
  }
  return made;
}

/** The stretches of each line that are marked in a text of lines. */
function stretchesOf(lines: readonly string[], marks: Marks): Stretch[][] {
  let start = 0;
  return lines.map((line) => {
    const found: Stretch[] = [];
    for (let at = 0; at < line.length;) {
      const from = at;
      while (at < line.length && marks[start + at] === 1) at++;
      if (at > from) found.push([from, at]);
      else at++;
    }
    start += line.length + 1;
    return found;
  });
}

/** The stretches that differ in each line of a hunk, by its index: removed lines are compared with the added ones behind them. */
function changedStretches(lines: readonly ReviewLine[]): ReadonlyMap<number, readonly Stretch[]> {
  const stretches = new Map<number, readonly Stretch[]>();
  for (let at = 0; at < lines.length;) {
    const from = at;
    while (lines[at]?.kind === 'removed') at++;
    const middle = at;
    while (lines[at]?.kind === 'added') at++;
    const textsOf = (start: number, end: number): string[] => lines.slice(start, end).map(({ text }) => text);
    if (middle > from && at > middle) {
      const [before, after] = [textsOf(from, middle), textsOf(middle, at)];
      const found = emphasisOf(before.join('\n'), after.join('\n'));
      if (found !== undefined) {
        for (const [index, own] of stretchesOf(before, found.removed).entries())
          stretches.set(from + index, own);
        for (const [index, own] of stretchesOf(after, found.added).entries())
          stretches.set(middle + index, own);
      }
    }
    if (at === from) at++;
  }
  return stretches;
}

/** Adds the pieces of each line of hunks to those of the old and the new text, by line number less one. */
export function addTokens(made: Record<Side, Token[][]>, hunks: readonly ReviewHunk[], path: string): void {
  for (const { lines, oldStart, newStart } of hunks) {
    const stretches = changedStretches(lines);
    for (const side of ['old', 'new'] as const) {
      const other = side === 'old' ? 'added' : 'removed';
      const own = [...lines.entries()].filter(([, { kind }]) => kind !== other);
      const colors = colored(
        own.map(([, { text }]) => text),
        path,
      );
      const start = (side === 'old' ? oldStart : newStart) - 1;
      for (const [at, [index]] of own.entries())
        made[side][start + at] = marked(colors[at] ?? [], stretches.get(index) ?? []);
    }
  }
}
