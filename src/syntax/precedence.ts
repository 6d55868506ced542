import { outerSpanOf } from '../edits/code.ts';
import type { Path, t } from './ast.ts';

/** How tightly an expression holds together: the grammar's levels, the loosest first. */
export const LEVEL = {
  sequence: 0,
  assignment: 1,
  conditional: 2,
  binary: 3,
  unary: 15,
  update: 16,
  call: 17,
  primary: 18,
} as const;

const BINARY: Readonly<Record<string, number>> = {
  '|>': 2,
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '===': 9,
  '!==': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  in: 10,
  instanceof: 10,
  '<<': 11,
  '>>': 11,
  '>>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};

const CAST = 10;

/** The level of an expression, its own parentheses not counted. */
export function levelOf(node: t.Node): number {
  switch (node.type) {
    case 'SequenceExpression':
      return LEVEL.sequence;
    case 'AssignmentExpression':
    case 'ArrowFunctionExpression':
    case 'YieldExpression':
      return LEVEL.assignment;
    case 'ConditionalExpression':
      return LEVEL.conditional;
    case 'LogicalExpression':
    case 'BinaryExpression':
      return BINARY[node.operator] ?? LEVEL.binary;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return CAST;
    case 'UnaryExpression':
    case 'AwaitExpression':
    case 'TSTypeAssertion':
      return LEVEL.unary;
    case 'UpdateExpression':
      return node.prefix ? LEVEL.unary : LEVEL.update;
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'TaggedTemplateExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'NewExpression':
      return LEVEL.call;
    default:
      return LEVEL.primary;
  }
}

/** What stands in a place of a parent. */
interface Slot {
  readonly parent: t.Node;
  readonly key: string;
}

/** The level that a place of the grammar asks for; undefined where no expression of any kind may stand there. */
function levelAskedIn({ parent, key }: Slot): number | undefined {
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return key === 'object' ? LEVEL.call : parent.computed ? LEVEL.sequence : undefined;
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return key === 'callee' ? LEVEL.call : key === 'arguments' ? LEVEL.assignment : undefined;
    case 'TaggedTemplateExpression':
      return key === 'tag' ? LEVEL.call : undefined;
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'Decorator':
      return key === 'expression' ? LEVEL.call : undefined;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return key === 'superClass' ? LEVEL.call : undefined;
    case 'UpdateExpression':
      return LEVEL.call;
    case 'UnaryExpression':
    case 'AwaitExpression':
      return LEVEL.unary;
    case 'TSTypeAssertion':
      return key === 'expression' ? LEVEL.unary : undefined;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return key === 'expression' ? CAST : undefined;
    case 'BinaryExpression':
      if (parent.operator === '**') return key === 'left' ? LEVEL.update : 14;
      return (BINARY[parent.operator] ?? LEVEL.binary) + (key === 'right' ? 1 : 0);
    case 'LogicalExpression':
      return (BINARY[parent.operator] ?? LEVEL.binary) + (key === 'right' ? 1 : 0);
    case 'ConditionalExpression':
      return key === 'test' ? LEVEL.binary : LEVEL.assignment;
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return key === 'right' ? LEVEL.assignment : undefined;
    case 'VariableDeclarator':
      return key === 'init' ? LEVEL.assignment : undefined;
    case 'ArrowFunctionExpression':
      return key === 'body' ? LEVEL.assignment : undefined;
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassAccessorProperty':
      return key === 'value' || ('computed' in parent && parent.computed === true)
        ? LEVEL.assignment
        : undefined;
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'JSXSpreadAttribute':
    case 'YieldExpression':
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return LEVEL.assignment;
    case 'ForOfStatement':
      return key === 'right' ? LEVEL.assignment : undefined;
    case 'ForInStatement':
      return key === 'right' ? LEVEL.sequence : undefined;
    case 'TemplateLiteral':
      return key === 'expressions' ? LEVEL.sequence : undefined;
    case 'ForStatement':
      return key === 'body' ? undefined : LEVEL.sequence;
    case 'SequenceExpression':
      return LEVEL.assignment;
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'JSXExpressionContainer':
      return LEVEL.sequence;
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
    case 'SwitchCase':
      return key === 'test' || key === 'discriminant' ? LEVEL.sequence : undefined;
    default:
      return undefined;
  }
}

/** Whether `path` is a place where an expression stands that another one may replace. */
export function isExpressionPlace(path: Path): boolean {
  if (path.parent === null) return false;
  if (
    /^(?:TS(?!As|Satisfies|NonNull|Instantiation|TypeAssertion)|.*(?:Statement|Pattern|Declaration)$|Rest)/.test(
      path.node.type,
    )
  )
    return false;
  if (path.parent.node.type === 'ObjectProperty' && path.parent.parent?.node.type === 'ObjectPattern')
    return false;
  return levelAskedIn({ parent: path.parent.node, key: path.key }) !== undefined;
}

const isParenthesized = (node: t.Node): boolean => node.extra?.parenthesized === true;

/** The first of what `node` consists of, in the order of the text. */
function firstChild(node: t.Node): t.Node | null | undefined {
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return node.object;
    case 'CallExpression':
    case 'OptionalCallExpression':
      return node.callee;
    case 'TaggedTemplateExpression':
      return node.tag;
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return node.left;
    case 'ConditionalExpression':
      return node.test;
    case 'SequenceExpression':
      return node.expressions[0];
    case 'UpdateExpression':
      return node.prefix ? null : node.argument;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return node.expression;
    default:
      return null;
  }
}

/** The node that the text of `node` begins with, where it begins with no parenthesis or operator. */
function leftmost(node: t.Node): t.Node {
  const first = firstChild(node);
  return first == null || isParenthesized(first) ? node : leftmost(first);
}

/** Whether a text that begins with `node` would be read as a statement, a block or a declaration in its place. */
function isMisreadAtStart(node: t.Node, path: Path): boolean {
  const first = leftmost(node).type;
  const isFunctionOrClass = first === 'FunctionExpression' || first === 'ClassExpression';
  if (first !== 'ObjectExpression' && first !== 'ObjectPattern' && !isFunctionOrClass) return false;
  for (let at = path; at.parent !== null; at = at.parent) {
    const { node: parent } = at.parent;
    if (parent.type === 'ExpressionStatement') return true;
    if (parent.type === 'ArrowFunctionExpression') return at.key === 'body' && !isFunctionOrClass;
    if (parent.type === 'ExportDefaultDeclaration') return isFunctionOrClass;
    if (firstChild(parent) !== at.node || isParenthesized(parent)) return false;
  }
  return false;
}

const isChain = (node: t.Node): boolean =>
  node.type === 'OptionalMemberExpression' || node.type === 'OptionalCallExpression';

/** Whether a call is made somewhere on the way to `node`'s value: `new` would take its arguments for its own. */
function holdsCall(node: t.Node): boolean {
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') return true;
  const first = node.type === 'NewExpression' ? null : firstChild(node);
  return first != null && !isParenthesized(first) && holdsCall(first);
}

const isMixedLogic = (node: t.Node, parent: t.Node): boolean =>
  node.type === 'LogicalExpression' &&
  parent.type === 'LogicalExpression' &&
  (node.operator === '??') !== (parent.operator === '??');

const isSignPair = (node: t.Node, parent: t.Node): boolean =>
  parent.type === 'UnaryExpression' &&
  /^[+-]$/.test(parent.operator) &&
  (node.type === 'UnaryExpression' || node.type === 'UpdateExpression') &&
  node.operator.startsWith(parent.operator);

/** Whether `node` is a `new X` without parentheses: what follows would be read as part of `X`. */
function isBareNew(node: t.NewExpression): boolean {
  const last = node.typeArguments ?? node.typeParameters ?? node.callee;
  return node.arguments.length === 0 && typeof node.end === 'number' && node.end === outerSpanOf(last)[1];
}

/** Whether `node` needs parentheses in the place that `path` holds now. */
export function needsParentheses(node: t.Node, path: Path): boolean {
  const parent = path.parent?.node;
  if (parent === undefined) return false;
  const asked = levelAskedIn({ parent, key: path.key });
  if (asked === undefined) return false;
  if (levelOf(node) < asked || isMixedLogic(node, parent) || isSignPair(node, parent)) return true;
  if (parent.type === 'NewExpression' && path.key === 'callee') {
    return holdsCall(node) || isChain(node) || (node.type === 'NewExpression' && isBareNew(node));
  }
  if (path.key === 'object' || path.key === 'callee' || path.key === 'tag') {
    // A chain that ends here must not pass its short cut on to what follows.
    if (isChain(node) && !isChain(parent)) return true;
    if (node.type === 'NumericLiteral' && path.key === 'object' && !(parent as t.MemberExpression).computed)
      return true;
    if (node.type === 'NewExpression' && isBareNew(node)) return true;
  }
  return isMisreadAtStart(node, path);
}
