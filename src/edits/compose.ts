import type { Edit, Span } from './edit.ts';

/** What `compose` needs to know of a proposal. */
export interface Composable {
  readonly id: string;
  readonly path: string;
  readonly start: number;
  readonly edits: readonly Edit[];
}

/** The outcome of a composition. */
export interface Composed<P extends Composable> {
  /** Those whose edits are in the texts, all of them. */
  readonly accepted: readonly P[];
  /** Those that would overlap an accepted one: they wait for the next pass. */
  readonly deferred: readonly P[];
  /** The new text of each file that an accepted proposal edits. */
  readonly texts: ReadonlyMap<string, string>;
  /** For each of these files the stretches that were replaced, in text order. */
  readonly replaced: ReadonlyMap<string, readonly Replaced[]>;
}

/** A stretch of a baseline, and the stretch of the new text that stands in its place. */
export interface Replaced {
  readonly before: Span;
  readonly after: Span;
}

/** The offset in the baseline that `offset` of the new text comes from; in new code the start of what it replaced. */
export function baselineOffset(replaced: readonly Replaced[], offset: number): number {
  let shift = 0;
  for (const { before, after } of replaced) {
    if (offset < after[0]) break;
    if (offset < after[1]) return before[0];
    shift = before[1] - after[1];
  }
  return offset + shift;
}

/** One edit as it will be applied, with all proposals that ask for it. */
interface Entry {
  readonly edit: Edit;
  readonly owners: Set<Composable>;
  /** Orders insertions at one point, whatever the order of the proposals. */
  readonly rank: readonly [kind: number, once: string, start: number, id: string, index: number];
}

/** At one point first whole lines, imports before other statements, then what belongs to the code that stands there. */
function kindOf({ code, once }: Edit): number {
  const last = code.at(-1);
  // An empty line parts the lines that were inserted from what follows.
  if (code.length === 1 && typeof last === 'string' && /^[\r\n]+$/.test(last)) return 1;
  if (typeof last !== 'string' || !/\S[^]*\n[ \t]*$/.test(last)) return 2;
  return once === undefined ? 1 : 0;
}

const isEmpty = ([start, end]: Span): boolean => start === end;
const isWithin = (inner: Span, outer: Span): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];
const isSame = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];
const quotationsOf = (edit: Edit): readonly Span[] =>
  edit.code.filter((part): part is Span => typeof part !== 'string');

/** Whether `span` is shown by quotation `quotation` of `edit`. A point between two adjoining quotations belongs to the second. */
function isQuotedBy(edit: Edit, quotation: Span, span: Span): boolean {
  if (!isWithin(span, quotation)) return false;
  const isAtEnd = isEmpty(span) && span[0] === quotation[1] && !isEmpty(quotation);
  return !isAtEnd || !quotationsOf(edit).some((other) => other !== quotation && other[0] === span[0]);
}

const isQuoted = (edit: Edit, span: Span): boolean =>
  quotationsOf(edit).some((quotation) => isQuotedBy(edit, quotation, span));

/** Whether both say the same, so that applying one is applying both. */
function isSameEdit(a: Edit, b: Edit): boolean {
  if (a.once !== undefined && a.once === b.once) return true;
  return !isEmpty(a.span) && isSame(a.span, b.span) && JSON.stringify(a.code) === JSON.stringify(b.code);
}

/** Whether the spans have no character in common, and neither is a point inside the other. */
function isApart(a: Span, b: Span): boolean {
  return a[1] <= b[0] || b[1] <= a[0];
}

/** Whether the two can both be applied: apart from each other, or one inside what the other quotes. */
function isCompatible(a: Edit, b: Edit): boolean {
  if (isApart(a.span, b.span)) return true;
  const inA = isQuoted(a, b.span);
  const inB = isQuoted(b, a.span);
  return inA !== inB;
}

function compareRanks(a: Entry['rank'], b: Entry['rank']): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** In text order; at one point insertions before the code that stands there; wide before narrow. */
function compareEntries(a: Entry, b: Entry): number {
  const [startA, endA] = a.edit.span;
  const [startB, endB] = b.edit.span;
  if (startA !== startB) return startA - startB;
  const emptyA = isEmpty(a.edit.span);
  const emptyB = isEmpty(b.edit.span);
  if (emptyA !== emptyB) return emptyA ? -1 : 1;
  return endB - endA || compareRanks(a.rank, b.rank);
}

const shareOwner = (a: Entry, b: Entry): boolean => [...a.owners].some((owner) => b.owners.has(owner));

/** Whether `entry` is shown where `holder` quotes its place. What a proposal moves away is not taken away from the quotation. */
function isShownIn(entry: Entry, holder: Entry, quotation: Span): boolean {
  if (!isQuotedBy(holder.edit, quotation, entry.edit.span)) return false;
  const replacesAll = isSame(entry.edit.span, quotation) && !isEmpty(quotation);
  return !(replacesAll && shareOwner(entry, holder));
}

interface Rendered {
  readonly text: string;
  readonly shown: ReadonlySet<Entry>;
  readonly replaced: readonly Replaced[];
}

/** The text of a file with `entries` applied, which of them are shown in it, and what they replaced. */
function render(baseline: string, entries: readonly Entry[]): Rendered {
  const shown = new Set<Entry>();
  const replaced: Replaced[] = [];
  const renderRange = (range: Span, inRange: readonly Entry[], around: readonly Entry[]): string => {
    let text = '';
    let at = range[0];
    for (const entry of inRange) {
      const { span, code } = entry.edit;
      const isShownElsewhere = inRange.some(
        (other) => other !== entry && isWithin(span, other.edit.span) && isQuoted(other.edit, span),
      );
      if (span[0] < at || isShownElsewhere) continue;
      text += baseline.slice(at, span[0]);
      const newStart = text.length;
      shown.add(entry);
      const holders = [...around, entry];
      for (const part of code) {
        if (typeof part === 'string') text += part;
        else {
          const inside = entries.filter((other) => !holders.includes(other) && isShownIn(other, entry, part));
          text += renderRange(part, inside, holders);
        }
      }
      if (around.length === 0) replaced.push({ before: span, after: [newStart, text.length] });
      at = span[1];
    }
    return text + baseline.slice(at, range[1]);
  };
  return { text: renderRange([0, baseline.length], entries, []), shown, replaced };
}

/** The entries of one file, to which the edits of further proposals are added while they fit. */
class FileEdits {
  entries: Entry[] = [];

  /** Whether `edit` of `proposal` can be applied beside what is here. */
  fits(edit: Edit, proposal: Composable): boolean {
    return this.entries.every((entry) => {
      if (isSameEdit(entry.edit, edit) || isCompatible(entry.edit, edit)) return true;
      // Code that one edit of a proposal takes away and another one quotes is moved: edits in it move along.
      return (
        this.entries.some(
          (mate) => mate !== entry && shareOwner(mate, entry) && isQuoted(mate.edit, edit.span),
        ) ||
        proposal.edits.some(
          (mate) => mate !== edit && mate.file === edit.file && isQuoted(mate, entry.edit.span),
        )
      );
    });
  }

  add(edit: Edit, proposal: Composable, index: number): void {
    const same = this.entries.find((entry) => isSameEdit(entry.edit, edit));
    if (same !== undefined) same.owners.add(proposal);
    else
      this.entries.push({
        edit,
        owners: new Set([proposal]),
        rank: [kindOf(edit), edit.once ?? '', proposal.start, proposal.id, index],
      });
  }

  sorted(): readonly Entry[] {
    return this.entries.toSorted(compareEntries);
  }
}

/** Whether a point of insertion or a replaced stretch lies outside the baseline: the edits were made for another text. */
const isOutside = ({ span, code }: Edit, baseline: string): boolean =>
  [span, ...code.filter((part): part is Span => typeof part !== 'string')].some(
    ([start, end]) => start < 0 || end < start || end > baseline.length,
  );

/**
 * Merges proposals as git merges branches with one parent: each applies whole or not at all, also across files;
 * of two that overlap the later in `proposals` is deferred. The texts do not depend on the order of proposals that
 * do not overlap. `baselineOf` gives the text of a file, the empty one for a file that does not exist.
 */
export function compose<P extends Composable>(
  proposals: readonly P[],
  baselineOf: (file: string) => string,
): Composed<P> {
  const files = new Map<string, FileEdits>();
  const filesOf = (file: string): FileEdits => {
    const known = files.get(file) ?? new FileEdits();
    files.set(file, known);
    return known;
  };
  const accepted: P[] = [];
  const deferred: P[] = [];
  for (const proposal of proposals) {
    const fits = proposal.edits.every(
      (edit) => !isOutside(edit, baselineOf(edit.file)) && filesOf(edit.file).fits(edit, proposal),
    );
    (fits ? accepted : deferred).push(proposal);
    if (fits)
      for (const [index, edit] of proposal.edits.entries()) filesOf(edit.file).add(edit, proposal, index);
  }
  const texts = new Map<string, string>();
  const replacedIn = new Map<string, readonly Replaced[]>();
  for (const [file, edits] of files) {
    if (edits.entries.length === 0) continue;
    const sorted = edits.sorted();
    const { text, shown, replaced } = render(baselineOf(file), sorted);
    const lost = sorted.find((entry) => !shown.has(entry));
    if (lost !== undefined) {
      // Two quotations that show each other leave an edit out: whoever asks for it waits.
      const kept = accepted.filter((proposal) => !lost.owners.has(proposal));
      const rest = compose(kept, baselineOf);
      return { ...rest, deferred: [...deferred, ...lost.owners, ...rest.deferred] as P[] };
    }
    texts.set(file, text);
    replacedIn.set(file, replaced);
  }
  return { accepted, deferred, texts, replaced: replacedIn };
}

/**
 * The text of one file with `edits` applied.
 * @throws {RangeError} when two of them overlap and neither lies in a quotation of the other.
 */
export function applyEdits(baseline: string, edits: readonly Edit[]): string {
  const proposals = edits.map((edit, index) => ({
    id: String(index).padStart(6, '0'),
    path: edit.file,
    start: 0,
    edits: [edit],
  }));
  const { deferred, texts } = compose(proposals, () => baseline);
  if (deferred.length > 0) throw new RangeError(`Edits overlap: ${JSON.stringify(deferred[0]?.edits[0])}.`);
  return [...texts.values()][0] ?? baseline;
}
