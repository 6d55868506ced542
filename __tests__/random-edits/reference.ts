/**
 * What `compose` has to give, said once more and as naively as possible: all that an edit touches is a set of places. A text of n characters
 * has 2n + 1 of them, its gaps (even) and its characters (odd).
 */
import type { Span } from '../../src/edits/edit.ts';
import { SIDES, type EditSet, type MarkedEdit, type MarkedProposal } from './generator.ts';

/** An edit as often as it is applied, which is once for all that ask for it. */
interface Applied {
  readonly edit: MarkedEdit;
  readonly askedBy: MarkedProposal[];
  readonly order: readonly (string | number)[];
}

/** What accepted proposals make. */
export interface Expected {
  /** Of the files that they edit. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether each of their edits is seen in one. */
  readonly isWhole: boolean;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
const isInsertion = ({ span }: MarkedEdit): boolean => span[0] === span[1];
const quotesOf = ({ code }: MarkedEdit): readonly Span[] => code.filter((part) => typeof part !== 'string');
const isEqual = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];

/** What an edit changes: the gap of an insertion, else the characters and the gaps between them. */
const changedBy = ({ span: [start, end] }: MarkedEdit): number[] =>
  start === end ? [2 * start] : range(2 * start + 1, 2 * end - 1);

/** What a quotation shows, with the gaps at its ends; where another one of the edit begins at its end, that shows the gap. */
function shownBy(quote: Span, edit: MarkedEdit): ReadonlySet<number> {
  const shown = new Set(range(2 * quote[0], 2 * quote[1]));
  const hasNext = quotesOf(edit).some((other) => other !== quote && other[0] === quote[1]);
  if (hasNext && quote[0] < quote[1]) shown.delete(2 * quote[1]);
  return shown;
}

const isShownBy = (inner: MarkedEdit, quote: Span, outer: MarkedEdit): boolean => {
  const shown = shownBy(quote, outer);
  return changedBy(inner).every((place) => shown.has(place)) && isWithin(inner.span, quote);
};
const isWithin = (inner: Span, outer: Span): boolean => inner[0] >= outer[0] && inner[1] <= outer[1];
const isQuotedIn = (inner: MarkedEdit, outer: MarkedEdit): boolean =>
  quotesOf(outer).some((quote) => isShownBy(inner, quote, outer));

/** The quotations in which those who ask for `edit` show what it takes from its place. */
const movedTo = (
  edit: MarkedEdit,
  askedBy: readonly MarkedProposal[],
): { readonly by: MarkedEdit; readonly quote: Span }[] =>
  askedBy
    .flatMap(({ edits }) => edits)
    .filter((other) => other !== edit && other.file === edit.file)
    .flatMap((by) => quotesOf(by).map((quote) => ({ by, quote })))
    .filter(({ quote }) => quote[0] < edit.span[1] && edit.span[0] < quote[1])
    .filter(({ quote }) => !quotesOf(edit).some((own) => isWithin(quote, own)))
    .filter(({ quote }) => isEqual(quote, edit.span) || !isWithin(edit.span, quote));

/** Whether both are one edit. What is moved is moved once. */
const isSame = (a: Asked, b: Asked): boolean =>
  a.edit.file === b.edit.file &&
  ((a.edit.once !== undefined && a.edit.once === b.edit.once) ||
    (!isInsertion(a.edit) &&
      isEqual(a.edit.span, b.edit.span) &&
      JSON.stringify(a.edit.code) === JSON.stringify(b.edit.code) &&
      [a, b].every(({ edit, askedBy }) => movedTo(edit, askedBy).length === 0)));

type Asked = Pick<Applied, 'edit' | 'askedBy'>;

const shareAsker = (a: Asked, b: Asked): boolean => a.askedBy.some((asker) => b.askedBy.includes(asker));

/** Whether `inner` is done where the code goes that is moved; not what takes it away. */
const movesWith = (inner: Asked, outer: Asked): boolean =>
  isWithin(inner.edit.span, outer.edit.span) &&
  movedTo(outer.edit, outer.askedBy).some(
    ({ by, quote }) =>
      by !== inner.edit &&
      isShownBy(inner.edit, quote, by) &&
      (isInsertion(inner.edit) || !isEqual(quote, inner.edit.span) || !shareAsker(inner, outer)),
  );

/** Whether `inner` is part of code at an edge of what is moved, so that it may be meant for what stays. */
function isAtMovedEdge(inner: MarkedEdit, { edit, askedBy }: Asked): boolean {
  if (!isInsertion(inner) || inner.side !== 'part' || isInsertion(edit) || isQuotedIn(inner, edit))
    return false;
  const [at] = inner.span;
  const [start, end] = edit.span;
  return movedTo(edit, askedBy).some(
    ({ by, quote }) =>
      by !== inner &&
      quote[0] < quote[1] &&
      ((at === start && at === quote[0]) || (at === end && at === quote[1])),
  );
}

/** Whether what `holder` quotes is just what `one` takes away for the same proposal. */
const isTakenAlong = (one: Asked, holder: Asked): boolean =>
  !isInsertion(one.edit) &&
  quotesOf(holder.edit).some((quote) => isEqual(quote, one.edit.span)) &&
  shareAsker(one, holder);

/** Whether `one` would be written where `holder` quotes its place. */
function stoodIn(one: Asked, holder: Asked): boolean {
  const [at] = one.edit.span;
  return (
    !isTakenAlong(one, holder) &&
    quotesOf(holder.edit)
      .filter((quote) => isShownBy(one.edit, quote, holder.edit))
      .some(([start, end]) => !isInsertion(one.edit) || one.edit.side === 'part' || (start < at && at < end))
  );
}

/** Whether both can be applied. */
function canBeBoth(a: Asked, b: Asked): boolean {
  if (a.edit.file !== b.edit.file || isSame(a, b)) return true;
  if (stoodIn(a, b) && stoodIn(b, a)) return false;
  const places = new Set(changedBy(a.edit));
  const isApart =
    (isInsertion(a.edit) && isInsertion(b.edit)) || !changedBy(b.edit).some((place) => places.has(place));
  if (isApart) return !isAtMovedEdge(a.edit, b) && !isAtMovedEdge(b.edit, a);
  const isInB = isQuotedIn(a.edit, b.edit) && !isTakenAlong(a, b);
  const isInA = isQuotedIn(b.edit, a.edit) && !isTakenAlong(b, a);
  return isInA !== isInB || movesWith(a, b) !== movesWith(b, a);
}

/** Writes one file. */
class Page {
  private readonly text: string;
  private readonly all: readonly Applied[];
  readonly written = new Set<Applied>();

  constructor(text: string, all: readonly Applied[]) {
    this.text = text;
    this.all = all;
  }

  write(): string {
    return this.stretch([0, this.text.length], this.all, []);
  }

  /** The edit of `here` that another one of them has its place in; of two that adjoin the second. */
  private homeOf(one: Applied, here: readonly Applied[]): Applied | undefined {
    const homes = here.filter((other) => other !== one && this.isHome(one, other));
    const outermost = homes.filter(
      (home) => !here.some((other) => other !== home && this.isHome(home, other)),
    );
    return outermost.toSorted((a, b) => b.edit.span[0] - a.edit.span[0])[0];
  }

  private isHome(one: Applied, other: Applied): boolean {
    const [start, end] = other.edit.span;
    if (start === end || !isWithin(one.edit.span, other.edit.span)) return false;
    if (isInsertion(one.edit)) {
      const [at] = one.edit.span;
      if (start < at && at < end) return true;
      return one.edit.side === 'part' && isQuotedIn(one.edit, other.edit);
    }
    if (!isEqual(one.edit.span, other.edit.span)) return true;
    // What is moved leaves its place; what is done to it is done where it goes.
    if (movesWith(other, one)) return false;
    return movesWith(one, other) || isQuotedIn(one.edit, other.edit);
  }

  /** Whether `one` is seen in `quote` of the last of `holders`, which stands among `here`. */
  private isSeenIn(
    quote: Span,
    one: Applied,
    holders: readonly Applied[],
    here: readonly Applied[],
  ): boolean {
    const holder = holders.at(-1);
    if (holder === undefined || holders.includes(one) || !isShownBy(one.edit, quote, holder.edit))
      return false;
    if (holders.some((each) => isTakenAlong(one, each))) return false;
    if (!isInsertion(one.edit)) return true;
    const [at] = one.edit.span;
    if (quote[0] < at && at < quote[1]) return true;
    if (!isInsertion(holder.edit) && isWithin(one.edit.span, holder.edit.span))
      return here.includes(one) && this.homeOf(one, here) === holder;
    const isCovered = this.all.some(
      ({ edit }) => edit.span[0] < at && at < edit.span[1] && !isQuotedIn(one.edit, edit),
    );
    return one.edit.side === 'part' || isCovered;
  }

  private stretch(span: Span, here: readonly Applied[], holders: readonly Applied[]): string {
    const standing = here.filter((one) => this.homeOf(one, here) === undefined);
    let written = '';
    for (let place = 2 * span[0]; place <= 2 * span[1]; place++) {
      if (place % 2 === 0) {
        const inserted = standing.filter(({ edit }) => isInsertion(edit) && 2 * edit.span[0] === place);
        for (const one of inserted.toSorted(inOrder)) written += this.codeOf(one, here, holders);
        continue;
      }
      const replacing = standing.find(({ edit }) => !isInsertion(edit) && 2 * edit.span[0] + 1 === place);
      if (replacing === undefined) written += this.text[(place - 1) / 2] ?? '';
      else {
        written += this.codeOf(replacing, here, holders);
        place = 2 * replacing.edit.span[1] - 1;
      }
    }
    return written;
  }

  private codeOf(one: Applied, here: readonly Applied[], holders: readonly Applied[]): string {
    this.written.add(one);
    const chain = [...holders, one];
    return one.edit.code
      .map((part) => {
        if (typeof part === 'string') return part;
        return this.stretch(
          part,
          this.all.filter((other) => this.isSeenIn(part, other, chain, here)),
          chain,
        );
      })
      .join('');
  }
}

function inOrder(a: Applied, b: Applied): number {
  for (const [index, one] of a.order.entries()) {
    const other = b.order[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Those of `accepted` as often as they are applied. */
function appliedOf(accepted: readonly MarkedProposal[]): readonly Applied[] {
  const all: Applied[] = [];
  for (const proposal of accepted) {
    for (const [index, edit] of proposal.edits.entries()) {
      const known = all.find((one) => isSame(one, { edit, askedBy: [proposal] }));
      const order = [SIDES.indexOf(edit.side), edit.once ?? '', proposal.start, proposal.id, index];
      if (known === undefined) all.push({ edit, askedBy: [proposal], order });
      else if (!known.askedBy.includes(proposal)) known.askedBy.push(proposal);
    }
  }
  return all;
}

/** What `accepted` make of `texts`. */
export function expectedOf(texts: EditSet['texts'], accepted: readonly MarkedProposal[]): Expected {
  const all = appliedOf(accepted);
  const made = new Map<string, string>();
  let written = 0;
  for (const file of new Set(all.map(({ edit }) => edit.file))) {
    const page = new Page(
      texts.get(file) ?? '',
      all.filter(({ edit }) => edit.file === file),
    );
    made.set(file, page.write());
    written += page.written.size;
  }
  return { texts: made, isWhole: written === all.length };
}

/** Why `proposal` cannot be applied beside `accepted`; undefined where it can. */
export function whyNot(
  texts: EditSet['texts'],
  proposal: MarkedProposal,
  accepted: readonly MarkedProposal[],
): string | undefined {
  for (const { file, span, code } of proposal.edits) {
    const { length } = texts.get(file) ?? '';
    const spans = [span, ...code.filter((part) => typeof part !== 'string')];
    if (spans.some(([start, end]) => start < 0 || end > length)) return 'it is for another text';
  }
  const asked = appliedOf([proposal]);
  for (const one of asked) {
    const others = [...asked.filter((other) => other !== one), ...appliedOf(accepted)];
    const other = others.find((each) => !canBeBoth(one, each));
    if (other !== undefined) return `${one.edit.mark} and ${other.edit.mark} overlap`;
  }
  return undefined;
}
