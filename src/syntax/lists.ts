import { joinCode, outerSpanOf } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../edits/edit.ts';
import type { t } from './ast.ts';
import { nextCode, ownLeadingComments, trailingCommentOf } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { layOut } from './layout.ts';
import {
  eolOf,
  indentAt,
  isFirstOnLine,
  isLastOnLine,
  isMultiLine,
  lineEnd,
  lineStart,
  nextLine,
} from './lines.ts';
import { asCode, type New } from './statements.ts';
import { styleOf } from './style.ts';

/** A list between brackets. */
interface List {
  /** The offset of the opening bracket. */
  readonly open: number;
  readonly items: readonly t.Node[];
  /** Whether one line is written with spaces inside the brackets: `{ a }`. */
  readonly isPadded: boolean;
}

const eolAt = (file: ParsedFile, offset: number): '\n' | '\r\n' =>
  eolOf(file.text, offset) ?? styleOf(file).eol;

/** The offset of the bracket that closes `list`. */
function closeOf(file: ParsedFile, { open, items }: List): number {
  const last = items.at(-1);
  let at = nextCode(file, last === undefined ? open + 1 : outerSpanOf(last)[1]);
  while (file.text[at] === ',') at = nextCode(file, at + 1);
  return at;
}

/** Adds `item` to a list that is empty but for comments. */
function addFirst(file: ParsedFile, list: List, item: Code): readonly Edit[] {
  const { text } = file;
  const { indent: step, trailingComma } = styleOf(file);
  const close = closeOf(file, list);
  const inside: Span = [list.open + 1, close];
  const content = inside[0] + text.slice(...inside).trimEnd().length;
  const eol = eolAt(file, list.open);
  if (!isMultiLine(text, [content, close])) {
    const padding = list.isPadded ? ' ' : '';
    const code = layOut(file, item, { indent: indentAt(text, close), eol, as: 'expression' });
    const parts = content > inside[0] ? [' ', code, padding] : [padding, code, padding];
    return [{ file: file.path, span: [content, close], code: joinCode(parts, '') }];
  }
  const indent = indentAt(text, close) + step;
  const code = layOut(file, item, { indent, eol, as: 'expression' });
  const point = lineEnd(text, content);
  return [
    {
      file: file.path,
      span: [point, point],
      code: joinCode([eol, indent, code, trailingComma ? ',' : ''], ''),
    },
  ];
}

/**
 * Adds `item` to a list after the item `after`, which is its last one where none is named. One line stays one line; a list
 * over lines gets a line more, in its own indentation, and ends with a comma if it did so before.
 */
export function addToList(file: ParsedFile, list: List, given: New, after?: t.Node): readonly Edit[] {
  const { text } = file;
  const item = asCode(file, given);
  const last = list.items.at(-1);
  const place = after ?? last;
  if (place === undefined || last === undefined) return addFirst(file, list, item);
  const close = closeOf(file, list);
  const end = outerSpanOf(place)[1];
  const comma = nextCode(file, end);
  const hasComma = text[comma] === ',';
  const next = list.items[list.items.indexOf(place) + 1];
  const isSpread = isMultiLine(text, [end, next === undefined ? close : spanOf(next)[0]]);
  const start = spanOf(place)[0];
  const eol = eolAt(file, end);
  if (!isSpread) {
    const comment = hasComma ? undefined : trailingInList(file, end, close);
    const code = layOut(file, item, { indent: indentAt(text, start), eol, as: 'expression' });
    const point = comment ?? end;
    return [{ file: file.path, span: [point, point], code: joinCode([', ', code], '') }];
  }
  const indent =
    isFirstOnLine(text, start) || next === undefined
      ? lineIndent(file, list, start)
      : indentAt(text, spanOf(next)[0]);
  const code = layOut(file, item, { indent, eol, as: 'expression' });
  const from = hasComma ? comma + 1 : end;
  const comment = trailingCommentOf(file, { start, end: from });
  const point =
    comment === undefined && !isLastOnLine(text, from) ? from : lineEnd(text, comment?.span[1] ?? from);
  if (hasComma) {
    return [{ file: file.path, span: [point, point], code: joinCode([eol, indent, code, ','], '') }];
  }
  return [
    {
      file: file.path,
      span: [end, point],
      code: joinCode([',', ...(point > end ? [[end, point] as Span] : []), eol, indent, code], ''),
    },
  ];
}

/** The indentation of the items of a list over lines: that of the line of one, or a step more than the opening line's. */
function lineIndent(file: ParsedFile, list: List, start: number): string {
  const own = list.items.find((item) => isFirstOnLine(file.text, item.start ?? 0));
  return own === undefined
    ? indentAt(file.text, start) + styleOf(file).indent
    : indentAt(file.text, own.start ?? 0);
}

/** The end of the comment that stands between the last item and the bracket on one line. */
function trailingInList(file: ParsedFile, end: number, close: number): number | undefined {
  const inside = file.text.slice(end, close);
  return /^[^\S\n]*\/\*/.test(inside) ? end + inside.trimEnd().length : undefined;
}

/** Adds a property to an object literal, or a name to a pattern, before its rest; `after` names the property to follow. */
export function addProperty(
  file: ParsedFile,
  object: t.ObjectExpression | t.ObjectPattern,
  property: New,
  after?: t.Node,
): readonly Edit[] {
  const items: readonly t.Node[] = object.properties;
  const list = { open: spanOf(object)[0], items, isPadded: isPaddedIn(file) };
  const rest = items.at(-1);
  if (after === undefined && rest?.type === 'RestElement') {
    const before = items.at(-2);
    if (before !== undefined) return addToList(file, list, property, before);
    const [start] = spanOf(rest);
    return [{ file: file.path, span: [start, start], code: joinCode([asCode(file, property), ', '], '') }];
  }
  return addToList(file, list, property, after);
}

/** Whether most one-line objects of `file` have spaces inside their braces. */
function isPaddedIn(file: ParsedFile): boolean {
  let padded = 0;
  let tight = 0;
  for (const { node } of [...file.find('ObjectExpression'), ...file.find('ObjectPattern')]) {
    const next = file.text[(node.start ?? 0) + 1] ?? '';
    if (next === ' ') padded++;
    else if (!/[\s}]/.test(next)) tight++;
  }
  return padded >= tight;
}

/** Adds an argument to a call, at its end or after the argument `after`. */
export function addArgument(
  file: ParsedFile,
  call: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
  argument: New,
  after?: t.Node,
): readonly Edit[] {
  const end = spanOf(call)[1];
  const open = nextCode(
    file,
    Math.max(
      ...[call.callee, call.typeArguments, call.typeParameters].map((node) =>
        node == null ? 0 : outerSpanOf(node)[1],
      ),
    ),
  );
  const bracket = file.text.startsWith('?.', open) ? nextCode(file, open + 2) : open;
  if (bracket >= end || file.text[bracket] !== '(') {
    // `new X` may do without its parentheses.
    return [{ file: file.path, span: [end, end], code: joinCode(['(', asCode(file, argument), ')'], '') }];
  }
  return addToList(file, { open: bracket, items: call.arguments, isPadded: false }, argument, after);
}

/** Adds an element to an array literal, at its end or after the element `after`. */
export function addElement(
  file: ParsedFile,
  array: t.ArrayExpression,
  element: New,
  after?: t.Node,
): readonly Edit[] {
  const items = array.elements.filter((item) => item !== null);
  if (after === undefined && array.elements.length > 0 && array.elements.at(-1) === null) {
    const close = spanOf(array)[1] - 1;
    return [{ file: file.path, span: [close, close], code: asCode(file, element) }];
  }
  return addToList(file, { open: spanOf(array)[0], items, isPadded: false }, element, after);
}

/** Adds an attribute to a JSX element, after its last one. */
export function addJsxAttribute(file: ParsedFile, element: t.JSXOpeningElement, attribute: New): Edit {
  const { text } = file;
  const last = element.attributes.at(-1) ?? element.typeArguments ?? element.typeParameters ?? element.name;
  const [start, end] = spanOf(last);
  const isOnOwnLine = element.attributes.length > 0 && isFirstOnLine(text, start);
  const separator = isOnOwnLine ? eolAt(file, end) + indentAt(text, start) : ' ';
  return { file: file.path, span: [end, end], code: joinCode([separator, asCode(file, attribute)], '') };
}

/**
 * Removes items from a list together with their commas, their own comments and, in a list over lines, their lines.
 * At least one item must stay.
 */
export function removeFromList(
  file: ParsedFile,
  items: readonly t.Node[],
  gone: ReadonlySet<t.Node>,
): readonly Edit[] {
  const { text } = file;
  const edits: Edit[] = [];
  let keptEnd: number | undefined;
  let open: number | undefined;
  for (const [index, item] of items.entries()) {
    const [start, end] = outerSpanOf(item);
    const comma = nextCode(file, end);
    const after = text[comma] === ',' ? comma + 1 : end;
    const from = ownLeadingComments(file, item)[0]?.span[0] ?? start;
    if (!gone.has(item)) {
      if (open !== undefined) edits.push({ file: file.path, span: [open, from], code: [] });
      open = undefined;
      keptEnd = end;
      continue;
    }
    const last = trailingCommentOf(file, { start, end: after })?.span[1] ?? after;
    if (open === undefined && isFirstOnLine(text, from) && isLastOnLine(text, last)) {
      edits.push({ file: file.path, span: [lineStart(text, from), nextLine(text, last)], code: [] });
      continue;
    }
    open ??= items.slice(index).some((other) => !gone.has(other)) ? from : keptEnd;
    if (index === items.length - 1 && open !== undefined) {
      edits.push({ file: file.path, span: [open, end], code: [] });
    } else if (
      items.slice(index + 1).every((other) => gone.has(other)) &&
      open === keptEnd &&
      open !== undefined
    ) {
      const lastItem = items.at(-1);
      edits.push({
        file: file.path,
        span: [open, lastItem === undefined ? end : outerSpanOf(lastItem)[1]],
        code: [],
      });
      break;
    }
  }
  return edits;
}
