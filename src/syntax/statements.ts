import { joinCode, textOf } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { codeOf, type BuilderNode } from './builder.ts';
import { nextCode, ownLeadingComments, previousCode, trailingCommentOf } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { layOut, type Place } from './layout.ts';
import { eolOf, indentAt, isBlankLine, isLastOnLine, lineEnd, lineStart, nextLine } from './lines.ts';
import { continuesALine, endOfStatement, isOpenEnded, statementBefore } from './semicolons.ts';
import { styleOf } from './style.ts';

/** New code as an author may give it. */
export type New = Code | string | BuilderNode;

/** A node that holds statements between braces, or the whole file. */
export type Block = t.Program | t.BlockStatement | t.StaticBlock | t.TSModuleBlock;

const isCode = (given: New): given is Code => Array.isArray(given);

/** `given` as code, without white space around it. */
export function asCode(file: ParsedFile, given: New): Code {
  if (typeof given === 'string') return joinCode([given.trim()], '');
  const parts = [...(isCode(given) ? given : codeOf(given, file))];
  if (typeof parts[0] === 'string') parts[0] = parts[0].trimStart();
  const last = parts.length - 1;
  const end = parts[last];
  if (typeof end === 'string') parts[last] = end.trimEnd();
  return joinCode(parts, '');
}

/** The whole statement that `node` is part of: with its `export` and its labels. */
function wholeStatement(file: ParsedFile, node: t.Node): Path {
  let path: Path = file.pathOf(node);
  while (path.parent !== null && /^(?:Export\w+Declaration|LabeledStatement)$/.test(path.parent.node.type)) {
    path = path.parent;
  }
  return path;
}

/** The list of statements that holds `path`; undefined for the only statement of an `if` or a loop without braces. */
function siblingsOf(path: Path): readonly t.Node[] | undefined {
  if (path.index === null || path.parent === null) return undefined;
  return (path.parent.node as unknown as Record<string, readonly t.Node[]>)[path.key];
}

/** The start of a statement with its own comments, and with the semicolon that guards its line. */
function startOf(file: ParsedFile, node: t.Node, comments = ownLeadingComments(file, node)): number {
  const start = comments[0]?.span[0] ?? spanOf(node)[0];
  const guard = /(?:^|\n)[ \t]*(;[ \t]*)$/.exec(file.text.slice(lineStart(file.text, start), start))?.[1];
  return start - (guard?.length ?? 0);
}

const isFirst = (text: string, offset: number): boolean =>
  /^\s*$/.test(text.slice(lineStart(text, offset), offset));

/**
 * Statements fitted to their place, with a semicolon before or after them where a line without one would run on.
 * `before` is the statement that they follow, `next` the offset from which code follows them.
 */
function fitted(
  file: ParsedFile,
  given: New,
  place: Omit<Place, 'as'>,
  before: t.Node | undefined,
  next: number,
): Code {
  const code = layOut(file, asCode(file, given), { ...place, as: 'statements' });
  const text = textOf(code, file.text);
  const following = file.text.slice(nextCode(file, next));
  const guard = continuesALine(text) && isOpenEnded(file, before) ? ';' : '';
  const end = !/[;}]$/.test(text) && continuesALine(following.slice(0, 2)) ? ';' : '';
  return joinCode([guard, code, end], '');
}

const eolAt = (file: ParsedFile, offset: number): '\n' | '\r\n' =>
  eolOf(file.text, offset) ?? styleOf(file).eol;

/** Puts braces around the only statement of an `if` or a loop, and other statements before and after it. */
function braced(file: ParsedFile, path: Path, before: readonly New[], after: readonly New[]): Edit {
  const [start, end] = spanOf(path.node);
  const head = previousCode(file, start);
  const from = /^\s*$/.test(file.text.slice(head, start)) ? head : start;
  const lines = [
    ...before.map((one) => asCode(file, one)),
    [[start, end] as Span],
    ...after.map((one) => asCode(file, one)),
  ];
  const body = joinCode(
    lines.map((line) => joinCode(['\n  ', line], '')),
    '',
  );
  const place = { indent: indentAt(file.text, head - 1), eol: eolAt(file, head), as: 'statements' } as const;
  const block = layOut(file, joinCode(['{', body, '\n}'], ''), place);
  return { file: file.path, span: [from, end], code: joinCode([from === head ? ' ' : '', block], '') };
}

/** Inserts statements on lines of their own before `statement`, above its comments; on its line where it shares one. */
export function insertBefore(file: ParsedFile, statement: t.Node, inserted: New): Edit {
  const path = wholeStatement(file, statement);
  const siblings = siblingsOf(path);
  if (siblings === undefined || path.parent === null) return braced(file, path, [inserted], []);
  const { text } = file;
  const start = startOf(file, path.node);
  const indent = indentAt(text, start);
  const eol = eolAt(file, start);
  const before = statementBefore(path);
  const code = fitted(file, inserted, { indent, eol }, before, start);
  const point = isFirst(text, start) ? lineStart(text, start) : start;
  const parts = isFirst(text, start) ? [indent, code, eol] : [code, ' '];
  return { file: file.path, span: [point, point], code: joinCode(parts, '') };
}

/** Inserts statements on lines of their own before `statement`, below the comments that speak of it. */
export function insertBelowComments(file: ParsedFile, statement: t.Node, inserted: New): Edit {
  const { node } = wholeStatement(file, statement);
  const [start] = spanOf(node);
  const place = { indent: indentAt(file.text, start), eol: eolAt(file, start) };
  const code = fitted(file, inserted, place, statementBefore(file.pathOf(node)), start);
  return { file: file.path, span: [start, start], code: joinCode([code, place.eol, place.indent], '') };
}

/** Inserts `given` after `node`, below its trailing comment, as a statement that follows it in its list. */
function afterNode(file: ParsedFile, node: t.Node, given: New): Edit {
  const { text } = file;
  const end = endOfStatement(file, node);
  const start = spanOf(node)[0];
  const comment = trailingCommentOf(file, { start, end });
  const last = comment?.span[1] ?? end;
  const isAlone = isLastOnLine(text, last) || comment !== undefined;
  const indent = indentAt(text, start);
  const eol = eolAt(file, end);
  const point = isAlone ? lineEnd(text, last) : end;
  const code = fitted(file, given, { indent, eol }, node, point);
  return {
    file: file.path,
    span: [point, point],
    code: joinCode(isAlone ? [eol, indent, code] : [' ', code], ''),
  };
}

/** Inserts statements on lines of their own after `statement`, below its trailing comment; on its line where it shares one. */
export function insertAfter(file: ParsedFile, statement: t.Node, inserted: New): Edit {
  const path = wholeStatement(file, statement);
  return siblingsOf(path) === undefined
    ? braced(file, path, [], [inserted])
    : afterNode(file, path.node, inserted);
}

/** The offsets between which the statements of `block` stand. */
function insideOf(file: ParsedFile, block: Block): Span {
  if (block.type === 'Program') return [block.interpreter?.end ?? 0, file.text.length];
  const [start, end] = spanOf(block);
  return [nextCode(file, block.type === 'StaticBlock' ? start + 'static'.length : start) + 1, end - 1];
}

/** Inserts the first or only statement of a block that holds none; comments in it stay above. */
function fill(file: ParsedFile, block: Block, inserted: New): Edit {
  const { text } = file;
  const [open, close] = insideOf(file, block);
  const inside = text.slice(open, close);
  const isFile = block.type === 'Program';
  const eol = eolAt(file, open);
  const outer = isFile ? '' : indentAt(text, close);
  const before = 'directives' in block ? block.directives.at(-1) : undefined;
  const content = open + inside.trimEnd().length;
  const isEmpty = content === open;
  const indent = isFile
    ? ''
    : isEmpty || !isMultiLineAt(text, open, close)
      ? outer + styleOf(file).indent
      : indentAt(text, content);
  const code = fitted(file, inserted, { indent, eol }, before, close);
  if (isFile && isEmpty && open === 0)
    return { file: file.path, span: [0, 0], code: joinCode([code, eol], '') };
  if (isEmpty && isMultiLineAt(text, open, close) && nextLine(text, open) >= lineStart(text, close)) {
    return { file: file.path, span: [open, open], code: joinCode([eol, indent, code], '') };
  }
  if (isEmpty)
    return {
      file: file.path,
      span: [open, close],
      code: joinCode([eol, indent, code, isFile ? '' : eol + outer], ''),
    };
  const isSpread = isFile || isMultiLineAt(text, content, close);
  const point = isSpread ? lineEnd(text, content) : content;
  return {
    file: file.path,
    span: [point, point],
    code: joinCode(isSpread ? [eol, indent, code] : [' ', code], ''),
  };
}

const isMultiLineAt = (text: string, start: number, end: number): boolean =>
  text.slice(start, end).includes('\n');

/** Adds statements at the end of a block or of the file, below the comments there. */
export function append(file: ParsedFile, block: Block, inserted: New): Edit {
  const last = block.body.at(-1);
  if (last === undefined) return fill(file, block, inserted);
  const { text } = file;
  const [open, close] = insideOf(file, block);
  const content = open + text.slice(open, close).trimEnd().length;
  if (
    content <= endOfStatement(file, last) ||
    !(block.type === 'Program' || isMultiLineAt(text, content, close))
  ) {
    return afterNode(file, last, inserted);
  }
  const eol = eolAt(file, last.end ?? 0);
  const indent = indentAt(text, startOf(file, last));
  const point = lineEnd(text, content);
  const code = fitted(file, inserted, { indent, eol }, last, point);
  return { file: file.path, span: [point, point], code: joinCode([eol, indent, code], '') };
}

/** Adds statements at the start of a block or of the file, below its directives and its licence. */
export function prepend(file: ParsedFile, block: Block, inserted: New): Edit {
  const directive = 'directives' in block ? block.directives.at(-1) : undefined;
  if (directive !== undefined) return afterNode(file, directive, inserted);
  const first = block.body[0];
  return first === undefined ? fill(file, block, inserted) : insertBefore(file, first, inserted);
}

interface Removal {
  readonly span: Span;
  readonly isWholeLine: boolean;
  /** The block, to see where it begins and ends. */
  readonly holder: t.Node;
}

function removalOf(file: ParsedFile, path: Path, isEmptied: boolean): Removal {
  const { text } = file;
  const { node } = path;
  const holder = path.parent?.node ?? node;
  const comments = isEmptied ? [] : ownLeadingComments(file, node);
  const start = startOf(file, node, comments);
  const bare = endOfStatement(file, node);
  const end = trailingCommentOf(file, { start, end: bare })?.span[1] ?? bare;
  if (isFirst(text, start) && isLastOnLine(text, end)) {
    return { span: [lineStart(text, start), nextLine(text, end)], isWholeLine: true, holder };
  }
  const after = /^[^\S\n]*/.exec(text.slice(bare, lineEnd(text, bare)))?.[0].length ?? 0;
  if (!isLastOnLine(text, bare)) return { span: [start, bare + after], isWholeLine: false, holder };
  const before = /[^\S\n]*$/.exec(text.slice(lineStart(text, start), start))?.[0].length ?? 0;
  return { span: [start - before, bare], isWholeLine: false, holder };
}

/** Takes the blank lines along that would stand twice, or at the edge of a block, once `removal` is done. */
function withoutResidue(text: string, { span, isWholeLine }: Removal): Span {
  let [start, end] = span;
  if (!isWholeLine) return span;
  const previous = start === 0 ? undefined : lineStart(text, start - 1);
  const isAfterGap =
    previous === undefined || isBlankLine(text, previous) || /[{[(]\s*$/.test(text.slice(previous, start));
  if (isAfterGap) while (isBlankLine(text, end)) end = nextLine(text, end);
  const isBeforeEnd = end >= text.length || /^[ \t]*[}\])]/.test(text.slice(end, lineEnd(text, end)));
  if (isBeforeEnd)
    while (start > 0 && isBlankLine(text, lineStart(text, start - 1))) start = lineStart(text, start - 1);
  return [start, end];
}

/**
 * Removes statements with their own comments and their lines. The licence, the comments of neighbours and those about a
 * stretch of the file stay, and so does the comment in a block that is left without a statement.
 */
export function removeStatements(file: ParsedFile, statements: readonly t.Node[]): readonly Edit[] {
  const { text } = file;
  const paths = [...new Set(statements.map((statement) => wholeStatement(file, statement)))];
  const gone = new Set<t.Node>(paths.map(({ node }) => node));
  const edits: Edit[] = [];
  const removals: Removal[] = [];
  for (const path of paths.sort((a, b) => (a.node.start ?? 0) - (b.node.start ?? 0))) {
    const siblings = siblingsOf(path);
    if (siblings === undefined) {
      edits.push({ file: file.path, span: spanOf(path.node), code: joinCode(['{}'], '') });
      continue;
    }
    const isEmptied = path.parent?.node.type !== 'Program' && siblings.every((one) => gone.has(one));
    const removal = removalOf(file, path, isEmptied);
    const last = removals.at(-1);
    const isNext =
      last?.isWholeLine === true &&
      removal.isWholeLine &&
      /^\s*$/.test(text.slice(last.span[1], removal.span[0]));
    if (isNext) removals.splice(-1, 1, { ...removal, span: [last.span[0], removal.span[1]] });
    else removals.push(removal);
  }
  for (const removal of removals) {
    const span = withoutResidue(text, removal);
    edits.push({ file: file.path, span, code: joinCode([guardAfter(file, removal, gone)], '') });
  }
  return edits;
}

/** The semicolon that is needed when what follows a removed statement would continue what precedes it. */
function guardAfter(file: ParsedFile, { span, holder }: Removal, gone: ReadonlySet<t.Node>): string {
  const body = (holder as { body?: readonly t.Node[] }).body;
  if (!Array.isArray(body)) return '';
  const before = (body as readonly t.Node[]).findLast(
    (node) => !gone.has(node) && (node.end ?? 0) <= span[0],
  );
  const following = file.text.slice(nextCode(file, span[1])).slice(0, 2);
  return continuesALine(following) && isOpenEnded(file, before) ? ';' : '';
}

/** Removes one statement as `removeStatements` does. */
export function removeStatement(file: ParsedFile, statement: t.Node): Edit {
  const [edit] = removeStatements(file, [statement]);
  if (edit === undefined) throw new TypeError('There is no statement to remove.');
  return edit;
}

/**
 * Wraps neighbouring statements, with their own comments, in code: `before` opens (`try {`), `after` closes
 * (`} catch (error) {}`). Their lines are indented by one step.
 */
export function wrapStatements(
  file: ParsedFile,
  statements: readonly t.Node[],
  before: string,
  after: string,
): Edit {
  const paths = statements.map((statement) => wholeStatement(file, statement));
  const first = paths[0];
  const last = paths.at(-1);
  if (first === undefined || last === undefined) throw new TypeError('There is no statement to wrap.');
  const { text } = file;
  if (siblingsOf(first) === undefined) {
    const [start, end] = spanOf(first.node);
    const edit = braced(file, first, [], []);
    const inner = joinCode(['{\n  ', before, '\n    ', [start, end], '\n  ', after, '\n}'], '');
    const place = {
      indent: indentAt(text, previousCode(file, start) - 1),
      eol: eolAt(file, start),
      as: 'statements',
    } as const;
    return { ...edit, code: joinCode([edit.span[0] === start ? '' : ' ', layOut(file, inner, place)], '') };
  }
  const start = startOf(file, first.node);
  const bare = endOfStatement(file, last.node);
  const end = trailingCommentOf(file, { start, end: bare })?.span[1] ?? bare;
  const isOnOwnLines = isFirst(text, start) && isLastOnLine(text, end);
  const quoted: Span = isOnOwnLines ? [start, end] : [start, bare];
  const eol = eolAt(file, start);
  const indent = indentAt(text, start);
  const code = isOnOwnLines
    ? joinCode([before, '\n  ', quoted, '\n', after], '')
    : joinCode([before, ' ', quoted, ' ', after], '');
  return { file: file.path, span: quoted, code: layOut(file, code, { indent, eol, as: 'statements' }) };
}
