import { diffArrays } from 'diff';
import type { FileChange } from '../run/plan.ts';
import type { Proposal } from '../transform.ts';

/** One line of a hunk. Its text carries its own line ending, or none where the file ends without one. */
export interface HunkLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** A stretch of changed lines with up to three unchanged ones around it. */
export interface Hunk {
  /** The first line in the old text, from 1; the line before the hunk where it has no old lines. */
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly lines: readonly HunkLine[];
  /** The proposals whose edits are in this hunk, in the order of the change. */
  readonly proposals: readonly Proposal[];
  /** Those of them that are about code in this hunk: an import's hunk serves proposals that are shown at their own place. */
  readonly home: readonly Proposal[];
}

/** The hunks of one file. */
export interface FileDiff {
  readonly change: FileChange;
  readonly hunks: readonly Hunk[];
}

const CONTEXT = 3;

/** Beyond so many differing lines a smallest diff costs seconds, and nobody reads it: all of them become one block. */
const MAX_EDIT_LENGTH = 2000;

/** Lines end at `\n` only, as for git: a lone `\r` or U+2028 does not end one. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** What is removed and added at one place: old lines `[oldStart, oldEnd)` become new lines `[newStart, newEnd)`, from 0. */
interface Block {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function blocksOf(before: readonly string[], after: readonly string[]): Block[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const oldMiddle = before.slice(head, before.length - tail);
  const newMiddle = after.slice(head, after.length - tail);
  if (oldMiddle.length === 0 && newMiddle.length === 0) return [];
  const parts = diffArrays(oldMiddle, newMiddle, { maxEditLength: MAX_EDIT_LENGTH }) ?? [
    { count: oldMiddle.length, removed: true, added: false },
    { count: newMiddle.length, removed: false, added: true },
  ];
  const blocks: Block[] = [];
  let oldAt = head;
  let newAt = head;
  let oldFrom = head;
  let newFrom = head;
  const close = (): void => {
    if (oldAt > oldFrom || newAt > newFrom)
      blocks.push({ oldStart: oldFrom, oldEnd: oldAt, newStart: newFrom, newEnd: newAt });
  };
  for (const { count, removed, added } of parts) {
    if (removed) oldAt += count;
    else if (added) newAt += count;
    else {
      close();
      oldAt += count;
      newAt += count;
      oldFrom = oldAt;
      newFrom = newAt;
    }
  }
  close();
  return blocks;
}

/** Blocks whose context would touch or overlap share a hunk. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const end = last?.at(-1)?.oldEnd;
    if (last !== undefined && end !== undefined && block.oldStart - end <= 2 * CONTEXT) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

const asLines = (kind: HunkLine['kind'], texts: readonly string[]): HunkLine[] =>
  texts.map((text) => ({ kind, text }));

type Place = Omit<Hunk, 'proposals' | 'home'>;

function placeOf(group: readonly Block[], before: readonly string[], after: readonly string[]): Place {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('A hunk needs a changed line.');
  const lead = Math.min(CONTEXT, first.oldStart);
  const trail = Math.min(CONTEXT, before.length - last.oldEnd);
  const oldStart = first.oldStart - lead;
  const newStart = first.newStart - lead;
  const oldCount = last.oldEnd + trail - oldStart;
  const newCount = last.newEnd + trail - newStart;
  const lines: HunkLine[] = [];
  let at = oldStart;
  for (const block of group) {
    lines.push(...asLines('kept', before.slice(at, block.oldStart)));
    lines.push(...asLines('removed', before.slice(block.oldStart, block.oldEnd)));
    lines.push(...asLines('added', after.slice(block.newStart, block.newEnd)));
    at = block.oldEnd;
  }
  lines.push(...asLines('kept', before.slice(at, last.oldEnd + trail)));
  return {
    oldStart: oldCount === 0 ? oldStart : oldStart + 1,
    oldCount,
    newStart: newCount === 0 ? newStart : newStart + 1,
    newCount,
    lines,
  };
}

/** The 0-based numbers of the first and last line that each edit of `proposal` touches in the file of `change`. */
function touchedLines(
  proposal: Proposal,
  change: FileChange,
  lineAt: (offset: number) => number,
): [number, number][] {
  const spans = proposal.edits.filter(({ file }) => file === change.path).map(({ span }) => span);
  return spans.map(([start, end]) => [lineAt(start), lineAt(end)]);
}

/** How far the lines `[from, to]` lie from a hunk, in lines; 0 inside it. */
function distance([from, to]: readonly [number, number], hunk: Place): number {
  const first = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
  const last = first + Math.max(hunk.oldCount - 1, 0);
  return Math.max(first - to, from - last, 0);
}

/** Turns an offset of the baseline (byte order mark not counted) into a 0-based line number. */
function lineFinder(lines: readonly string[], hasBom: boolean): (offset: number) => number {
  let at = hasBom ? -1 : 0;
  const starts = lines.map((line) => {
    const start = at;
    at += line.length;
    return start;
  });
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
}

/**
 * The smallest diff of a change with three lines of context. Every proposal of the change belongs to the hunks that its
 * edits are in, or to the nearest one where formatting moved its lines.
 */
export function diffOf(change: FileChange): FileDiff {
  const before = linesOf(change.before ?? '');
  const after = linesOf(change.after);
  const places = grouped(blocksOf(before, after)).map((group) => placeOf(group, before, after));
  const lineAt = lineFinder(before, change.before?.startsWith('\uFEFF') ?? false);
  const touching = places.map((): Proposal[] => []);
  const home = places.map((): Proposal[] => []);
  for (const proposal of change.proposals) {
    const touched = touchedLines(proposal, change, lineAt);
    const distances = places.map((place) => Math.min(...touched.map((lines) => distance(lines, place))));
    const isIn = distances.map((one) => one === Math.min(...distances, Infinity) || one === 0);
    for (const [index, is] of isIn.entries()) if (is) touching[index]?.push(proposal);

    const own: readonly [number, number] =
      proposal.path === change.path ? [lineAt(proposal.start), lineAt(proposal.end)] : (touched[0] ?? [0, 0]);
    const fromOwn = places.map((place, index) => (isIn[index] === true ? distance(own, place) : Infinity));
    home[fromOwn.indexOf(Math.min(...fromOwn))]?.push(proposal);
  }
  return {
    change,
    hunks: places.map((place, index) => ({
      ...place,
      proposals: touching[index] ?? [],
      home: home[index] ?? [],
    })),
  };
}
