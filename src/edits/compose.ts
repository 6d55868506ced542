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
  readonly rank: readonly [side: number, once: string, start: number, id: string, index: number];
}

const isEmpty = ([start, end]: Span): boolean => start === end;
const isWithin = (inner: Span, outer: Span): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];
const isSame = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];
const isInside = (point: number, span: Span): boolean => span[0] < point && point < span[1];
const quotationsOf = (edit: Edit): readonly Span[] =>
  edit.code.filter((part): part is Span => typeof part !== 'string');

/** Where insertions at one point stand, in this order. */
const SIDE = {
  /** Whole lines that every proposal may ask for, as imports. */
  sharedLines: 0,
  /** Whole lines, or an item of a list, before the code that begins at the point. */
  before: 1,
  /** What belongs to the code beside it, as a bracket or an `async` does. */
  part: 2,
  /** Lines, or an item of a list, after the code that ends at the point. */
  after: 3,
} as const;

function sideOf({ code, once }: Edit): number {
  const shape = code.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  // An empty line parts the lines that were inserted from what follows.
  if (/^[\r\n]+$/.test(shape)) return SIDE.before;
  if (/\n[ \t]*$/.test(shape) && /\S/.test(shape)) return once === undefined ? SIDE.before : SIDE.sharedLines;
  if (/^(?:\r?\n\s*\S|,)/.test(shape)) return SIDE.after;
  return shape.endsWith(', ') ? SIDE.before : SIDE.part;
}

/** Whether an edit is an insertion of something that is no part of the code beside it: it stays outside what is done to that. */
const isApartFromCode = (edit: Edit): boolean => isEmpty(edit.span) && sideOf(edit) !== SIDE.part;

/** Whether `span` is shown by quotation `quotation` of `edit`. A point between two adjoining quotations belongs to the second. */
function isQuotedBy(edit: Edit, quotation: Span, span: Span): boolean {
  if (!isWithin(span, quotation)) return false;
  const isAtEnd = isEmpty(span) && span[0] === quotation[1] && !isEmpty(quotation);
  return !isAtEnd || !quotationsOf(edit).some((other) => other !== quotation && other[0] === span[0]);
}

const isQuoted = (edit: Edit, span: Span): boolean =>
  quotationsOf(edit).some((quotation) => isQuotedBy(edit, quotation, span));

/** Whether the spans have no character in common, and neither is a point inside the other. */
function isApart(a: Span, b: Span): boolean {
  return a[1] <= b[0] || b[1] <= a[0];
}

/** An edit with those that are made together with it. */
interface Asked {
  readonly edit: Edit;
  readonly owners: Iterable<Composable>;
}

/** The quotations by which those who ask for `asked` show, elsewhere, code that it takes away. */
function* movedBy({ edit, owners }: Asked): Generator<readonly [mate: Edit, quotation: Span]> {
  for (const owner of owners)
    for (const mate of owner.edits) {
      if (mate === edit || mate.file !== edit.file) continue;
      for (const quotation of quotationsOf(mate)) {
        // What it shows itself is not taken away.
        if (isApart(quotation, edit.span) || quotationsOf(edit).some((own) => isWithin(quotation, own)))
          continue;
        if (isSame(quotation, edit.span) || !isWithin(edit.span, quotation)) yield [mate, quotation];
      }
    }
}

const isMoved = (asked: Asked): boolean => movedBy(asked).next().done !== true;

/** Whether both say the same, so that applying one is applying both. Two that move the same code would show it twice. */
function isSameEdit(a: Asked, b: Asked): boolean {
  const [one, other] = [a.edit, b.edit];
  if (one.once !== undefined && one.once === other.once) return true;
  if (isEmpty(one.span) || !isSame(one.span, other.span)) return false;
  return JSON.stringify(one.code) === JSON.stringify(other.code) && !isMoved(a) && !isMoved(b);
}

const hasSameOwner = (a: Asked, b: Asked): boolean => {
  const owners = new Set(a.owners);
  return [...b.owners].some((owner) => owners.has(owner));
};

/** Whether `asked` takes away just what `holder` quotes for the same proposal: what is moved is not missing in the quotation. */
const isMovedInto = (holder: Asked, asked: Asked): boolean =>
  !isEmpty(asked.edit.span) &&
  quotationsOf(holder.edit).some((quotation) => isSame(quotation, asked.edit.span)) &&
  hasSameOwner(asked, holder);

/** Whether `inner` is in code that `outer` takes away and that is shown elsewhere: it moves along. */
function movesAlong(inner: Asked, outer: Asked): boolean {
  const { span } = inner.edit;
  if (!isWithin(span, outer.edit.span)) return false;
  const isOwn = !isEmpty(span) && hasSameOwner(inner, outer);
  for (const [mate, quotation] of movedBy(outer)) {
    // What a proposal takes away itself is not taken away where it shows it.
    if (mate === inner.edit || (isOwn && isSame(quotation, span))) continue;
    if (isQuotedBy(mate, quotation, span)) return true;
  }
  return false;
}

/** Whether nobody can tell if `point`, an insertion at the edge of code that is moved by `outer`, moves along. */
function isTorn(point: Edit, outer: Asked): boolean {
  const { span } = outer.edit;
  const at = point.span[0];
  if (!isEmpty(point.span) || isEmpty(span) || (at !== span[0] && at !== span[1])) return false;
  if (isApartFromCode(point) || isQuoted(outer.edit, point.span)) return false;
  const edge = at === span[0] ? 0 : 1;
  for (const [mate, quotation] of movedBy(outer))
    if (mate !== point && !isEmpty(quotation) && quotation[edge] === at) return true;
  return false;
}

/** Whether `asked` is seen where `holder` quotes its place, apart from what is moved there. */
const isSeenIn = (asked: Asked, holder: Asked): boolean =>
  quotationsOf(holder.edit).some(
    (quotation) =>
      isQuotedBy(holder.edit, quotation, asked.edit.span) &&
      (!isApartFromCode(asked.edit) || isInside(asked.edit.span[0], quotation)),
  ) && !isMovedInto(holder, asked);

/** Whether a quotation of `holder` has the place of `asked`, for which it can be replaced around it. */
const isHeldBy = (asked: Asked, holder: Asked): boolean =>
  isQuoted(holder.edit, asked.edit.span) && !isMovedInto(holder, asked);

/** Whether the two can both be applied: apart from each other, one inside what the other quotes, or one in what the other moves. */
function isCompatible(a: Asked, b: Asked): boolean {
  if (isSameEdit(a, b)) return true;
  // Each would stand in the other one, without end.
  if (isSeenIn(a, b) && isSeenIn(b, a)) return false;
  if (isApart(a.edit.span, b.edit.span)) return !isTorn(a.edit, b) && !isTorn(b.edit, a);
  if (isHeldBy(a, b) || isHeldBy(b, a)) return true;
  return movesAlong(a, b) !== movesAlong(b, a);
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

/** Whether `entry` has its place in `other`, both of one stretch: inside it, or at its edge and part of what it quotes there. */
function isTakenBy(entry: Entry, other: Entry): boolean {
  const { span } = entry.edit;
  const outer = other.edit.span;
  if (entry === other || isEmpty(outer) || !isWithin(span, outer)) return false;
  if (isEmpty(span))
    return isInside(span[0], outer) || (!isApartFromCode(entry.edit) && isQuoted(other.edit, span));
  if (!isSame(span, outer)) return true;
  if (movesAlong(other, entry)) return false;
  return movesAlong(entry, other) || isQuoted(other.edit, span);
}

/** The entry of `all` in which `entry` has its place. Between two that adjoin it is the second, as between two quotations. */
const takerOf = (entry: Entry, all: readonly Entry[]): Entry | undefined =>
  all.findLast((other) => isTakenBy(entry, other) && !all.some((wider) => isTakenBy(other, wider)));

interface Rendered {
  readonly text: string;
  readonly shown: ReadonlySet<Entry>;
  readonly replaced: readonly Replaced[];
}

/** The text of a file with `entries` applied, in their order, which of them are shown in it, and what they replaced. */
function render(baseline: string, entries: readonly Entry[]): Rendered {
  const shown = new Set<Entry>();
  const replaced: Replaced[] = [];

  /** What is shown in `quotation` of the last of `holders`, which stands among `beside`. */
  const entriesIn = (
    quotation: Span,
    holders: readonly Entry[],
    holder: Entry,
    beside: readonly Entry[],
  ): readonly Entry[] =>
    entries.filter((entry) => {
      const { span } = entry.edit;
      if (holders.includes(entry) || !isQuotedBy(holder.edit, quotation, span)) return false;
      if (holders.some((one) => isMovedInto(one, entry))) return false;
      if (!isEmpty(span) || isInside(span[0], quotation)) return true;
      // At the edge of the quotation: also in the stretch that is replaced, or only in another one.
      const isOwn = !isEmpty(holder.edit.span) && isWithin(span, holder.edit.span);
      if (isOwn) return beside.includes(entry) && takerOf(entry, beside) === holder;
      return (
        !isApartFromCode(entry.edit) ||
        entries.some((other) => isInside(span[0], other.edit.span) && !isQuoted(other.edit, span))
      );
    });

  const renderRange = (range: Span, inRange: readonly Entry[], around: readonly Entry[]): string => {
    let text = '';
    let at = range[0];
    for (const entry of inRange) {
      const { span, code } = entry.edit;
      if (takerOf(entry, inRange) !== undefined) continue;
      // None that fits: it is not shown, and so waits.
      if (span[0] < at) continue;
      text += baseline.slice(at, span[0]);
      const newStart = text.length;
      shown.add(entry);
      const holders = [...around, entry];
      for (const part of code)
        text +=
          typeof part === 'string'
            ? part
            : renderRange(part, entriesIn(part, holders, entry, inRange), holders);
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
    const asked: Asked = { edit, owners: [proposal] };
    return this.entries.every((entry) => isCompatible(asked, entry));
  }

  add(edit: Edit, proposal: Composable, index: number): void {
    const asked: Asked = { edit, owners: [proposal] };
    const same = this.entries.find((entry) => isSameEdit(entry, asked));
    if (same !== undefined) same.owners.add(proposal);
    else
      this.entries.push({
        edit,
        owners: new Set([proposal]),
        rank: [sideOf(edit), edit.once ?? '', proposal.start, proposal.id, index],
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

/** Whether the edits of `proposal` can be applied together. */
function isConsistent(proposal: Composable): boolean {
  const asked = proposal.edits.map((edit): Asked => ({ edit, owners: [proposal] }));
  return asked.every((one, index) =>
    asked.slice(index + 1).every((other) => one.edit.file !== other.edit.file || isCompatible(one, other)),
  );
}

/**
 * Merges proposals as git merges branches with one parent: each applies whole or not at all, also across files;
 * of two that overlap the later in `proposals` is deferred. The texts do not depend on the order of proposals that
 * do not overlap. `baselineOf` gives the text of a file, the empty one for a file that does not exist.
 *
 * - Two edits of one file overlap where they touch the same character, or one inserts inside what the other replaces: unless
 *   just one of them lies in a quotation of the other, or in code that the other takes away and its proposal quotes elsewhere.
 * - What is inserted at the edge of a stretch that is replaced and quoted belongs inside the quotation; whole lines and items of
 *   a list, which are no part of the code beside them, stay outside. At the edge of moved code nobody can tell: that waits.
 * - Code that is quoted elsewhere and not taken away is copied, with what others edit in it.
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
    const fits =
      isConsistent(proposal) &&
      proposal.edits.every(
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
