import { joinCode, outerSpanOf } from '../edits/code.ts';
import { spanOf, type Code, type Span } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { hasCommentIn } from './comments.ts';
import { indexOf } from './find.ts';
import { builders } from './builders.ts';
import type { ParsedFile } from './file.ts';
import { parsePiece } from './parse.ts';
import { isExpressionPlace, needsParentheses } from './precedence.ts';
import { styleOf } from './style.ts';

/** A node made by jscodeshift's builders. */
export interface BuilderNode {
  readonly type: string;
}

type Loose = Record<string, unknown> & BuilderNode;

const isNode = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** A name that stands for something in printed code; none of the file's own names begins like it. */
const MARK = /\$hasten(\d+)\$/;

/** What is printed for a stand-in, with all that its kind of node adds around its name. */
const PRINTED =
  /\{\s*\$hasten(\d+)\$b;\s*\}|<\$hasten(\d+)\$ \/>|\{\$hasten(\d+)\$c\}|\.\.\.\$hasten(\d+)\$s|: \$hasten(\d+)\$t|\$hasten(\d+)\$e;?|\$hasten(\d+)\$/g;

/** Properties that are not part of what a node says. */
const NOT_PRINTED = new Set([
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'original',
  'tokens',
]);

/** Nodes that cannot be exchanged for a stand-in, but what they hold can. */
const OPENED =
  /^(?:JSXOpening|JSXClosing|CatchClause|SwitchCase|Directive|Decorator|TypeParameter|TSTypeParameter|PrivateName|File|Program|ClassBody|TSInterfaceBody|VariableDeclarator|InterpreterDirective|Import\w*Specifier|Export\w*Specifier)/;

/** The node that is printed in place of one that is quoted. */
function standInFor(node: Loose, key: string, parent: Loose, name: string): Loose | undefined {
  const j = builders();
  const { type } = node;
  if (OPENED.test(type)) return undefined;
  if (type === 'BlockStatement')
    return { ...j.blockStatement([j.expressionStatement(j.identifier(`${name}b`))]) };
  if (type === 'JSXText') return { ...j.jsxText(name) };
  if (type === 'JSXExpressionContainer') return { ...j.jsxExpressionContainer(j.identifier(`${name}c`)) };
  if (type === 'JSXAttribute' || type === 'JSXSpreadAttribute')
    return { ...j.jsxAttribute(j.jsxIdentifier(name)) };
  if (type.startsWith('JSX') && parent.type.startsWith('JSX')) {
    if (type === 'JSXIdentifier') return { ...j.jsxIdentifier(name) };
    if (type === 'JSXElement' || type === 'JSXFragment') {
      return { ...j.jsxElement(j.jsxOpeningElement(j.jsxIdentifier(name), [], true)) };
    }
    return undefined;
  }
  if (parent.type === 'JSXAttribute') return undefined;
  if (type === 'TSTypeAnnotation' || type === 'TypeAnnotation') {
    return { ...j.tsTypeAnnotation(j.tsTypeReference(j.identifier(`${name}t`))) };
  }
  if (/^TS\w+(?:Type|Keyword|Reference|Query|Predicate|Operator|Literal)$/.test(type)) {
    return { ...j.tsTypeReference(j.identifier(name)) };
  }
  if (/^(?:Object(?:Property|Method)|SpreadElement|RestElement)$/.test(type)) {
    return { ...j.spreadElement(j.identifier(`${name}s`)) };
  }
  if (/^Class(?:Private)?(?:Method|Property|AccessorProperty)$|^StaticBlock$/.test(type)) {
    return { ...j.classProperty(j.identifier(`${name}e`), null) };
  }
  const isStatement =
    /(?:Statement|Declaration)$/.test(type) &&
    !(parent.type.startsWith('For') && (key === 'init' || key === 'left'));
  if (isStatement && parent.type !== 'ExportNamedDeclaration' && parent.type !== 'ExportDefaultDeclaration') {
    return { ...j.expressionStatement(j.identifier(`${name}e`)) };
  }
  if (isStatement || (/^(?:TS|Flow)/.test(type) && !type.endsWith('Expression'))) return undefined;
  return { ...j.identifier(name) };
}

/** The text of a quotation of `node` in the place that `built` gives it: its parentheses only where they are needed. */
function quotation(file: ParsedFile, node: t.Node, built: Path): Code {
  const inner = spanOf(node);
  const outer = outerSpanOf(node);
  const hasComment = hasCommentIn(file, [outer[0], inner[0]]) || hasCommentIn(file, [inner[1], outer[1]]);
  if (hasComment) return joinCode([outer], '');
  if (!isExpressionPlace(built)) return joinCode([inner], '');
  if (!needsParentheses(node, built)) return joinCode([inner], '');
  return outer[0] < inner[0] ? joinCode([outer], '') : joinCode(['(', inner, ')'], '');
}

/** Objects that fit on one line are written on one line, as people do; recast gives each property its own. */
const ONE_LINE = 80;

function joinedObjects(file: ParsedFile, printed: string): string {
  const around = `(async function* () { (${printed}\n)})`;
  const asStatements = `(async function* () { ${printed}\n})`;
  const whole = [around, asStatements, printed].find((text) => parsePiece(file.path, text) !== undefined);
  const tree = whole === undefined ? undefined : parsePiece(file.path, whole);
  if (whole === undefined || tree === undefined) return printed;
  const shift = whole.indexOf(printed);
  const index = indexOf(tree, whole);
  const gaps: { start: number; end: number; text: string }[] = [];
  for (const { node } of index.find('ObjectExpression')) {
    const [start, end] = spanOf(node);
    const source = whole.slice(start, end);
    if (!source.includes('\n') || /`|=>|\bfunction\b|\/[/*]|\$b\b/.test(source)) continue;
    const ends = [start + 1, ...node.properties.map((property) => spanOf(property)[1])];
    const starts = [...node.properties.map((property) => spanOf(property)[0]), end - 1];
    if (node.properties.some((property) => property.type === 'ObjectMethod')) continue;
    const oneLine = source.replace(/,\s*\n\s*\}/g, ' }').replace(/\s*\n\s*/g, ' ');
    if (oneLine.length > ONE_LINE) continue;
    for (const [place, from] of ends.entries()) {
      const to = starts[place] ?? end;
      gaps.push({ start: from, end: to, text: place === 0 || place === ends.length - 1 ? ' ' : ', ' });
    }
  }
  let out = whole;
  for (const { start, end, text } of gaps.sort((a, b) => b.start - a.start))
    out = out.slice(0, start) + text + out.slice(end);
  return out.slice(shift, out.length - (whole.length - shift - printed.length));
}

const parsedNodes = new WeakMap<ParsedFile, ReadonlySet<unknown>>();

/** The nodes that were parsed from `file`; a copy of one is none of them. */
function nodesOf(file: ParsedFile): ReadonlySet<unknown> {
  const nodes = parsedNodes.get(file) ?? new Set<unknown>(file.paths.map((path) => path.node));
  parsedNodes.set(file, nodes);
  return nodes;
}

/**
 * The code of a node made by jscodeshift's builders. Nodes of `file` that it holds are quoted byte for byte, with
 * parentheses where their new place needs them; the rest is printed in the file's quotes, indentation and line endings.
 */
export function codeOf(node: BuilderNode, file: ParsedFile): Code {
  const parsed = nodesOf(file);
  if (parsed.has(node)) return joinCode([outerSpanOf(node as t.Node)], '');
  const fillings: Code[] = [];
  const mark = (filling: Code): string => `$hasten${fillings.push(filling) - 1}$`;

  const copy = (one: Loose, parent: Path | null, key: string, index: number | null): Loose => {
    const path = { node: one, parent, key, index } as unknown as Path;
    if (one.type === 'TemplateElement') {
      const { raw } = one['value'] as { raw: string };
      const filling = parsed.has(one)
        ? joinCode([spanOf(one as unknown as t.Node)], '')
        : joinCode([raw], '');
      const name = mark(filling);
      return { ...one, value: { raw: name, cooked: name } };
    }
    if (parsed.has(one) && parent !== null) {
      const standIn = standInFor(one, key, parent.node as unknown as Loose, `$hasten${fillings.length}$`);
      if (standIn !== undefined) {
        fillings.push(quotation(file, one as unknown as t.Node, path));
        return standIn;
      }
    }
    const copied: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(one)) {
      if (NOT_PRINTED.has(name)) continue;
      copied[name] = Array.isArray(value)
        ? value.map((item: unknown, place) =>
            isNode(item) && name !== 'comments' ? copy(item, path, name, place) : item,
          )
        : isNode(value)
          ? copy(value, path, name, null)
          : value;
    }
    // A shorthand whose value is not the name of its key any more has to say both.
    if (one.type === 'ObjectProperty' || one.type === 'Property')
      copied['shorthand'] = one['shorthand'] === true && isSameName(one);
    return copied as Loose;
  };

  const { quote, indent, eol, trailingComma } = styleOf(file);
  const printed = builders()(copy(node as Loose, null, '', null) as never).toSource({
    quote: quote === '"' ? 'double' : 'single',
    useTabs: indent.startsWith('\t'),
    tabWidth: indent.startsWith('\t') ? 4 : indent.length,
    lineTerminator: '\n',
    // Where lines break is decided by who formats the file, and not by the length of our stand-ins.
    wrapColumn: 100_000,
    trailingComma,
    objectCurlySpacing: true,
    arrowParensAlways: true,
  });
  return filled(joinedObjects(file, printed), fillings, eol);
}

function isSameName(property: Loose): boolean {
  const { key, value } = property as unknown as {
    key: { name?: string };
    value: { name?: string; left?: { name?: string } };
  };
  const name = value.name ?? value.left?.name;
  return name !== undefined && key.name === name;
}

/** `printed` with each stand-in exchanged for what it stands for. */
function filled(printed: string, fillings: readonly Code[], eol: string): Code {
  const parts: (string | Span)[] = [];
  let from = 0;
  for (const match of printed.matchAll(PRINTED)) {
    const place = MARK.exec(match[0])?.[1];
    parts.push(printed.slice(from, match.index).replaceAll('\n', eol), ...(fillings[Number(place)] ?? []));
    from = match.index + match[0].length;
  }
  parts.push(printed.slice(from).replaceAll('\n', eol));
  return joinCode(parts, '');
}
