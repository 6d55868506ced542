import { classHighlighter, highlightTree } from '@lezer/highlight';
import { parser } from '@lezer/javascript';
import { diffWordsWithSpace } from 'diff';
import type { ReviewHunk, ReviewLine } from '../review/review.ts';

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

const DIALECTS: Readonly<Record<string, string>> = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'ts jsx' };

/** Files whose code can be coloured. */
const CODE = /\.([cm]?[jt]sx?)$/;

/** Classes that have no colour of their own: a piece less for each name and bracket. */
const PLAIN = new Set(['tok-variableName', 'tok-punctuation', 'tok-operator', 'tok-variableName tok-local']);

/** Longer pairs of texts are not compared word by word: nobody reads them so. */
const MOST_COMPARED = 8000;

/** The classes of the code in `lines`, line by line. */
export function colored(lines: readonly string[], path: string): Token[][] {
  const extension = CODE.exec(path)?.[1];
  if (extension === undefined) return lines.map((value) => [{ type: 'text', value }]);
  const text = lines.join('\n');
  const tree = parser.configure({ dialect: DIALECTS[extension] ?? 'jsx' }).parse(text);
  const made: Token[][] = [[]];
  const add = (piece: string, className?: string): void => {
    for (const [index, value] of piece.split('\n').entries()) {
      if (index > 0) made.push([]);
      if (value !== '')
        made
          .at(-1)
          ?.push(className === undefined ? { type: 'text', value } : { type: 'span', className, value });
    }
  };
  let at = 0;
  highlightTree(tree, classHighlighter, (from, to, className) => {
    if (PLAIN.has(className)) return;
    add(text.slice(at, from));
    add(text.slice(from, to), className);
    at = to;
  });
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

/** A stretch without the white space at its ends. */
function withoutSpace(line: string, [from, to]: Stretch): Stretch {
  const text = line.slice(from, to);
  return [to - text.trimStart().length, from + text.trimEnd().length];
}

/** What differs between two texts of lines, word by word: stretches by line, for both sides. Nothing where hardly anything is the same. */
function differences(before: readonly string[], after: readonly string[]): Record<Side, Stretch[][]> {
  const found: Record<Side, Stretch[][]> = { old: before.map(() => []), new: after.map(() => []) };
  const [a, b] = [before.join('\n'), after.join('\n')];
  if (a === '' || b === '' || a.length + b.length > MOST_COMPARED) return found;
  const parts = diffWordsWithSpace(a, b);
  const same = parts
    .filter(({ added, removed }) => !added && !removed)
    .map(({ value }) => value.trim().length);
  if (same.reduce((sum, one) => sum + one, 0) * 3 < Math.min(a.length, b.length)) return found;
  const places = { old: { line: 0, column: 0 }, new: { line: 0, column: 0 } };
  // What stands on both sides of a space is one stretch.
  const add = (side: Side, line: number, [from, to]: Stretch): void => {
    const own = found[side][line];
    const last = own?.at(-1);
    const text = (side === 'old' ? before : after)[line] ?? '';
    const isNear = last !== undefined && text.slice(last[1], from).trim() === '';
    if (isNear) own?.splice(-1, 1, [last[0], to]);
    else own?.push([from, to]);
  };
  const walk = (side: Side, value: string, differs: boolean): void => {
    const place = places[side];
    for (const [index, piece] of value.split('\n').entries()) {
      if (index > 0) {
        place.line++;
        place.column = 0;
      }
      const end = place.column + piece.length;
      if (differs && piece.trim() !== '') add(side, place.line, [place.column, end]);
      place.column = end;
    }
  };
  for (const { added, removed, value } of parts) {
    if (!added) walk('old', value, removed);
    if (!removed) walk('new', value, added);
  }
  const trimmed = (lines: readonly string[], stretches: readonly Stretch[][]): Stretch[][] =>
    stretches.map((own, line) => own.map((one) => withoutSpace(lines[line] ?? '', one)));
  return { old: trimmed(before, found.old), new: trimmed(after, found.new) };
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
      const found = differences(textsOf(from, middle), textsOf(middle, at));
      for (const [index, own] of found.old.entries()) stretches.set(from + index, own);
      for (const [index, own] of found.new.entries()) stretches.set(middle + index, own);
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
