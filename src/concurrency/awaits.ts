import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

/** One `await` of a statement that is reached whenever the statement is, before anything that is left out conditionally. */
export interface AwaitedCall {
  readonly path: Path<t.AwaitExpression>;
  /** What is awaited: its call. */
  readonly call: t.Expression;
  /**
   * What becomes of the result: bound to names by a declaration, assigned, dropped, taken apart by a `Promise.all` that stands there
   * already, or used inside of a larger expression.
   */
  readonly use: 'bound' | 'assigned' | 'dropped' | 'all' | 'inside';
  /** The pattern or name that is bound or assigned. */
  readonly target?: t.LVal;
  /** The code that is asked about: the declarator, the statement, or the `await` alone. */
  readonly unit: t.Node;
}

/** A statement of a list, as far as its awaits go. */
export interface Step {
  readonly statement: t.Statement;
  readonly awaited: readonly AwaitedCall[];
  /** The code that leaves the list, or hands control away, from inside of the statement. */
  readonly exit: t.Node | undefined;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
  'ClassDeclaration',
  'ClassExpression',
]);

/** The nodes below `path` that run with it, itself included; what is inside of functions and classes is left out. */
export function* runWith(file: FileContext<unknown>, node: t.Node): Generator<Path> {
  const [start, end] = [node.start ?? 0, node.end ?? 0];
  const root: Path = file.pathOf(node);
  const from = firstAt(file, start);
  for (let at = from; at < file.paths.length; at++) {
    const path = file.paths[at];
    if (path === undefined || (path.node.start ?? 0) >= end) break;
    if (!isBelow(path, root)) continue;
    yield path;
  }
}

function isBelow(path: Path, root: Path): boolean {
  for (let at: Path | null = path; at !== null; at = at.parent) {
    if (at === root) return true;
    if (
      at.parent !== null &&
      FUNCTIONS.has(at.parent.node.type) &&
      at.key !== 'key' &&
      at.key !== 'superClass'
    )
      return false;
  }
  return false;
}

/** The place in the list of all paths of the first that begins at or after `offset`. */
export function firstAt(file: FileContext<unknown>, offset: number): number {
  let low = 0;
  let high = file.paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.paths[middle]?.node.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an expression asks for work to be done: only then can it overlap with another. */
function isCall(node: t.Node): boolean {
  switch (node.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return true;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isCall(node.object);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return isCall(node.expression);
    default:
      return false;
  }
}

/** Whether the child at `key` of `parent` may be left out when `parent` is evaluated. */
function isConditional(parent: t.Node, key: string): boolean {
  switch (parent.type) {
    case 'LogicalExpression':
      return key === 'right';
    case 'ConditionalExpression':
      return key !== 'test';
    case 'AssignmentExpression':
      return key === 'right' && /^(\|\||&&|\?\?)=$/.test(parent.operator);
    case 'AssignmentPattern':
      return key === 'right';
    case 'OptionalCallExpression':
      return key !== 'callee';
    case 'OptionalMemberExpression':
      return key !== 'object';
    default:
      return false;
  }
}

/** The expressions of a statement that are evaluated first and whatever happens: what its awaits may be lifted out of. */
function headsOf(statement: t.Statement): readonly t.Node[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ init }) => init ?? []);
    case 'ExpressionStatement':
      return [statement.expression];
    case 'ReturnStatement':
    case 'ThrowStatement':
      return statement.argument == null ? [] : [statement.argument];
    case 'IfStatement':
      return [statement.test];
    case 'SwitchStatement':
      return [statement.discriminant];
    case 'ForOfStatement':
    case 'ForInStatement':
      return [statement.right];
    case 'ExportNamedDeclaration':
      return statement.declaration?.type === 'VariableDeclaration' ? headsOf(statement.declaration) : [];
    default:
      return [];
  }
}

const hasAwait = (file: FileContext<unknown>, node: t.Node): boolean => {
  for (const { node: one } of runWith(file, node)) if (one.type === 'AwaitExpression') return true;
  return false;
};

/** The awaits below the heads of a statement that are evaluated whenever it is. */
function insideOf(file: FileContext<unknown>, statement: t.Statement): readonly AwaitedCall[] {
  const found: AwaitedCall[] = [];
  for (const head of headsOf(statement)) {
    for (const path of runWith(file, head)) {
      if (!isNode(path, 'AwaitExpression')) continue;
      const call = path.node.argument;
      if (!isCall(call) || hasAwait(file, call)) continue;
      let isAlways = true;
      for (let at: Path = path; at.node !== head && at.parent !== null; at = at.parent)
        if (isConditional(at.parent.node, at.key)) isAlways = false;
      if (isAlways) found.push({ path, call, use: 'inside', unit: path.node });
    }
  }
  return found;
}

/** The elements of `Promise.all([…])`, where each stands for one call. */
export function elementsOfAll(call: t.Node): readonly t.Expression[] | undefined {
  if (call.type !== 'CallExpression' || call.arguments.length !== 1) return undefined;
  const { callee } = call;
  const isAll =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'all';
  const [list] = call.arguments;
  if (!isAll || list?.type !== 'ArrayExpression' || call.typeParameters != null) return undefined;
  const elements: t.Expression[] = [];
  for (const one of list.elements) {
    if (one === null || one.type === 'SpreadElement') return undefined;
    elements.push(one);
  }
  return elements.length === 0 ? undefined : elements;
}

/** Whether the results of a `Promise.all` are taken apart one by one, or not taken at all. */
function isTakenApart(target: t.LVal | undefined, count: number): boolean {
  if (target === undefined) return true;
  return (
    target.type === 'ArrayPattern' &&
    target.typeAnnotation == null &&
    target.elements.length <= count &&
    target.elements.every((one) => one === null || one.type !== 'RestElement')
  );
}

function directOf(
  file: FileContext<unknown>,
  init: t.Node | null | undefined,
  use: 'bound' | 'assigned' | 'dropped',
  unit: t.Node,
  target?: t.LVal,
): AwaitedCall | undefined {
  if (init?.type !== 'AwaitExpression' || !isCall(init.argument) || hasAwait(file, init.argument))
    return undefined;
  const path = file.pathOf(init);
  const elements = elementsOfAll(init.argument);
  const isAll = elements !== undefined && use !== 'assigned' && isTakenApart(target, elements.length);
  return {
    path,
    call: init.argument,
    use: isAll ? 'all' : use,
    unit,
    ...(target === undefined ? {} : { target }),
  };
}

/** The awaits of one statement. */
export function awaitsOf(file: FileContext<unknown>, statement: t.Statement): readonly AwaitedCall[] {
  if (statement.type === 'VariableDeclaration' && /^(const|let|var)$/.test(statement.kind)) {
    const direct = statement.declarations.map((one) =>
      directOf(file, one.init, 'bound', one, one.id as t.LVal),
    );
    if (direct.every((one) => one !== undefined)) return direct;
  }
  if (statement.type === 'ExpressionStatement') {
    const { expression } = statement;
    const dropped = directOf(file, expression, 'dropped', statement);
    if (dropped !== undefined) return [dropped];
    if (expression.type === 'AssignmentExpression' && expression.operator === '=') {
      const assigned = directOf(file, expression.right, 'assigned', statement, expression.left as t.LVal);
      if (assigned !== undefined) return [assigned];
    }
  }
  return insideOf(file, statement);
}

/** What leaves the list of statements that holds `statement`, from inside of it: `return`, `throw`, a `break` out of it, `yield`. */
export function exitIn(file: FileContext<unknown>, statement: t.Statement): t.Node | undefined {
  const root: Path = file.pathOf(statement);
  for (const path of runWith(file, statement)) {
    const { node } = path;
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'YieldExpression')
      return node;
    if (node.type !== 'BreakStatement' && node.type !== 'ContinueStatement') continue;
    if (node.label != null) return node;
    let isHeld = false;
    for (let at = path.parent; at !== null; at = at.parent) {
      const { type } = at.node;
      if (/^(For|While|DoWhile)/.test(type) || (type === 'SwitchStatement' && node.type === 'BreakStatement'))
        isHeld = true;
      if (isHeld || at === root) break;
    }
    if (!isHeld) return node;
  }
  return undefined;
}

/** The statements of a list, each with its awaits and what leaves it. */
export function stepsOf(file: FileContext<unknown>, statements: readonly t.Statement[]): readonly Step[] {
  return statements.map((statement) => {
    const awaited = awaitsOf(file, statement);
    return { statement, awaited, exit: exitIn(file, statement) };
  });
}

/** How many awaits of calls the statements of a list have themselves, and not in blocks inside of them. */
export const awaitsInARow = (file: FileContext<unknown>, statements: readonly t.Statement[]): number =>
  statements.reduce((count, statement) => count + awaitsOf(file, statement).length, 0);
