/** What the value that a query compares with depends on, and the values of all turns. */
import { firstAt, runWith } from '../concurrency/index.ts';
import { spanOf } from '../edits/edit.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { Binding } from '../syntax/scopes.ts';
import { singular } from './names.ts';
import { rewritten } from './objects.ts';
import type { RowLoop } from './loops.ts';
import type { File, Replacement } from './query.ts';

/** What an expression in a turn depends on. */
export type Dependence =
  /** Nothing of the turn: it is the same in all of them. */
  | { readonly on: 'nothing' }
  /** The element: `text` says it by `parameter`, as a callback over the list would. */
  | {
      /** The expression itself, and the values of the names in it that are made in the turn. */
      readonly sources: readonly t.Node[];
      readonly on: 'element';
      readonly walk: RowLoop;
      readonly parameter: string;
      readonly text: string;
      readonly isElement: boolean;
    }
  /** A row that another query of the turn gave, or rows of it that an inner walk goes over. */
  | {
      readonly sources: readonly t.Node[];
      readonly on: 'row';
      readonly result: Binding;
      readonly parameter: string;
      readonly text: string;
    }
  | { readonly on: 'other'; readonly why: string; readonly at: t.Node };

export const contains = (outer: t.Node, inner: t.Node): boolean =>
  (outer.start ?? 0) <= (inner.start ?? 0) && (inner.end ?? 0) <= (outer.end ?? 0);

/** Expressions whose value is told by the values in them. */
const PLAIN =
  /^(Identifier|MemberExpression|OptionalMemberExpression|TSNonNullExpression|TSAsExpression|StringLiteral|NumericLiteral|NullLiteral|BooleanLiteral|TemplateLiteral|TemplateElement|LogicalExpression|ThisExpression|TS\w+|ParenthesizedExpression)$/;

/** Whether a call only makes a text or number of what it is given. */
function isConversion({ callee, arguments: args }: t.CallExpression): boolean {
  if (callee.type === 'Identifier') return /^(String|Number|BigInt)$/.test(callee.name) && args.length === 1;
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    /^(toString|toHexString|trim|toLowerCase)$/.test(callee.property.name) &&
    args.length === 0
  );
}

/** The part of an expression that is more than a value told by names and members: a call, an assignment. */
export function complicatedPart(file: File, expression: t.Node): t.Node | undefined {
  for (const { node } of runWith(file, expression)) {
    if (PLAIN.test(node.type) || (node.type === 'CallExpression' && isConversion(node))) continue;
    return node;
  }
  return undefined;
}

/** Everything below a node and the node itself, functions inside of it too. */
export function* nodesIn(file: File, node: t.Node): Generator<Path> {
  for (let at = firstAt(file, node.start ?? 0); at < file.paths.length; at++) {
    const path = file.paths[at];
    if (path === undefined || (path.node.start ?? 0) >= (node.end ?? 0)) return;
    if (contains(node, path.node)) yield path;
  }
}

/** A name in code, and what it is bound to. */
export interface Name {
  readonly path: Path<t.Identifier>;
  readonly binding: Binding | undefined;
}

/** Whether a place in an expression is in a type. */
function isInType(path: Path, expression: t.Node): boolean {
  for (let at: Path | null = path; at !== null && at.node !== expression; at = at.parent)
    if (at.node.type.startsWith('TS') && !/^TS(NonNull|As|Satisfies)Expression$/.test(at.node.type))
      return true;
  return false;
}

/** The names that an expression reads, with what each is bound to. */
export function* namesIn(file: File, expression: t.Node): Generator<Name> {
  for (const path of nodesIn(file, expression)) {
    if (!isNode(path, 'Identifier') || isInType(path, expression)) continue;
    const isProperty =
      (path.key === 'property' &&
        isNode(path.parent, 'MemberExpression', 'OptionalMemberExpression') &&
        !path.parent.node.computed) ||
      (path.key === 'key' && isNode(path.parent, 'ObjectProperty') && !path.parent.node.computed);
    if (!isProperty) yield { path, binding: file.scopes.lookup(path, path.node.name) };
  }
}

/** Whether a name is set inside of a walk, so that it may be another thing in each turn. */
const isSetIn = (walk: RowLoop, binding: Binding): boolean =>
  binding.writes.some(({ node }) => contains(walk.path.node, node) && node !== binding.identifier.node);

/** Whether the value of an expression is the same in all turns of a walk, as far as names tell; else the name that is not. */
export function varyingName(
  file: File,
  expression: t.Node,
  walk: RowLoop,
  except: readonly t.Node[] = [],
  own: t.Node = expression,
): t.Identifier | undefined {
  for (const { path, binding } of namesIn(file, expression)) {
    if (binding === undefined || except.some((one) => contains(one, path.node))) continue;
    // What a function inside of the expression declares is its own.
    if (contains(own, binding.identifier.node)) continue;
    const declared = binding.identifier.node;
    const isInTurn = contains(walk.path.node, declared) && !contains(walk.list, declared);
    if (isInTurn || isSetIn(walk, binding)) return path.node;
  }
  return undefined;
}

/** The text of a pattern or name without its type. */
function patternText(file: File, pattern: t.Node): string {
  const annotation = 'typeAnnotation' in pattern ? pattern.typeAnnotation : undefined;
  return annotation == null || typeof annotation !== 'object'
    ? file.textOf(pattern)
    : file.text.slice(spanOf(pattern)[0], spanOf(annotation)[0]).trimEnd();
}

/** The parameter that stands for the element of a walk in a callback that reads some names. */
export function parameterOf(
  file: File,
  { element, list, path }: RowLoop,
  names: ReadonlySet<string>,
): string {
  if (element?.type === 'ObjectPattern') {
    const needed = element.properties.filter(
      (one) => one.type === 'ObjectProperty' && one.value.type === 'Identifier' && names.has(one.value.name),
    );
    if (needed.length === names.size && needed.length > 0)
      return `{ ${needed.map((one) => file.textOf(one)).join(', ')} }`;
  }
  if (element !== undefined) return patternText(file, element);
  const name =
    list.type === 'Identifier'
      ? list.name
      : list.type === 'MemberExpression' && list.property.type === 'Identifier'
        ? list.property.name
        : 'elements';
  const one = singular(name);
  const isFree = one !== name && file.scopes.lookup(path, one) === undefined;
  return isFree ? one : file.scopes.lookup(path, 'element') === undefined ? 'element' : `${one}Element`;
}

/** The results of queries of the turn that are asked for all turns at once: one row each, or many that a walk may go over. */
export type Results = ReadonlyMap<Binding, 'one' | 'many'>;

const NO_RESULTS: Results = new Map();

interface Reading {
  readonly file: File;
  readonly walks: readonly RowLoop[];
  readonly results: Results;
}

/** How one name of an expression is written outside of the turn. */
type Written =
  | { readonly kind: 'same' }
  | { readonly kind: 'element'; readonly walk: RowLoop }
  | {
      readonly kind: 'inline';
      readonly value: t.Expression;
      readonly member: string | undefined;
      /** The pattern that takes the member. */
      readonly taken?: t.Node;
    }
  | { readonly kind: 'row'; readonly result: Binding; readonly walk: RowLoop | undefined }
  | { readonly kind: 'other'; readonly why: string };

const isElementOf = ({ element }: RowLoop, { identifier }: Binding): boolean =>
  element !== undefined && contains(element, identifier.node);

/** What a result is bound by: `const user = await …`. */
function resultBinding(file: File, list: t.Expression): Binding | undefined {
  return list.type === 'Identifier' ? file.scopes.lookup(file.pathOf<t.Node>(list), list.name) : undefined;
}

function writtenName(
  { file, walks, results }: Reading,
  { path, binding }: { path: Path<t.Identifier>; binding: Binding | undefined },
): Written {
  const outermost = walks.at(-1);
  if (binding === undefined || outermost === undefined) return { kind: 'same' };
  const given = results.get(binding);
  if (given === 'one') return { kind: 'row', result: binding, walk: undefined };
  if (given === 'many')
    return {
      kind: 'other',
      why: `\`${binding.name}\` holds all rows of a query of the turn, of which it takes a part`,
    };
  for (const walk of walks) {
    if (isElementOf(walk, binding)) {
      if (isSetIn(walk, binding))
        return { kind: 'other', why: `\`${binding.name}\` is set again in the turn` };
      const from = resultBinding(file, walk.list);
      return from !== undefined && results.get(from) === 'many'
        ? { kind: 'row', result: from, walk }
        : { kind: 'element', walk };
    }
    if (walk.index === binding.name && contains(walk.path.node, binding.identifier.node)) {
      const { parent, key } = path;
      const isTaken =
        isNode(parent, 'MemberExpression') &&
        key === 'property' &&
        parent.node.computed &&
        file.textOf(parent.node.object) === file.textOf(walk.list);
      return isTaken
        ? { kind: 'element', walk }
        : { kind: 'other', why: `it needs the number of the turn, \`${binding.name}\`` };
    }
  }
  if (!walks.some((walk) => contains(walk.path.node, binding.identifier.node))) {
    const setter = walks.find((walk) => isSetIn(walk, binding));
    return setter === undefined
      ? { kind: 'same' }
      : { kind: 'other', why: `\`${binding.name}\` changes from turn to turn` };
  }
  const { declaration } = binding;
  if (binding.kind !== 'const' || !isNode(declaration, 'VariableDeclarator') || declaration.node.init == null)
    return { kind: 'other', why: `\`${binding.name}\` is made in the turn` };
  const { id, init } = declaration.node;
  if (complicatedPart(file, init) !== undefined)
    return { kind: 'other', why: `\`${binding.name}\` is computed in the turn` };
  if (id.type === 'Identifier') return { kind: 'inline', value: init, member: undefined };
  const property =
    id.type === 'ObjectPattern'
      ? id.properties.find(
          (one): one is t.ObjectProperty =>
            one.type === 'ObjectProperty' && one.value === binding.identifier.node,
        )
      : undefined;
  return property?.key.type === 'Identifier' && !property.computed
    ? { kind: 'inline', value: init, member: property.key.name, taken: id }
    : { kind: 'other', why: `\`${binding.name}\` is taken apart in the turn` };
}

interface Found {
  readonly text: string;
  readonly walks: ReadonlySet<RowLoop>;
  readonly rows: ReadonlySet<Binding>;
  readonly names: ReadonlySet<string>;
  /** The name that a row of another query has in the text. */
  readonly row: string | undefined;
  readonly sources: readonly t.Node[];
}

/** Writes an expression of a turn so that it can stand in a callback over the list, or tells why it cannot. */
function writtenOut(
  reading: Reading,
  expression: t.Node,
  depth: number,
): Found | { readonly why: string; readonly at: t.Node } {
  const { file } = reading;
  const replacements: Replacement[] = [];
  const walks = new Set<RowLoop>();
  const rows = new Set<Binding>();
  const names = new Set<string>();
  const sources: t.Node[] = [expression];
  let row: string | undefined;
  for (const one of namesIn(file, expression)) {
    const { node, parent } = one.path;
    const written = writtenName(reading, one);
    if (written.kind === 'same') continue;
    if (written.kind === 'other') return { why: written.why, at: node };
    if (written.kind === 'element') {
      walks.add(written.walk);
      if (one.binding !== undefined && isElementOf(written.walk, one.binding)) names.add(node.name);
      else if (parent !== null)
        replacements.push({ at: parent.node, by: parameterOf(file, written.walk, new Set()) });
      continue;
    }
    if (written.kind === 'row') {
      rows.add(written.result);
      row = node.name;
      continue;
    }
    if (depth > 4) return { why: `\`${node.name}\` is computed in several steps`, at: node };
    const inner = writtenOut(reading, written.value, depth + 1);
    if ('why' in inner) return inner;
    for (const walk of inner.walks) walks.add(walk);
    for (const result of inner.rows) rows.add(result);
    for (const name of inner.names) names.add(name);
    sources.push(...inner.sources, ...(written.taken === undefined ? [] : [written.taken]));
    row ??= inner.row;
    const needsParentheses =
      !/^(Identifier|MemberExpression|OptionalMemberExpression|CallExpression|\w+Literal|ThisExpression)$/.test(
        written.value.type,
      );
    const text = needsParentheses ? `(${inner.text})` : inner.text;
    replacements.push({ at: node, by: written.member === undefined ? text : `${text}.${written.member}` });
  }
  return { text: rewritten(file, expression, replacements), walks, rows, names, row, sources };
}

/** A default in a pattern that does more than name a value: it would be evaluated once more. */
function computedDefault(file: File, pattern: t.Node): t.Node | undefined {
  for (const { node } of nodesIn(file, pattern))
    if (node.type === 'AssignmentPattern' && complicatedPart(file, node.right) !== undefined)
      return node.right;
  return undefined;
}

/** What `expression` in the turns of `walks`, the innermost first, depends on. */
export function dependenceOf(
  file: File,
  expression: t.Node,
  walks: readonly RowLoop[],
  results: Results = NO_RESULTS,
  own: t.Node = expression,
): Dependence {
  const outermost = walks.at(-1);
  if (outermost === undefined || varyingName(file, expression, outermost, [], own) === undefined)
    return { on: 'nothing' };
  const part = complicatedPart(file, expression);
  if (part !== undefined)
    return {
      on: 'other',
      why: `it is more than a name or a property: \`${short(file.textOf(part))}\``,
      at: part,
    };
  const found = writtenOut({ file, walks, results }, expression, 0);
  if ('why' in found) return { on: 'other', ...found };
  const [result, ...otherResults] = found.rows;
  const [walk, ...otherWalks] = found.walks;
  if (result !== undefined) {
    if (otherResults.length > 0 || walk !== undefined || found.row === undefined)
      return { on: 'other', why: 'it is made of rows of several queries', at: expression };
    return { on: 'row', result, parameter: found.row, text: found.text, sources: found.sources };
  }
  if (walk === undefined) return { on: 'nothing' };
  if (otherWalks.length > 0)
    return { on: 'other', why: 'it is made of the elements of two lists', at: expression };
  const computed = walk.element === undefined ? undefined : computedDefault(file, walk.element);
  if (computed !== undefined)
    return {
      on: 'other',
      why: `the element has a default that is computed: \`${short(file.textOf(computed))}\``,
      at: computed,
    };
  const parameter = parameterOf(file, walk, found.names);
  const { text, sources } = found;
  return { on: 'element', walk, parameter, text, isElement: text === parameter, sources };
}

/** A text shortened for a sentence. */
export const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
