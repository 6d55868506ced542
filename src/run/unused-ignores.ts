import type { Edit, Span } from '../edits/edit.ts';
import { assumed, fails, holds, type Evidence } from '../evidence.ts';
import type { ParsedFile } from '../syntax/file.ts';
import { lineEnd, lineStart, nextLine } from '../syntax/lines.ts';
import type { Finding, Proposal } from '../transform.ts';
import {
  ALL,
  type IgnoreComment,
  type IgnoreComments,
  type IgnoredName,
  type Remark,
} from './ignore-comments.ts';
import { asProposal, namerOf } from './inspect.ts';

/** What the removal of an unused comment goes by where findings are told by their transforms. */
export const UNUSED_IGNORE = 'unused-ignore';

/** An ignore comment, and which of its names nothing was found for. */
export interface UnusedIgnore {
  readonly comment: IgnoreComment;
  readonly names: readonly IgnoredName[];
}

/** That nothing was found for `names`, as the beginning of a sentence. */
export function foundNothing(names: readonly IgnoredName[]): string {
  if (names.some(({ name }) => name === ALL)) return 'no transform finds anything';
  return `${names.map(({ name }) => `\`${name}\``).join(', ')} ${names.length > 1 ? 'find' : 'finds'} nothing`;
}

/** Whether code or text stands on the line before `start`, and after `end`. */
function neighboursOf(
  text: string,
  [start, end]: Span,
): { readonly before: boolean; readonly after: boolean } {
  return {
    before: text.slice(lineStart(text, start), start).trim() !== '',
    after: text.slice(end, lineEnd(text, end)).trim() !== '',
  };
}

/** The lines of `span` whole, with their line endings; of a last line without one, that of the line before. */
function wholeLines(text: string, [start, end]: Span): Span {
  const [from, to] = [lineStart(text, start), nextLine(text, end)];
  if (to < text.length || text.endsWith('\n') || from === 0) return [from, to];
  return [lineEnd(text, from - 1 - (text[from - 2] === '\r' ? 1 : 0)), to];
}

/** Whether a node is text of a page in which more than white space stands. */
const isWritten = (node: { readonly type: string; readonly value?: unknown } | undefined): boolean =>
  node?.type === 'JSXText' && typeof node.value === 'string' && node.value.trim() !== '';

/** Whether the text of the page stays the same without the braces at `start`: white space beside them may begin to count. */
function isAloneInPage(file: ParsedFile, { span }: Remark): boolean {
  const { before, after } = neighboursOf(file.text, span);
  if (before || after) return false;
  return file.find('JSXExpressionContainer').every(({ node, parent, index }) => {
    if (node.start !== span[0] || index === null) return true;
    if (parent?.node.type !== 'JSXElement' && parent?.node.type !== 'JSXFragment') return false;
    const { children } = parent.node;
    return !isWritten(children[index - 1]) && !isWritten(children[index + 1]);
  });
}

/** Takes a comment away, and what would be left of its lines; undefined where it alone parts the code on its sides. */
function removal(file: ParsedFile, { span, text: comment }: Remark): Edit | undefined {
  const { path, text } = file;
  const { before, after } = neighboursOf(text, span);
  const [start, end] = span;
  if (!before && !after) return { file: path, span: wholeLines(text, span), code: [] };
  const from = text.slice(0, start).trimEnd().length;
  if (!after) return { file: path, span: [from, end], code: [] };
  const to = end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0);
  if (!before) return { file: path, span: [start, to], code: [] };
  if (comment.includes('\n')) return undefined; // The line ending in it may end a statement.
  if (from < start) return { file: path, span: [start, to], code: [] };
  const isParted = to > end || /[([{,;]/.test(text.charAt(start - 1)) || /[)\]},;]/.test(text.charAt(end));
  return isParted ? { file: path, span, code: [] } : undefined;
}

/** Leaves out `names` where the comment names more. */
function renaming(file: ParsedFile, all: readonly IgnoredName[], names: readonly IgnoredName[]): Edit[] {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [];
  const kept = all.filter(({ name }) => !names.some((one) => one.name === name));
  const span: Span = [first.span[0], last.span[1]];
  return [{ file: file.path, span, code: [kept.map(({ name }) => name).join(', ')] }];
}

/** What is known of the removal, whichever text it is made in. */
export interface Reach {
  /** Whether every file of the project was looked at. */
  readonly isWhole: boolean;
  /** Whether everything could be inspected. */
  readonly isComplete: boolean;
}

function* whyNothingIsLost({ names }: UnusedIgnore, { isWhole, isComplete }: Reach): Generator<Evidence> {
  yield holds(`${foundNothing(names)} that the comment speaks about, nor changes anything there`);
  if (!isWhole)
    yield assumed('no file outside of this run has a finding that would change what it speaks about');
  if (!isComplete)
    yield assumed('what could not be inspected has no finding that would change what it speaks about');
}

function findingOf(file: ParsedFile, unused: UnusedIgnore, reach: Reach): Finding {
  const { comment, names } = unused;
  const at = { start: comment.span[0], end: comment.span[1] };
  const evidence = [...whyNothingIsLost(unused, reach)];
  const isKept = comment.names.some((one) => !names.includes(one));
  if (isKept) {
    const edits = [comment.names, comment.end?.names ?? []].flatMap((all) => renaming(file, all, names));
    const title = `no longer ignore ${names.map(({ name }) => name).join(', ')}`;
    return { at, title, evidence, edits };
  }
  const remarks = [comment, ...(comment.end === undefined ? [] : [comment.end])];
  const title = 'remove an ignore comment that nothing needs';
  if (remarks.some((one) => one.isJsx && !isAloneInPage(file, one))) {
    const why = 'text of the page stands beside the comment, and would be joined in another way without it';
    return { at, title, evidence: [...evidence, fails(why)] };
  }
  const edits = remarks.map((one) => removal(file, one)).filter((one) => one !== undefined);
  if (edits.length < remarks.length)
    return {
      at,
      title,
      evidence: [...evidence, fails('the code on both sides of the comment stays parted')],
    };
  return { at, title, evidence, edits };
}

/** The comment of `later`, the text of a file after some passes, that is `comment` of `first`, its text before them. */
function sameIn(
  later: IgnoreComments,
  first: IgnoreComments,
  comment: IgnoreComment,
): IgnoreComment | undefined {
  const alike = (all: IgnoreComments): readonly IgnoreComment[] =>
    all.comments.filter(({ text }) => text === comment.text);
  const before = alike(first);
  const now = alike(later);
  const index = before.findIndex(({ span }) => span[0] === comment.span[0]);
  return before.length === now.length ? now[index] : undefined;
}

/** The removal of an unused comment as it is told, in the file on disk, and as it is made, in what the passes left. */
export interface Removal {
  readonly told: Proposal;
  /** Undefined where the passes moved comments so that it is not certain which is which. */
  readonly made: Proposal | undefined;
}

/** What removals are made in. */
export interface RemovalRequest extends Reach {
  readonly commentsIn: (path: string, text: string) => IgnoreComments;
  /** A file before the first pass. */
  readonly firstOf: (path: string) => ParsedFile;
  /** A file as the passes left it. */
  readonly laterOf: (path: string) => ParsedFile;
  /** Paths in ids are relative to this folder. */
  readonly root: string;
}

/** Proposes to take away what is unused. */
export function removalsOf(unused: readonly UnusedIgnore[], request: RemovalRequest): Removal[] {
  const { commentsIn, firstOf, laterOf, root } = request;
  const idOf = namerOf(UNUSED_IGNORE, root);
  return unused.map((one) => {
    const [first, later] = [firstOf(one.comment.path), laterOf(one.comment.path)];
    const told = asProposal(findingOf(first, one, request), first, UNUSED_IGNORE, idOf);
    if (first.text === later.text) return { told, made: told };
    const comment = sameIn(
      commentsIn(later.path, later.text),
      commentsIn(first.path, first.text),
      one.comment,
    );
    if (comment === undefined) return { told, made: undefined };
    const names = one.names.flatMap((name) => comment.names[one.comment.names.indexOf(name)] ?? []);
    const now = findingOf(later, { comment, names }, request);
    return { told, made: asProposal(now, later, UNUSED_IGNORE, () => told.id) };
  });
}
