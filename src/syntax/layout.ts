import { joinCode, textOf } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../edits/edit.ts';
import type { t } from './ast.ts';
import { indexOf, type Index } from './find.ts';
import type { ParsedFile } from './file.ts';
import { indentAt } from './lines.ts';
import { parsePiece } from './parse.ts';
import { continuesALine } from './semicolons.ts';
import { styleOf, takesSemicolon } from './style.ts';

/** Where new code will stand. */
export interface Place {
  /** The white space that its line begins with. */
  readonly indent: string;
  /** The line ending of its neighbours. */
  readonly eol: '\n' | '\r\n';
  /** What the code is: statements get or lose their semicolons as the file has it. */
  readonly as: 'statements' | 'expression';
}

/** New code, parsed. Offsets of its nodes are offsets in the text of the code, plus `shift`. */
export interface Piece extends Index {
  readonly nodes: readonly t.Node[];
  readonly shift: number;
  readonly comments: readonly t.Comment[];
}

/** Any statement may stand in this but an import or export, and `await`, `yield` and `return` mean there what they say. */
const AROUND_STATEMENTS = 'async function* _() {';

/** The statements that `text` consists of; undefined where it does not parse as such. */
export function parseStatements(file: ParsedFile, text: string): Piece | undefined {
  for (const [prefix, suffix] of [
    [AROUND_STATEMENTS, '\n}'],
    ['', ''],
  ] as const) {
    const whole = prefix + text + suffix;
    const tree = parsePiece(file.path, whole);
    if (tree === undefined) continue;
    const [first, ...others] = tree.program.body;
    const body =
      prefix === '' ? tree.program.body : first?.type === 'FunctionDeclaration' ? first.body.body : [];
    if (prefix !== '' && others.length > 0) continue;
    return { ...indexOf(tree, whole), nodes: body, shift: prefix.length, comments: tree.comments ?? [] };
  }
  return undefined;
}

/** The expression that `text` is; undefined where it does not parse as one. */
export function parseExpression(
  file: ParsedFile,
  text: string,
): (Piece & { readonly node: t.Node }) | undefined {
  const prefix = `${AROUND_STATEMENTS}(`;
  const whole = `${prefix}${text}\n)}`;
  const tree = parsePiece(file.path, whole);
  const [first, ...others] = tree?.program.body ?? [];
  if (tree === undefined || first?.type !== 'FunctionDeclaration' || others.length > 0) return undefined;
  const [statement, ...more] = first.body.body;
  if (statement?.type !== 'ExpressionStatement' || more.length > 0) return undefined;
  const node = statement.expression;
  // Text such as `a) + (b` closes our parenthesis itself.
  if (statement.end !== prefix.length + text.length + 2) return undefined;
  const index = indexOf(tree, whole);
  if ((node.extra as { parenStart?: number } | undefined)?.parenStart !== prefix.length - 1) return undefined;
  return { ...index, nodes: [node], node, shift: prefix.length, comments: tree.comments ?? [] };
}

/** The stretches whose line breaks and indentation mean something: templates, strings, and comments drawn by hand. */
function fixedSpans(
  index: Index,
  comments: readonly t.Comment[],
  text: string,
  shift: number,
): readonly Span[] {
  const literals = (['TemplateElement', 'StringLiteral', 'DirectiveLiteral'] as const).flatMap(
    (name): readonly { node: t.Node }[] => index.find(name),
  );
  const isDrawn = (span: Span): boolean => /\n[ \t]*(?![ \t*])/.test(text.slice(...span));
  return [
    ...literals.map(({ node }) => spanOf(node)),
    ...comments
      .map((comment) => spanOf(comment))
      .filter(([start, end]) => isDrawn([start - shift, end - shift])),
  ]
    .map(([start, end]): Span => [start - shift, end - shift])
    .filter((span) => text.slice(...span).includes('\n'))
    .sort((a, b) => a[0] - b[0]);
}

const fixedInFile = new WeakMap<ParsedFile, readonly Span[]>();

function fixedIn(file: ParsedFile): readonly Span[] {
  const known = fixedInFile.get(file) ?? fixedSpans(file, file.comments, file.text, 0);
  fixedInFile.set(file, known);
  return known;
}

const isIn = (offset: number, spans: readonly Span[]): boolean =>
  spans.some(([start, end]) => start <= offset && offset < end);

interface Change {
  readonly span: Span;
  readonly text: string;
}

/** What to change in new code so that it follows the quotes, and the semicolons, of `file`. */
function adaptations(file: ParsedFile, piece: Piece, text: string, as: Place['as']): readonly Change[] {
  const { quote, semicolons } = styleOf(file);
  const changes: Change[] = [];
  for (const name of ['StringLiteral', 'DirectiveLiteral'] as const) {
    for (const { node, parent } of piece.find(name)) {
      const [start, end] = spanOf(node).map((offset) => offset - piece.shift) as [number, number];
      if (parent?.node.type === 'JSXAttribute' || text[start] === quote) continue;
      if (/["'\\]/.test(text.slice(start + 1, end - 1))) continue;
      changes.push({ span: [start, start + 1], text: quote }, { span: [end - 1, end], text: quote });
    }
  }
  if (as === 'expression') return changes;
  for (const { node, parent, key } of piece.paths) {
    const end = (node.end ?? 0) - piece.shift;
    if (end <= 0 || end > text.length || !takesSemicolon(node, parent?.node ?? null, key)) continue;
    const isEnded = text[end - 1] === ';';
    if (semicolons && !isEnded) changes.push({ span: [end, end], text: ';' });
    if (
      !semicolons &&
      isEnded &&
      /^\s*(?:$|\n|\}|\/\/)/.test(text.slice(end)) &&
      !continuesALine(text.slice(end))
    ) {
      changes.push({ span: [end - 1, end], text: '' });
    }
  }
  return changes;
}

/** The number of spaces of one step of indentation in the literal parts of new code: the smallest there is. */
function stepIn(texts: readonly string[]): number {
  const widths = texts.flatMap((text) =>
    [...text.matchAll(/\n( +)(?![\s]|$)/g)].map(([, spaces]) => spaces?.length ?? 0),
  );
  const ends = texts.flatMap((text) => [/\n( +)$/.exec(text)?.[1]?.length ?? 0]).filter((width) => width > 0);
  return Math.min(...widths, ...ends, Infinity);
}

/**
 * Fits new code to the place where it will stand: its lines get the place's indentation, in the file's own steps, and its
 * line endings; its strings the file's quotes. What it quotes is shifted as far as it moves. The inside of templates and
 * strings is never touched.
 */
export function layOut(file: ParsedFile, code: Code, place: Place): Code {
  const flat = textOf(code, file.text);
  const piece = place.as === 'expression' ? parseExpression(file, flat) : parseStatements(file, flat);
  const fixed = piece === undefined ? [] : fixedSpans(piece, piece.comments, flat, piece.shift);
  // What cannot be parsed alone may be a template from any backtick on.
  const fixedFrom = piece === undefined && flat.includes('`') ? flat.indexOf('`') : flat.length;
  const isFixed = (offset: number): boolean => offset >= fixedFrom || isIn(offset, fixed);
  const changes = piece === undefined ? [] : adaptations(file, piece, flat, place.as);
  const { indent: step } = styleOf(file);
  const width = stepIn(code.filter((part) => typeof part === 'string'));

  const out: (string | Span)[] = [];
  let lineIndent = place.indent;
  const asIndent = (white: string): string => {
    const tabs = white.replaceAll(' ', '').length;
    const spaces = white.length - tabs;
    const steps = tabs + (spaces > 0 ? Math.floor(spaces / width) : 0);
    return place.indent + step.repeat(steps) + ' '.repeat(spaces > 0 ? spaces % width : 0);
  };

  const pushText = (text: string, from: number, isLast: boolean): void => {
    for (let at = 0; at <= text.length;) {
      const change = changes.find(({ span }) => span[0] === from + at && span[1] <= from + text.length);
      const inserted = change !== undefined && (at < text.length || change.span[0] === change.span[1]);
      if (inserted) {
        out.push(change.text);
        at += change.span[1] - change.span[0];
      }
      if (at >= text.length) break;
      const feed = /^\r?\n([ \t]*)/.exec(text.slice(at, at + 400));
      if (feed === null || isFixed(from + at)) {
        out.push(text[at] ?? '');
        at++;
        continue;
      }
      const [all, white = ''] = feed;
      at += all.length;
      const isBlank = at < text.length ? /[\r\n]/.test(text[at] ?? '') : isLast;
      if (!isBlank) lineIndent = asIndent(white);
      out.push(place.eol + (isBlank ? '' : lineIndent));
    }
  };

  let from = 0;
  for (const [index, part] of code.entries()) {
    const isLast = index === code.length - 1;
    if (typeof part === 'string') {
      pushText(part, from, isLast);
      from += part.length;
      continue;
    }
    out.push(...shifted(file, part, lineIndent));
    from += part[1] - part[0];
    const ended = changes.find(({ span }) => span[0] === from && span[1] === from);
    if (ended !== undefined && typeof code[index + 1] !== 'string') out.push(ended.text);
  }
  return joinCode(out, '');
}

/**
 * A quotation whose further lines move along when the line that it begins on is indented by `indent`, and was by `origin`: what a
 * quotation that is a part of a larger one is given, whose first line it is not.
 */
export function shifted(
  file: ParsedFile,
  quoted: Span,
  indent: string,
  origin = indentAt(file.text, quoted[0]),
): readonly (string | Span)[] {
  const { text } = file;
  if (origin === indent) return [quoted];
  const parts: (string | Span)[] = [];
  let from = quoted[0];
  for (
    let feed = text.indexOf('\n', from);
    feed !== -1 && feed + 1 < quoted[1];
    feed = text.indexOf('\n', feed + 1)
  ) {
    const line = feed + 1;
    const isBlank = /^[ \t]*\r?(?:\n|$)/.test(text.slice(line, line + 400));
    if (isBlank || isIn(feed, fixedIn(file)) || !text.startsWith(origin, line)) continue;
    if (indent.startsWith(origin)) {
      parts.push([from, line], indent.slice(origin.length));
      from = line;
    } else if (origin.startsWith(indent)) {
      parts.push([from, line]);
      from = line + origin.length - indent.length;
    } else {
      parts.push([from, line], indent);
      from = line + origin.length;
    }
  }
  return [...parts, [from, quoted[1]]];
}

/**
 * Indents the lines that begin in a stretch by one more `step`, with an insertion each, so that what others edit on these lines still applies.
 * Lines in templates and drawings in comments stay.
 */
export function indentLines(file: ParsedFile, [start, end]: Span, step: string): readonly Edit[] {
  const { text } = file;
  const edits: Edit[] = [];
  for (
    let feed = text.indexOf('\n', start - 1);
    feed !== -1 && feed + 1 < end;
    feed = text.indexOf('\n', feed + 1)
  ) {
    const line = feed + 1;
    const isBlank = /^[ \t]*\r?(?:\n|$)/.test(text.slice(line, line + 400));
    if (isBlank || isIn(feed, fixedIn(file))) continue;
    edits.push({ file: file.path, span: [line, line], code: [step], once: `indent ${line}` });
  }
  return edits;
}
