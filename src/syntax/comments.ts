import { spanOf, type Span, type Spanned } from '../edits/edit.ts';
import type { t } from './ast.ts';
import type { ParsedFile } from './file.ts';
import { isFirstOnLine, lineEnd } from './lines.ts';

/** A comment as it stands in the file, with its delimiters. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** What identifies a comment as the notice at the head of a file. */
const LICENCE =
  /licen[sc]e|copyright|\u00a9|\(c\)\s+\d|spdx-|all rights reserved|@preserve|@generated|@fileoverview|@file\b|@overview/i;

/** Comments that speak to a tool about a stretch of the file, and not about the statement below them. */
const ABOUT_A_STRETCH =
  /^(?:\/\/|\/\*+)\s*(?:#?(?:end)?region\b|eslint-(?:disable|enable)(?!-)|eslint-env|eslint\s|globals?\s|exported\s|js[hl]int\s|jscs:|tslint:(?:disable|enable)(?!-)|(?:ox|bio)\S*-(?:disable|enable|ignore-(?:all|start|end))(?!-)|prettier-ignore-(?:start|end)|(?:istanbul|c8|v8|node:coverage) (?:ignore )?(?:file|start|stop|enable|disable)\b|(?:\*\s*)?hasten-ignore-(?:file|start|end)\b|@ts-(?:no)?check\b|@(?:no)?flow\b|@jsx|@format\b|@vitest-environment|@jest-environment|\/\s*<)/;

const byFile = new WeakMap<ParsedFile, readonly Comment[]>();

/** All comments of `file` in text order. */
export function commentsOf(file: ParsedFile): readonly Comment[] {
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const comments = file.comments
    .map((comment) => {
      const span = spanOf(comment);
      return { text: file.text.slice(span[0], span[1]), span };
    })
    .sort((a, b) => a.span[0] - b.span[0]);
  byFile.set(file, comments);
  return comments;
}

/** The place in the list of comments of the first one that `isLater` holds for; it must hold for all that follow. */
function firstIndex(comments: readonly Comment[], isLater: (comment: Comment) => boolean): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const comment = comments[middle];
    if (comment !== undefined && isLater(comment)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The comment that ends at `offset`, white space between them ignored. */
function commentBefore(file: ParsedFile, offset: number): Comment | undefined {
  const comments = commentsOf(file);
  const comment = comments[firstIndex(comments, ({ span }) => span[1] > offset) - 1];
  return comment !== undefined && /^\s*$/.test(file.text.slice(comment.span[1], offset))
    ? comment
    : undefined;
}

/** The comment that begins at `offset`, white space between them ignored. */
function commentAfter(file: ParsedFile, offset: number): Comment | undefined {
  const comments = commentsOf(file);
  const comment = comments[firstIndex(comments, ({ span }) => span[0] >= offset)];
  return comment !== undefined && /^\s*$/.test(file.text.slice(offset, comment.span[0]))
    ? comment
    : undefined;
}

/** Whether a comment lies in `span`, whole. */
export function hasCommentIn(file: ParsedFile, [start, end]: Span): boolean {
  const comments = commentsOf(file);
  const comment = comments[firstIndex(comments, ({ span }) => span[0] >= start)];
  return comment !== undefined && comment.span[1] <= end;
}

/** The offset of the first character of code at or after `offset`: white space and comments are skipped. */
export function nextCode(file: ParsedFile, offset: number): number {
  let at = offset;
  for (let comment = commentAfter(file, at); comment !== undefined; comment = commentAfter(file, at)) {
    at = comment.span[1];
  }
  return at + (/^\s*/.exec(file.text.slice(at))?.[0].length ?? 0);
}

/** The offset after the last character of code before `offset`: white space and comments are skipped. */
export function previousCode(file: ParsedFile, offset: number): number {
  let at = offset;
  for (let comment = commentBefore(file, at); comment !== undefined; comment = commentBefore(file, at)) {
    at = comment.span[0];
  }
  while (at > 0 && /\s/.test(file.text[at - 1] ?? '')) at--;
  return at;
}

const isBlock = (comment: Comment): boolean => comment.text.startsWith('/*');

/** Whether a blank line lies between the offsets. */
const isParted = (text: string, start: number, end: number): boolean =>
  /\n[^\S\n]*\n/.test(text.slice(start, end));

/** The comments at the head of `file` that hold its licence, or say what the whole file is; empty where there are none. */
export function licenceOf(file: ParsedFile): readonly Comment[] {
  const { program } = file.tree;
  const top = program.interpreter?.end ?? 0;
  const body = Math.min(
    ...[...program.directives, ...program.body].map((node) => node.start ?? 0),
    file.text.length,
  );
  const found: Comment[] = [];
  for (const comment of commentsOf(file)) {
    if (comment.span[0] < top || comment.span[1] > body) continue;
    const last = found.at(-1);
    const isNext =
      last === undefined
        ? /^\s*$/.test(file.text.slice(top, comment.span[0]))
        : !isBlock(last) && !isBlock(comment) && !isParted(file.text, last.span[1], comment.span[0]);
    if (!isNext) break;
    found.push(comment);
  }
  return found.some(({ text }) => text.startsWith('/*!') || LICENCE.test(text)) ? found : [];
}

/**
 * The comments that belong to `node` and go where it goes: those directly above it, and those before it on its line.
 * Not the file's licence, nor a comment that is parted by a blank line, ends a line of other code, or speaks about a
 * stretch of the file (`eslint-disable`, `#region`).
 */
export function ownLeadingComments(file: ParsedFile, node: Spanned): readonly Comment[] {
  const { text } = file;
  const [start] = spanOf(node);
  const licence = licenceOf(file);
  const own: Comment[] = [];
  let at = start;
  for (let comment = commentBefore(file, at); comment !== undefined; comment = commentBefore(file, at)) {
    const isOnSameLine = !text.slice(comment.span[1], at).includes('\n');
    if (
      isParted(text, comment.span[1], at) ||
      licence.includes(comment) ||
      ABOUT_A_STRETCH.test(comment.text)
    )
      break;
    if (!isOnSameLine && !isOwnLine(file, comment)) break;
    own.unshift(comment);
    at = comment.span[0];
  }
  return own;
}

/** Whether only comments and white space stand before `comment` on its line. */
function isOwnLine(file: ParsedFile, comment: Comment): boolean {
  if (isFirstOnLine(file.text, comment.span[0])) return true;
  const before = commentBefore(file, comment.span[0]);
  return (
    before !== undefined &&
    !/\n/.test(file.text.slice(before.span[1], comment.span[0])) &&
    isOwnLine(file, before)
  );
}

/** The comment after `node` on its line, when only a `;` or `,` stands between them and no code follows it there. */
export function trailingCommentOf(file: ParsedFile, node: Spanned): Comment | undefined {
  const { text } = file;
  const [, end] = spanOf(node);
  const mark = /^[^\S\n]*[;,]/.exec(text.slice(end, lineEnd(text, end)))?.[0].length ?? 0;
  const comment = commentAfter(file, end + mark);
  if (comment === undefined || text.slice(end, comment.span[0]).includes('\n')) return undefined;
  const rest = text.slice(comment.span[1], lineEnd(text, comment.span[1]));
  return /^\s*$/.test(rest) || /^\s*\/[/*]/.test(rest) ? comment : undefined;
}

/** How often each text occurs. */
function count(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * Each comment of `file` with the number of its occurrences. The indentation of a comment's further lines is not counted
 * as its text, since it follows the code around it; nor are the line endings.
 */
export function commentTextsOf(file: ParsedFile): ReadonlyMap<string, number> {
  return count(commentsOf(file).map(({ text }) => text.replace(/\r?\n[ \t]*/g, '\n').trimEnd()));
}

/** The nodes whose text is a value of the program, byte for byte. */
const LITERALS = ['StringLiteral', 'DirectiveLiteral', 'TemplateElement', 'RegExpLiteral'] as const;

/** Each string, piece of a template and regular expression of `file`, as it stands in the text. */
export function literalsOf(file: ParsedFile): readonly Comment[] {
  const nodes = LITERALS.flatMap((name): readonly { node: t.Node }[] => file.find(name));
  return nodes.map(({ node }) => ({ text: file.text.slice(...spanOf(node)), span: spanOf(node) }));
}

/** The source text of each string, piece of a template and regular expression of `file`, with the number of its occurrences. */
export function literalTextsOf(file: ParsedFile): ReadonlyMap<string, number> {
  return count(literalsOf(file).map(({ text }) => text));
}
