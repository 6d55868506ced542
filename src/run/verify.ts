import { existsSync } from 'node:fs';
import type { Edit, Span } from '../edits/edit.ts';
import { commentsOf, literalsOf, type Comment } from '../syntax/comments.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import { whyImportsBroken } from './verify-imports.ts';

const isWithin = (inner: Span, outer: Span): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];

/**
 * The edit that replaces the code that `piece` lies in and does not quote it. What another edit quotes is moved, and not replaced, unless the
 * replaced code is only a part of the quotation.
 */
function isReplaced(piece: Comment, edits: readonly Edit[]): Edit | undefined {
  const quotations = edits.flatMap(({ code }) =>
    code.filter((part): part is Span => typeof part !== 'string' && isWithin(piece.span, part)),
  );
  return edits.find(({ span }) => {
    if (!isWithin(piece.span, span)) return false;
    return quotations.every((quoted) => isWithin(span, quoted) && !isWithin(quoted, span));
  });
}

/** How often each text occurs. */
function countsOf(pieces: readonly Comment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of pieces) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The first of `required` that `found` has too few of. */
function firstMissing(required: readonly Comment[], found: readonly Comment[]): Comment | undefined {
  const counts = countsOf(found);
  return required.find(({ text }) => {
    const left = (counts.get(text) ?? 0) - 1;
    counts.set(text, left);
    return left < 0;
  });
}

/** How many names the parser saw declared again. Some are right: TypeScript merges declarations. */
const redeclarationsIn = ({ tree }: ParsedFile): number =>
  ((tree as { errors?: readonly { reasonCode?: string }[] }).errors ?? []).filter(
    ({ reasonCode }) => reasonCode === 'VarRedeclaration',
  ).length;

/** A comment as it reads wherever it stands: the indentation of its further lines follows the code around it. */
const asMoved = (comment: Comment): Comment => ({
  ...comment,
  text: comment.text.replace(/\r?\n[ \t]*/g, '\n').trimEnd(),
});

/** Edits that several proposals share are one. */
const eachOnce = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [edit.once ?? edit, edit])).values(),
];

/** A comment as edits that lie in it make it: a type that is told in it. */
function asEdited(comment: Comment, edits: readonly Edit[]): Comment {
  const [start, end] = comment.span;
  const inside = eachOnce(edits)
    .filter(({ span }) => start < span[0] && (span[1] < end || (span[1] === end && span[0] < end)))
    .toSorted((a, b) => b.span[0] - a.span[0]);
  let { text } = comment;
  for (const { span, code } of inside) {
    const made = code.map((part) =>
      typeof part === 'string' ? part : comment.text.slice(part[0] - start, part[1] - start),
    );
    text = text.slice(0, span[0] - start) + made.join('') + text.slice(span[1] - start);
  }
  return { ...comment, text };
}

const isSame = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];

/** A literal without regard to how its white space is written. */
const withoutSpacing = ({ text }: Comment): string => text.replace(/\s+/g, ' ');

/**
 * A literal in code that was replaced, which the new code has with other white space only: whoever printed it anew did not mean that. One
 * that an edit replaces alone is meant.
 */
function firstReprinted(
  literals: readonly Comment[],
  found: readonly Comment[],
  edits: readonly Edit[],
): Comment | undefined {
  const before = countsOf(literals);
  const after = countsOf(found);
  const isMore = ({ text }: Comment): boolean => (after.get(text) ?? 0) > (before.get(text) ?? 0);
  const made = new Set(found.filter(isMore).map(withoutSpacing));
  return literals.find((one) => {
    if (!/\S/.test(one.text) || !made.has(withoutSpacing(one))) return false;
    const edit = isReplaced(one, edits);
    return (
      edit !== undefined &&
      !isSame(edit.span, one.span) &&
      (after.get(one.text) ?? 0) < (before.get(one.text) ?? 0)
    );
  });
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

/**
 * What is wrong with `after`, the text of `before` with `edits` applied; undefined where nothing is. The result must
 * parse and declare no name again; every comment must still be there, but those of code that was taken away whole; every string, template and
 * regular expression that the edits did not replace must still be there, byte for byte, and none that they did with other white space; what it imports anew must be there, and what is
 * used still imported. `isThere` tells whether a file exists.
 */
export function whyBroken(
  before: ParsedFile,
  after: string,
  edits: readonly Edit[],
  isThere: (path: string) => boolean = existsSync,
): string | undefined {
  let result: ParsedFile;
  try {
    result = parseFile(before.path, after);
  } catch (error) {
    const { message, line } = error as { message: string; line?: number };
    return `the result does not parse: ${message}${line === undefined ? '' : ` (line ${line} of the result)`}`;
  }
  if (redeclarationsIn(result) > redeclarationsIn(before)) return 'a name would be declared twice';
  const comments = commentsOf(before).filter((comment) => {
    const edit = isReplaced(comment, edits);
    return edit === undefined || edit.code.length > 0;
  });
  const edited = comments.map((comment) => asEdited(comment, edits));
  const comment = firstMissing(edited.map(asMoved), commentsOf(result).map(asMoved));
  if (comment !== undefined) {
    return `the comment in line ${lineOf(before.text, comment.span[0])} would be lost: ${shortened(comment.text)}`;
  }
  const all = literalsOf(before);
  const found = literalsOf(result);
  const literals = all.filter((literal) => isReplaced(literal, edits) === undefined);
  const literal = firstMissing(literals, found) ?? firstReprinted(all, found, edits);
  if (literal !== undefined) {
    return `the literal in line ${lineOf(before.text, literal.span[0])} would change: ${shortened(literal.text)}`;
  }
  return whyImportsBroken(before, result, isThere);
}
