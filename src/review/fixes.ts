import { compose } from '../edits/compose.ts';
import type { Proposal } from '../transform.ts';
import type { Places } from './places.ts';

/** Replaces `[start, end)` of a file by `text`: UTF-16 offsets, a byte order mark not counted. An empty stretch inserts. */
export interface FixedStretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What one proposal does to one file. Stretches are in text order and lie apart from each other. */
export interface FixedFile {
  /** Absolute path. */
  readonly path: string;
  readonly stretches: readonly FixedStretch[];
}

/** Stretches without those that touch, which are one: nobody could tell which of two insertions at one place comes first. */
function joined(stretches: readonly FixedStretch[]): FixedStretch[] {
  const found: FixedStretch[] = [];
  for (const one of stretches) {
    const last = found.at(-1);
    if (last !== undefined && last.end === one.start)
      found[found.length - 1] = { start: last.start, end: one.end, text: last.text + one.text };
    else found.push(one);
  }
  return found;
}

/** Whether `at` stands in the middle of a character of two units, or of a line ending. */
const isTorn = (at: number, whole: string): boolean =>
  at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$|^\r\n$/.test(whole.slice(at - 1, at + 1));

/** A stretch without what stays the same at both of its ends. */
function trimmed({ start, end, text }: FixedStretch, baseline: string): FixedStretch {
  const old = baseline.slice(start, end);
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old[head] === text[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  if (isTorn(head, old) || isTorn(head, text)) head--;
  if (isTorn(old.length - tail, old) || isTorn(text.length - tail, text)) tail--;
  return {
    start: start + head,
    end: end - tail,
    text: text.slice(head, text.length - tail),
  };
}

/**
 * What `proposal` alone does to its files, as stretches that anybody can replace: what its edits quote of the file is written out.
 * None where it has no edits, or they do not fit the files as they are.
 */
export function fixesOf(proposal: Proposal, { textOf }: Pick<Places, 'textOf'>): readonly FixedFile[] {
  if (proposal.edits.length === 0) return [];
  const { texts, replaced } = compose([proposal], textOf);
  return [...texts.keys()].toSorted().flatMap((path) => {
    const baseline = textOf(path);
    const text = texts.get(path) ?? '';
    const stretches = (replaced.get(path) ?? []).map(({ before: [start, end], after }) => ({
      start,
      end,
      text: text.slice(after[0], after[1]),
    }));
    const changed = joined(stretches)
      .map((one) => trimmed(one, baseline))
      .filter((one) => one.start < one.end || one.text !== '');
    return changed.length === 0 ? [] : [{ path, stretches: changed }];
  });
}
