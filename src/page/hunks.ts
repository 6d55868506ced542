import type { ChangeData, HunkData } from 'react-diff-view';
import type { ReviewHunk } from '../review/review.ts';

/** Removed and added lines side by side: the view pairs only those that follow each other. */
function zipped(changes: readonly ChangeData[]): ChangeData[] {
  const made: ChangeData[] = [];
  for (let at = 0; at < changes.length;) {
    const from = at;
    while (changes[at]?.type === 'delete') at++;
    const middle = at;
    while (changes[at]?.type === 'insert') at++;
    const [removed, added] = [changes.slice(from, middle), changes.slice(middle, at)];
    for (let index = 0; index < Math.max(removed.length, added.length); index++)
      made.push(...removed.slice(index, index + 1), ...added.slice(index, index + 1));
    if (at === from) made.push(...changes.slice(at, ++at));
  }
  return made;
}

/** A hunk as the diff view takes it. */
export function asHunk({ oldStart, newStart, lines }: ReviewHunk, layout: 'split' | 'unified'): HunkData {
  let oldLine = oldStart;
  let newLine = newStart;
  const changes = lines.map(({ kind, text: content }): ChangeData => {
    if (kind === 'removed') return { type: 'delete', isDelete: true, content, lineNumber: oldLine++ };
    if (kind === 'added') return { type: 'insert', isInsert: true, content, lineNumber: newLine++ };
    return { type: 'normal', isNormal: true, content, oldLineNumber: oldLine++, newLineNumber: newLine++ };
  });
  return {
    content: '',
    oldStart,
    newStart,
    oldLines: oldLine - oldStart,
    newLines: newLine - newStart,
    changes: layout === 'split' ? zipped(changes) : changes,
  };
}

/** The first of `hunks` with at most `most` of what `linesOf` says they have; of a longer one `cut` makes its beginning. */
function first<T>(
  hunks: readonly T[],
  most: number,
  sizeOf: (hunk: T) => number,
  cut: (hunk: T, size: number) => T,
): T[] {
  const made: T[] = [];
  let left = most;
  for (const hunk of hunks) {
    if (left <= 0) break;
    made.push(sizeOf(hunk) <= left ? hunk : cut(hunk, left));
    left -= sizeOf(hunk);
  }
  return made;
}

/** The first lines of a diff, at most `most`. */
export const firstLines = (hunks: readonly ReviewHunk[], most: number): readonly ReviewHunk[] =>
  first(
    hunks,
    most,
    ({ lines }) => lines.length,
    (hunk, size) => ({ ...hunk, lines: hunk.lines.slice(0, size) }),
  );

/** The same of hunks as the diff view takes them. */
export const firstChanges = (hunks: readonly HunkData[], most: number): HunkData[] =>
  first(
    hunks,
    most,
    ({ changes }) => changes.length,
    (hunk, size) => ({ ...hunk, changes: hunk.changes.slice(0, size) }),
  );

/** Where a hunk can be cut once it has `size` lines: never between what is removed and what is added for it, unless that is very long. */
function cutAt({ lines }: ReviewHunk, size: number): number {
  let at = size;
  while (at < lines.length && lines[at]?.kind !== 'kept' && at < size * 3) at++;
  return Math.min(at, lines.length);
}

/** A hunk without its first `count` lines. */
function behind({ oldStart, newStart, lines }: ReviewHunk, count: number): ReviewHunk {
  const gone = lines.slice(0, count);
  return {
    oldStart: oldStart + gone.filter(({ kind }) => kind !== 'added').length,
    newStart: newStart + gone.filter(({ kind }) => kind !== 'removed').length,
    lines: lines.slice(count),
  };
}

/** Hunks in pieces of about `few` lines, and then of about `more`. */
export function piecesOf(hunks: readonly ReviewHunk[], few: number, more: number): ReviewHunk[][] {
  const pieces: ReviewHunk[][] = [[]];
  let left = few;
  for (let rest of hunks)
    while (rest.lines.length > 0) {
      const at = cutAt(rest, left);
      pieces.at(-1)?.push({ ...rest, lines: rest.lines.slice(0, at) });
      left -= at;
      rest = behind(rest, at);
      if (left > 0) continue;
      pieces.push([]);
      left = more;
    }
  return pieces.filter((piece) => piece.length > 0);
}
