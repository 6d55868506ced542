import { diffWordsWithSpace } from 'diff';

/** Which units of a text are other ones than in the text beside it: 1 where they are. */
export type Marks = Uint8Array;

/** What of two texts that stand for each other differs. */
export interface Emphasis {
  readonly removed: Marks;
  readonly added: Marks;
}

/** Beyond that the words are not compared. */
const MOST_TEXT = 20_000;
const MOST_EDITS = 1000;

/** Texts that have less than this in common are other texts altogether: marks all over them tell nothing. */
const LEAST_COMMON = 0.3;

const solid = (text: string): number => text.replace(/\s+/g, '').length;

/** Marks the space between marked words too: they are read as one. */
function withGaps(marks: Marks, text: string): Marks {
  for (const { 0: gap, index } of text.matchAll(/[^\S\n]+/g))
    if (marks[index - 1] === 1 && marks[index + gap.length] === 1) marks.fill(1, index, index + gap.length);
  return marks;
}

/** Takes marks off the indentation and the end of lines: what is only moved to the right is not changed. */
function withoutMargins(marks: Marks, text: string): Marks {
  for (const { 0: margin, index } of text.matchAll(/^[^\S\n]+|[^\S\n]+$/gm))
    marks.fill(0, index, index + margin.length);
  return marks;
}

/** The words that differ; undefined where there is nothing to tell by them. */
export function emphasisOf(removed: string, added: string): Emphasis | undefined {
  if (removed === '' || added === '' || removed.length + added.length > MOST_TEXT) return undefined;
  const parts = diffWordsWithSpace(removed, added, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return undefined;
  const marks = { removed: new Uint8Array(removed.length), added: new Uint8Array(added.length) };
  let oldAt = 0;
  let newAt = 0;
  let common = 0;
  for (const { value, removed: isRemoved, added: isAdded } of parts) {
    if (!isRemoved && !isAdded) common += solid(value);
    if (isRemoved) marks.removed.fill(1, oldAt, oldAt + value.length);
    if (isAdded) marks.added.fill(1, newAt, newAt + value.length);
    if (!isAdded) oldAt += value.length;
    if (!isRemoved) newAt += value.length;
  }
  if (common < LEAST_COMMON * Math.min(solid(removed), solid(added))) return undefined;
  return {
    removed: withoutMargins(withGaps(marks.removed, removed), removed),
    added: withoutMargins(withGaps(marks.added, added), added),
  };
}
