import { diffArrays, diffLines } from 'diff';
import type { Span } from '../edits/edit.ts';
import { meaningOf, tokensOf, type Token } from '../syntax/tokens.ts';

/** A stretch of the baseline and the text that takes its place. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** Neighbouring tokens that another text has in place of the baseline's, between tokens that both have. */
export interface Hunk {
  readonly removed: readonly Token[];
  readonly added: readonly Token[];
  /** The index of the first removed (or of the following) token among the baseline's tokens, and likewise of the added. */
  readonly at: number;
  readonly addedAt: number;
}

/** How a text differs from its baseline. */
export interface Reduced {
  readonly replacements: readonly Replacement[];
  readonly hunks: readonly Hunk[];
  /** The baseline's tokens, and which of them the other text has too. */
  readonly tokens: readonly Token[];
  readonly kept: ReadonlySet<Token>;
  /** The tokens of the other text. */
  readonly newTokens: readonly Token[];
}

const PUNCTUATION = /^[;,()]$/;

const isSign = (token: Token | undefined): boolean => token !== undefined && PUNCTUATION.test(token.key);

/** Parts a hunk from the punctuation at its edges, which a printer may have put there beside what was meant. */
function peel({ removed, added, at, addedAt }: Hunk): Hunk[] {
  if (removed.length === 0 || added.length === 0) return [{ removed, added, at, addedAt }];
  const part = (from: number, to: number, addedFrom: number, addedTo: number): Hunk => ({
    removed: removed.slice(from, to),
    added: added.slice(addedFrom, addedTo),
    at: at + from,
    addedAt: addedAt + addedFrom,
  });
  const head: Hunk[] = [];
  const tail: Hunk[] = [];
  let [from, to, addedFrom, addedTo] = [0, removed.length, 0, added.length];
  for (; addedTo - addedFrom > 1 && isSign(added[addedFrom]); addedFrom++) {
    head.push(part(from, from, addedFrom, addedFrom + 1));
  }
  for (; to - from > 1 && isSign(removed[from]); from++)
    head.push(part(from, from + 1, addedFrom, addedFrom));
  for (; addedTo - addedFrom > 1 && isSign(added[addedTo - 1]); addedTo--) {
    tail.unshift(part(to, to, addedTo - 1, addedTo));
  }
  for (; to - from > 1 && isSign(removed[to - 1]); to--) tail.unshift(part(to - 1, to, addedTo, addedTo));
  return [...head, part(from, to, addedFrom, addedTo), ...tail];
}

/** An edit script longer than this is a rewritten file: its lines are compared instead. */
const MOST_CHANGED_TOKENS = 20_000;

function hunksOf(
  before: readonly Token[],
  after: readonly Token[],
): { hunks: Hunk[]; kept: Set<Token> } | undefined {
  const changes = diffArrays(
    before.map((token) => token.key),
    after.map((token) => token.key),
    { maxEditLength: MOST_CHANGED_TOKENS },
  );
  if (changes === undefined) return undefined;
  const hunks: Hunk[] = [];
  const kept = new Set<Token>();
  let [i, k] = [0, 0];
  let open: { removed: Token[]; added: Token[]; at: number; addedAt: number } | undefined;
  for (const { value, added, removed } of changes) {
    if (!added && !removed) {
      for (const token of before.slice(i, i + value.length)) kept.add(token);
      i += value.length;
      k += value.length;
      open = undefined;
      continue;
    }
    if (open === undefined) hunks.push((open = { removed: [], added: [], at: i, addedAt: k }));
    if (removed) {
      open.removed.push(...before.slice(i, i + value.length));
      i += value.length;
    } else {
      open.added.push(...after.slice(k, k + value.length));
      k += value.length;
    }
  }
  return { hunks: hunks.flatMap(peel), kept };
}

const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The whitespace before `offset` on its line where nothing else stands before it. */
function indentAt(text: string, offset: number): string | undefined {
  const before = text.slice(lineStartOf(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** The indentation of the baseline for each indentation of the printed text, learned from the lines that both have. */
function indentsOf(
  baseline: string,
  printed: string,
  { tokens, kept, newTokens, hunks }: Pick<Reduced, 'tokens' | 'kept' | 'newTokens' | 'hunks'>,
): (indent: string) => string {
  const counts = new Map<string, Map<string, number>>();
  const addedTokens = new Set(hunks.flatMap((hunk) => hunk.added));
  const keptAfter = newTokens.filter((token) => !addedTokens.has(token));
  for (const [index, token] of tokens.filter((one) => kept.has(one)).entries()) {
    const other = keptAfter[index];
    const own = indentAt(baseline, token.start);
    const theirs = other === undefined ? undefined : indentAt(printed, other.start);
    if (own === undefined || theirs === undefined) continue;
    const seen = counts.get(theirs) ?? new Map<string, number>();
    counts.set(theirs, seen.set(own, (seen.get(own) ?? 0) + 1));
  }
  const learned = new Map(
    [...counts].map(([theirs, seen]) => [theirs, [...seen].sort((a, b) => b[1] - a[1])[0]?.[0] ?? theirs]),
  );
  return (indent) => {
    const known = learned.get(indent);
    if (known !== undefined) return known;
    // A level that the baseline does not have: one step deeper than the deepest that it has above this one.
    const above = [...learned]
      .filter(([theirs]) => indent.startsWith(theirs))
      .sort((a, b) => b[0].length - a[0].length)[0];
    if (above === undefined) return indent;
    const usesTabs = [...learned.values()].some((own) => own.includes('\t'));
    const rest = indent.slice(above[0].length);
    return above[1] + (usesTabs ? '\t'.repeat(Math.max(1, Math.round(rest.length / 4))) : rest);
  };
}

const hasBreak = (gap: string): boolean => gap.includes('\n');
const isWord = ({ kind, key }: Token): boolean => kind === 'code' && /^[\w$]/.test(key);

/** Prints hunks into the baseline: the tokens as printed, the whitespace as the baseline has it wherever it has some. */
class Printer {
  readonly baseline: string;
  readonly printed: string;
  readonly difference: Pick<Reduced, 'tokens' | 'kept' | 'newTokens' | 'hunks'>;
  readonly indent: (indent: string) => string;
  readonly eol: string;
  /** The quote of most strings of the baseline. */
  readonly quote: string;

  constructor(baseline: string, printed: string, difference: Printer['difference']) {
    this.baseline = baseline;
    this.printed = printed;
    this.difference = difference;
    this.indent = indentsOf(baseline, printed, difference);
    this.eol = /\r\n/.test(baseline) ? '\r\n' : '\n';
    const strings = difference.tokens.filter((token) => token.kind === 'string');
    const double = strings.filter((token) => baseline.charAt(token.start) === '"').length;
    this.quote = double * 2 > strings.length ? '"' : "'";
  }

  /** Whitespace of the printed text, as the baseline would have it. */
  gap(text: string): string {
    return text
      .replace(/\r\n?/g, '\n')
      .replace(/\n([ \t]*)$/, (_, indent: string) => `\n${this.indent(indent)}`)
      .replace(/\n/g, this.eol);
  }

  /** The added tokens with the whitespace between them. */
  body(added: readonly Token[], removed: readonly Token[] = []): string {
    const quoted = removed.find((token) => token.kind === 'string');
    const quote = quoted === undefined ? this.quote : this.baseline.charAt(quoted.start);
    return added
      .map((token, index) => {
        const before = added[index - 1];
        const gap = before === undefined ? '' : this.gap(this.printed.slice(before.end, token.start));
        return gap + this.tokenText(token, quote);
      })
      .join('');
  }

  tokenText(token: Token, quote: string): string {
    const text = this.printed.slice(token.start, token.end).replace(/\r?\n/g, this.eol);
    const canBeRequoted = token.kind === 'string' && !/['"\\]/.test(text.slice(1, -1));
    return canBeRequoted ? quote + text.slice(1, -1) + quote : text;
  }

  replacementOf({ removed, added, at, addedAt }: Hunk): Replacement {
    const { tokens, newTokens } = this.difference;
    const { baseline, printed } = this;
    const previousEnd = tokens[at - 1]?.end ?? 0;
    const nextStart = tokens[at + removed.length]?.start ?? baseline.length;
    const first = removed[0];
    const last = removed.at(-1);
    const firstAdded = added[0];
    const lastAdded = added.at(-1);
    const before = printed.slice(
      newTokens[addedAt - 1]?.end ?? 0,
      firstAdded?.start ?? newTokens[addedAt]?.start,
    );
    const after = printed.slice(
      lastAdded?.end ?? 0,
      newTokens[addedAt + added.length]?.start ?? printed.length,
    );

    if (first !== undefined && last !== undefined && firstAdded !== undefined && lastAdded !== undefined) {
      const head = this.border([previousEnd, first.start], before, first, firstAdded, tokens[at - 1]);
      const tail = this.border([last.end, nextStart], after, last, lastAdded, tokens[at + removed.length]);
      return {
        span: [head === undefined ? first.start : previousEnd, tail === undefined ? last.end : nextStart],
        text: (head ?? '') + this.body(added, removed) + (tail ?? ''),
      };
    }
    if (first !== undefined && last !== undefined)
      return this.removal(first, last, previousEnd, nextStart, before);

    const body = this.body(added);
    const between = baseline.slice(previousEnd, nextStart);
    if (hasBreak(before) && hasBreak(after)) {
      if (!hasBreak(between)) {
        return { span: [previousEnd, nextStart], text: this.gap(before) + body + this.gap(after) };
      }
      return { span: [previousEnd, previousEnd], text: this.gap(before) + body };
    }
    if (previousEnd === 0 || (hasBreak(before) && !hasBreak(after))) {
      return { span: [nextStart, nextStart], text: body + this.gap(after) };
    }
    if (hasBreak(after) || before === '') {
      const tail = between === '' ? this.gap(after) : '';
      return { span: [previousEnd, previousEnd], text: this.gap(before) + body + tail };
    }
    return { span: [nextStart, nextStart], text: (between === '' ? before : '') + body + this.gap(after) };
  }

  /**
   * The whitespace that takes the place of `gap` between a replaced token and its neighbour; undefined where it stays. It
   * stays but where a word replaces a sign or a sign a word: these stand apart from their neighbours in other ways.
   */
  border(gap: Span, printedGap: string, removed: Token, added: Token, neighbour?: Token): string | undefined {
    if (neighbour === undefined || !this.difference.kept.has(neighbour)) return undefined;
    if (isWord(removed) === isWord(added) || hasBreak(this.baseline.slice(...gap)) || hasBreak(printedGap)) {
      return undefined;
    }
    return printedGap;
  }

  removal(
    first: Token,
    last: Token,
    previousEnd: number,
    nextStart: number,
    printedGap: string,
  ): Replacement {
    const { baseline } = this;
    const gapBefore = baseline.slice(previousEnd, first.start);
    const gapAfter = baseline.slice(last.end, nextStart);
    const startsLine = hasBreak(gapBefore) || previousEnd === 0;
    if (!hasBreak(printedGap) && !startsLine) return { span: [previousEnd, nextStart], text: printedGap };
    if (startsLine && hasBreak(gapAfter)) {
      const lineEnd = last.end + gapAfter.indexOf('\n') + 1;
      return { span: [lineStartOf(baseline, first.start), lineEnd], text: '' };
    }
    return startsLine
      ? { span: [first.start, nextStart], text: '' }
      : { span: [previousEnd, last.end], text: '' };
  }
}

/** `baseline` with `replacements`, which are in text order and apart from each other. */
export function replaceAll(baseline: string, replacements: readonly Replacement[]): string {
  let text = '';
  let at = 0;
  for (const { span, text: by } of replacements) {
    text += baseline.slice(at, span[0]) + by;
    at = span[1];
  }
  return text + baseline.slice(at);
}

/** Compares lines, for a text that cannot be taken apart into tokens of the baseline. Line endings stay the baseline's. */
function replaceLines(baseline: string, printed: string): readonly Replacement[] {
  const eol = /\r\n/.test(baseline) ? '\r\n' : '\n';
  const wanted = printed.replace(/\r?\n/g, eol);
  const replacements: Replacement[] = [];
  let at = 0;
  for (const { value, added, removed } of diffLines(baseline, wanted)) {
    if (removed) {
      replacements.push({ span: [at, at + value.length], text: '' });
      at += value.length;
    } else if (added) {
      const last = replacements.at(-1);
      if (last !== undefined && last.span[1] === at && last.text === '') {
        replacements[replacements.length - 1] = { span: last.span, text: value };
      } else replacements.push({ span: [at, at], text: value });
    } else at += value.length;
  }
  return replacements;
}

const isPunctuation = ({ removed, added }: Hunk): boolean =>
  [...removed, ...added].every((token) => PUNCTUATION.test(token.key));

const meaningOrNothing = (path: string, text: string): string | undefined => {
  try {
    return meaningOf(path, text);
  } catch {
    return undefined;
  }
};

const commentsOf = (tokens: readonly Token[]): string =>
  tokens.flatMap((token) => (token.kind === 'comment' ? [token.key] : [])).join('\0');

/**
 * The fewest edits that give `baseline` the meaning and the comments of `printed`. Dropped are differences of
 * whitespace, line endings and quotes, and semicolons, commas and parentheses that mean nothing: what a printer changes
 * on lines that nobody meant. A text that only differs in these gives no edit.
 * @throws {ParseError} when one of the texts does not parse.
 */
export function reduce(path: string, baseline: string, printed: string): Reduced {
  const tokens = tokensOf(path, baseline);
  const newTokens = tokensOf(path, printed);
  const difference = hunksOf(tokens, newTokens);
  const byLines = (): Reduced => ({
    replacements: replaceLines(baseline, printed),
    hunks: difference?.hunks ?? [{ removed: tokens, added: newTokens, at: 0, addedAt: 0 }],
    tokens,
    kept: difference?.kept ?? new Set(),
    newTokens,
  });
  if (difference === undefined) return byLines();

  const wanted = meaningOf(path, printed);
  const printer = new Printer(baseline, printed, { tokens, newTokens, ...difference });
  const dropped = new Set<Hunk>();
  const replacementsWithout = (without: ReadonlySet<Hunk>): Replacement[] =>
    difference.hunks.filter((hunk) => !without.has(hunk)).map((hunk) => printer.replacementOf(hunk));
  const drop = (hunks: readonly Hunk[]): void => {
    if (hunks.length === 0) return;
    const without = new Set([...dropped, ...hunks]);
    if (meaningOrNothing(path, replaceAll(baseline, replacementsWithout(without))) === wanted) {
      for (const hunk of hunks) dropped.add(hunk);
    } else if (hunks.length > 1) {
      const middle = hunks.length >> 1;
      drop(hunks.slice(0, middle));
      drop(hunks.slice(middle));
    }
  };
  drop(difference.hunks.filter(isPunctuation));

  const replacements = replacementsWithout(dropped);
  const result = replaceAll(baseline, replacements);
  const isFaithful =
    meaningOrNothing(path, result) === wanted && commentsOf(tokensOf(path, result)) === commentsOf(newTokens);
  if (!isFaithful) return byLines();
  const hunks = difference.hunks.filter((hunk) => !dropped.has(hunk));
  return { replacements, hunks, tokens, kept: difference.kept, newTokens };
}
