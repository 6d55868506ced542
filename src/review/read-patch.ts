import type { ReviewDiff, ReviewHunk, ReviewLine } from './review.ts';

const ESCAPED: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
};

/** A path as git writes it in a patch, in C quotes or without, and with the prefix of its side; behind one with a space in it there is a tab. */
function pathOf(written: string): string {
  const name = written.replace(/\t$/, '');
  if (!name.startsWith('"')) return name.replace(/^[ab]\//, '');
  const bytes = Array.from(name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g), (piece) => {
    const [, octal, letter = '', plain] = piece;
    if (plain !== undefined) return Buffer.from(plain);
    return Buffer.from([
      octal === undefined ? (ESCAPED[letter] ?? letter.charCodeAt(0)) : parseInt(octal, 8),
    ]);
  });
  return Buffer.concat(bytes)
    .toString()
    .replace(/^[ab]\//, '');
}

/** The path in a line `diff --git a/x b/x`, which has it twice. */
function pathOfHeader(line: string): string {
  const both = line.slice('diff --git '.length);
  return pathOf(both.slice(Math.ceil(both.length / 2)));
}

const RANGES = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

const KINDS: Readonly<Record<string, ReviewLine['kind']>> = { ' ': 'kept', '-': 'removed', '+': 'added' };

/** The lines of one hunk, from the one behind its header on; `next` is the first line that is none of them. */
function hunkLines(lines: readonly string[], from: number, old: number, added: number) {
  const made: ReviewLine[] = [];
  const left = { old, added };
  let next = from;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    const last = made.at(-1);
    if (line.startsWith('\\') && last !== undefined) {
      made[made.length - 1] = { ...last, isUnended: true };
      continue;
    }
    const kind = KINDS[line.charAt(0)];
    if (kind === undefined || (left.old <= 0 && left.added <= 0)) break;
    if (kind !== 'added') left.old--;
    if (kind !== 'removed') left.added--;
    made.push({ kind, text: line.slice(1) });
  }
  return { lines: made, next };
}

/** The part of a patch that is about one file: its lines from `diff --git` on. */
function diffOf(lines: readonly string[]): ReviewDiff {
  const hunks: ReviewHunk[] = [];
  let path = pathOfHeader(lines[0] ?? '');
  let isNew = false;
  for (let at = 1; at < lines.length;) {
    const line = lines[at] ?? '';
    const [ranges, oldStart, oldCount = '1', newStart, newCount = '1'] = RANGES.exec(line) ?? [];
    at++;
    if (line.startsWith('new file mode')) isNew = true;
    else if (line.startsWith('+++ ')) path = pathOf(line.slice(4));
    if (ranges === undefined) continue;
    const own = hunkLines(lines, at, Number(oldCount), Number(newCount));
    hunks.push({ oldStart: Number(oldStart), newStart: Number(newStart), lines: own.lines });
    at = own.next;
  }
  return { path, isNew, hunks };
}

/** A patch, file by file, and how many files it has besides those that were read. */
export interface ReadPatch {
  readonly diffs: readonly ReviewDiff[];
  readonly left: number;
}

/** Reads a patch that hasten has made. Whole files are read as long as they have no more than `most` lines together, but at least one. */
export function readPatch(text: string, most: number): ReadPatch {
  // No line of code begins like this: there is a sign before each.
  const files = text === '' ? [] : text.split(/(?<=\n)(?=diff --git )/);
  const diffs: ReviewDiff[] = [];
  let size = 0;
  for (const file of files) {
    const lines = file.replace(/\n$/, '').split('\n');
    size += lines.length;
    if (diffs.length > 0 && size > most) break;
    diffs.push(diffOf(lines));
  }
  return { diffs, left: files.length - diffs.length };
}
