import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { FileContext } from '../../transform.ts';

type File = FileContext<unknown>;

/** A loop over a list whose turns wait one after the other. */
export interface ListLoop {
  readonly kind: 'list';
  readonly path: Path<t.ForOfStatement | t.ForStatement>;
  /** The awaits in its turns, those in functions inside left out. */
  readonly awaits: readonly Path<t.AwaitExpression>[];
  /** What it goes over, once: `xs` of `for (const x of xs)`, of `i < xs.length`, and of `for (const [i, x] of xs.entries())`. */
  readonly list: t.Expression;
  /** The name or pattern of the element; undefined in a loop that only has an index. */
  readonly element: t.LVal | undefined;
  /** The name of the index. */
  readonly index: t.Identifier | undefined;
  /** Whether the list is known to be an array by the way it is gone over. */
  readonly isIndexed: boolean;
  readonly body: t.Statement;
  /** The statements of a turn, without the one that only names the element. */
  readonly statements: readonly t.Statement[];
  /** Another loop, or a `Promise.all`, that waits inside of it. */
  readonly inner: t.Node | undefined;
}

/** A loop that waits and goes over no list, or a chain of callbacks. */
export interface OtherLoop {
  readonly kind: 'other';
  readonly path: Path;
  readonly what: string;
  /** Why it stays, and what to do by hand. */
  readonly why: string;
}

export type AwaitingLoop = ListLoop | OtherLoop;

const FUNCTION = /^(Function|Arrow|ObjectMethod|Class(Method|PrivateMethod|Property|PrivateProperty)|StaticBlock|TSModuleBlock)/;
const LOOP = /^(For|While|DoWhile)/;

/** What is awaited, without what is read from it. */
function isCall(node: t.Node): boolean {
  switch (node.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
      return true;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isCall(node.object);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return isCall(node.expression);
    case 'ConditionalExpression':
      return isCall(node.consequent) || isCall(node.alternate);
    case 'LogicalExpression':
      return isCall(node.left) || isCall(node.right);
    default:
      return false;
  }
}

/** The loops around an await in its function, the innermost first, as far as the await is part of their turns. */
function loopsAround(path: Path): readonly Path[] {
  const found: Path[] = [];
  for (let at: Path = path; at.parent !== null && !FUNCTION.test(at.node.type); at = at.parent) {
    if (LOOP.test(at.parent.node.type) && /^(body|test|update)$/.test(at.key)) found.push(at.parent);
  }
  return found;
}

const nameOfCallee = (node: t.Node): string => {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return '';
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return '';
  const { object, property } = callee;
  const name = property.type === 'Identifier' && !callee.computed ? property.name : '';
  return object.type === 'Identifier' && object.name === 'Promise' ? `Promise.${name}` : name;
};

/** Whether what is awaited lets calls overlap already. */
const isTogether = (node: t.Node): boolean => /^(Promise\.(all|allSettled|any|race)|pMap|pAll|mapLimit|eachLimit)$/.test(nameOfCallee(node));

/** The loops of a file whose turns wait for a call, in the order of their text. */
export function awaitingLoops(file: File): readonly AwaitingLoop[] {
  const awaits = new Map<Path, Path<t.AwaitExpression>[]>();
  const inner = new Map<Path, t.Node>();
  for (const path of file.find('AwaitExpression')) {
    const { argument } = path.node;
    if (!isCall(argument)) continue;
    const [first, ...others] = loopsAround(path);
    if (first === undefined) continue;
    for (const outer of others) {
      inner.set(outer, first.node);
      awaits.set(outer, awaits.get(outer) ?? []);
    }
    awaits.set(first, [...(awaits.get(first) ?? []), path]);
    if (isTogether(argument)) inner.set(first, argument);
  }
  const found: AwaitingLoop[] = [];
  for (const [path, own] of awaits) {
    const loop = describe(file, path, own, inner.get(path));
    if (loop !== undefined) found.push(loop);
  }
  return [...found, ...chains(file)].toSorted((a, b) => (a.path.node.start ?? 0) - (b.path.node.start ?? 0));
}

function describe(
  file: File,
  path: Path,
  awaits: readonly Path<t.AwaitExpression>[],
  inner: t.Node | undefined,
): AwaitingLoop | undefined {
  const other = (what: string, why: string): OtherLoop => ({ kind: 'other', path, what, why });
  if (isNode(path, 'ForOfStatement')) {
    const { left, right } = path.node;
    const element = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined;
    if (element === undefined || (left.type === 'VariableDeclaration' && /using|var/.test(left.kind)))
      return other('a loop', 'its element is a variable of the code around it, which every turn sets: declare it in the loop');
    return { kind: 'list', path, awaits, inner, ...entriesOf(right, element as t.LVal), body: path.node.body, statements: statementsOf(path.node.body) };
  }
  if (isNode(path, 'ForStatement')) {
    const indexed = indexedOf(file, path);
    if (indexed !== undefined) return { kind: 'list', path, awaits, inner, ...indexed };
    // Slices of a list, all of a slice at once: that is a bound.
    if (inner !== undefined && awaits.every(({ node }) => isTogether(node.argument))) return undefined;
    return other('a counting loop', whyCounts(file, path, awaits));
  }
  if (isNode(path, 'ForInStatement'))
    return other('a loop over keys', 'it goes over the keys of an object: go over `Object.keys(…)` with `for…of`, and its turns can be looked at');
  const [first] = awaits;
  const call = first === undefined ? 'its calls' : `\`${nameOfCallee(first.node.argument) || 'what it waits for'}\``;
  return other(
    'a `while` loop',
    `whether there is another turn is decided by the turn before, as in paging, polling and retrying: ask for more at a time in ${call}, or for the next part while this one is worked on`,
  );
}

const statementsOf = (body: t.Statement): readonly t.Statement[] => (body.type === 'BlockStatement' ? body.body : [body]);

/** The list, the element and the index of `for (const [i, x] of xs.entries())`, else those that are written. */
function entriesOf(right: t.Expression, element: t.LVal): Pick<ListLoop, 'list' | 'element' | 'index' | 'isIndexed'> {
  const plain = { list: right, element, index: undefined, isIndexed: false };
  if (right.type !== 'CallExpression' || nameOfCallee(right) !== 'entries' || right.arguments.length > 0) return plain;
  const { callee } = right;
  if (callee.type !== 'MemberExpression' || element.type !== 'ArrayPattern' || element.elements.length !== 2) return plain;
  const [index, one] = element.elements;
  if (index?.type !== 'Identifier' || one == null || one.type === 'RestElement') return plain;
  return { list: callee.object as t.Expression, element: one as t.LVal, index, isIndexed: false };
}

const isNamed = (node: t.Node | null | undefined, name: string): boolean => node?.type === 'Identifier' && node.name === name;

/** Whether reading the expression again gives the same value: names and plain members. */
export const isPlainName = (node: t.Node): boolean =>
  node.type === 'Identifier' ||
  node.type === 'ThisExpression' ||
  (node.type === 'MemberExpression' && !node.computed && isPlainName(node.object));

/** `for (let i = 0; i < xs.length; i++)`. */
function indexedOf(
  file: File,
  path: Path<t.ForStatement>,
): Pick<ListLoop, 'list' | 'element' | 'index' | 'isIndexed' | 'body' | 'statements'> | undefined {
  const { init, test, update, body } = path.node;
  if (init?.type !== 'VariableDeclaration' || init.kind === 'var' || test?.type !== 'BinaryExpression') return undefined;
  const [counter, length, more] = init.declarations;
  if (more !== undefined || counter?.id.type !== 'Identifier' || counter.init?.type !== 'NumericLiteral' || counter.init.value !== 0)
    return undefined;
  const { name } = counter.id;
  let limit: t.Node = test.right;
  if (length !== undefined) {
    if (length.id.type !== 'Identifier' || !isNamed(limit, length.id.name) || length.init == null) return undefined;
    limit = length.init;
  }
  if (test.operator !== '<' || !isNamed(test.left, name) || limit.type !== 'MemberExpression' || limit.computed) return undefined;
  if (!isNamed(limit.property, 'length') || !isPlainName(limit.object)) return undefined;
  const isNext =
    (update?.type === 'UpdateExpression' && update.operator === '++' && isNamed(update.argument, name)) ||
    (update?.type === 'AssignmentExpression' &&
      update.operator === '+=' &&
      isNamed(update.left, name) &&
      update.right.type === 'NumericLiteral' &&
      update.right.value === 1);
  if (!isNext) return undefined;
  const list = limit.object as t.Expression;
  const statements = statementsOf(body);
  const common = { list, index: counter.id, isIndexed: true, body };
  const [first] = statements;
  const declared = first?.type === 'VariableDeclaration' && first.kind === 'const' && first.declarations.length === 1 ? first.declarations[0] : undefined;
  const isElement =
    declared?.init?.type === 'MemberExpression' &&
    declared.init.computed &&
    isNamed(declared.init.property, name) &&
    file.textOf(declared.init.object) === file.textOf(list) &&
    !('typeAnnotation' in declared.id && declared.id.typeAnnotation != null);
  return isElement && declared !== undefined
    ? { ...common, element: declared.id as t.LVal, statements: statements.slice(1) }
    : { ...common, element: undefined, statements };
}

const textsOf = (file: File, awaits: readonly Path<t.AwaitExpression>[]): string => awaits.map(({ node }) => file.textOf(node)).join(' ');

function whyCounts(file: File, path: Path<t.ForStatement>, awaits: readonly Path<t.AwaitExpression>[]): string {
  const head = file.text.slice(path.node.start ?? 0, path.node.body.start ?? 0);
  if (/attempt|retr|tries|try/i.test(head)) return 'it tries again until it succeeds: that is its purpose';
  if (/page|offset|cursor|skip/i.test(`${head} ${textsOf(file, awaits)}`))
    return 'it asks for one page after the other: ask for the number of pages first, then for the pages together';
  return 'it goes over no list that is known: make the list first, as by `Array.from({ length }, …)`, and go over it with `for…of`';
}

/** `forEach` and `reduce` with async callbacks. */
function* chains(file: File): Generator<OtherLoop> {
  for (const path of file.find('CallExpression')) {
    const name = nameOfCallee(path.node);
    if (name !== 'reduce' && name !== 'reduceRight') continue;
    const [callback] = path.node.arguments;
    if (callback === undefined || !/Function/.test(callback.type) || !('params' in callback)) continue;
    const first = callback.params[0];
    if (first?.type !== 'Identifier') continue;
    const inside = (node: t.Node): boolean => (node.start ?? 0) >= (callback.start ?? 0) && (node.end ?? 0) <= (callback.end ?? 0);
    const waits =
      ('async' in callback && callback.async === true && file.find('AwaitExpression').some(({ node }) => inside(node) && isNamed(node.argument, first.name))) ||
      file
        .find('CallExpression')
        .some(({ node }) => inside(node) && nameOfCallee(node) === 'then' && node.callee.type === 'MemberExpression' && isNamed(node.callee.object, first.name));
    if (!waits) continue;
    yield {
      kind: 'other',
      path,
      what: 'a chain by `reduce`',
      why: 'each call begins when the one before is done, through what `reduce` hands on: if no call needs it, use `map` inside of `Promise.all` or `pMap`, else write it as a `for…of` loop',
    };
  }
}

/** The body of the file's text between two offsets, in one line and shortened. */
export function shortText(file: File, node: t.Node, most = 50): string {
  const text = file.textOf(node).replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
