/** What a turn does with the rows that a query gave. */
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { Binding } from '../syntax/scopes.ts';
import { methodOf } from './objects.ts';
import type { File } from './query.ts';

/** What becomes of a row, or of a list of rows, at the worst of its uses. */
export type Fate =
  /** Only its properties are read, or whether it is there. */
  | { readonly kind: 'read' }
  /** It is handed on, and may be seen or changed elsewhere. */
  | { readonly kind: 'handed on'; readonly at: t.Node }
  /** It is changed here. */
  | { readonly kind: 'changed'; readonly at: t.Node };

const READS =
  /^(map|filter|some|every|find|findIndex|reduce|includes|indexOf|at|join|slice|flatMap|forEach|entries|keys|values|concat|toString|toISOString|getTime|toSorted|toReversed)$/;
const CHANGES =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|set[A-Z]\w*|save|update|destroy|remove|increment|decrement|reload|patch|\$set\w*|\$query|assign|setDataValue|markModified|populate|addToSet|pull|nonAtomicPush|unset|overwrite|depopulate|deleteOne|updateOne|replaceOne)$/;

/** Functions that change their first argument. */
const ASSIGNS = /^(Object\.(assign|defineProperty|defineProperties)|Reflect\.set)$/;

const READ: Fate = { kind: 'read' };

const WRAPPERS = /^(TSNonNullExpression|TSAsExpression|ParenthesizedExpression|TSSatisfiesExpression)$/;

/** What of a row is looked at in another way. */
export interface FateOptions {
  /** Code that does not count. */
  readonly except?: ReadonlySet<t.Node>;
  /** Whether a property of a row may hold an object, which belongs to the row wherever it is handed on to. */
  readonly holdsObjects?: (property: string) => boolean;
}

interface Reading extends Required<FateOptions> {
  readonly file: File;
}

/** The fate of the value of one expression. */
function fateAt(reading: Reading, path: Path, depth: number): Fate {
  const { file, except } = reading;
  const { parent, key, node } = path;
  if (parent === null || depth > 8) return { kind: 'handed on', at: node };
  if (except.has(parent.node)) return { kind: 'read' };
  if (WRAPPERS.test(parent.node.type)) return fateAt(reading, parent, depth + 1);
  if (isNode(parent, 'MemberExpression', 'OptionalMemberExpression') && key === 'object')
    return fateOfMember(reading, parent, depth);
  if (/^(If|While|DoWhile|For)Statement$/.test(parent.node.type) && key === 'test') return { kind: 'read' };
  if (isNode(parent, 'ConditionalExpression'))
    return key === 'test' ? { kind: 'read' } : fateAt(reading, parent, depth + 1);
  if (isNode(parent, 'LogicalExpression'))
    return key === 'left' && parent.node.operator === '&&'
      ? { kind: 'read' }
      : fateAt(reading, parent, depth + 1);
  if (isNode(parent, 'UnaryExpression')) return { kind: 'read' };
  if (isNode(parent, 'BinaryExpression')) {
    const other = key === 'left' ? parent.node.right : parent.node.left;
    const isWithNothing =
      other.type === 'NullLiteral' || (other.type === 'Identifier' && other.name === 'undefined');
    // Whether two rows are one object is seen.
    return /^([!=]==?|in|instanceof)$/.test(parent.node.operator) && !isWithNothing
      ? { kind: 'handed on', at: parent.node }
      : READ;
  }
  if (isNode(parent, 'ForOfStatement') && key === 'right') return fateOfElements(reading, parent, depth);
  if (isNode(parent, 'VariableDeclarator') && key === 'init') {
    return fateOfPattern(reading, parent.node.id, depth + 1);
  }
  if (isNode(parent, 'ExpressionStatement')) return { kind: 'read' };
  // The text of a row in a message.
  if (isNode(parent, 'TemplateLiteral'))
    return isNode(parent.parent, 'TaggedTemplateExpression') ? { kind: 'handed on', at: node } : READ;
  if (
    isNode(parent, 'CallExpression') &&
    path.index === 0 &&
    key === 'arguments' &&
    ASSIGNS.test(file.textOf(parent.node.callee))
  )
    return { kind: 'changed', at: parent.node };
  return { kind: 'handed on', at: node };
}

/** The fate of the elements of a list that a loop walks. */
function fateOfElements(reading: Reading, { node }: Path<t.ForOfStatement>, depth: number): Fate {
  const declared = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : undefined;
  return declared === undefined
    ? { kind: 'handed on', at: node.right }
    : fateOfPattern(reading, declared, depth);
}

/** The fate of what a pattern or parameter takes. */
function fateOfPattern(reading: Reading, pattern: t.Node, depth: number): Fate {
  const { file } = reading;
  if (pattern.type === 'AssignmentPattern') return fateOfPattern(reading, pattern.left, depth);
  if (pattern.type === 'Identifier') {
    const binding = file.scopes.lookup(file.pathOf<t.Node>(pattern), pattern.name);
    return binding === undefined
      ? { kind: 'handed on', at: pattern }
      : fateOfBinding(reading, binding, depth + 1);
  }
  if (pattern.type === 'ArrayPattern') {
    const fates = pattern.elements.map((one) =>
      one === null ? READ : fateOfPattern(reading, one, depth + 1),
    );
    return (
      fates.find(({ kind }) => kind === 'changed') ?? fates.find(({ kind }) => kind === 'handed on') ?? READ
    );
  }
  if (pattern.type !== 'ObjectPattern') return { kind: 'handed on', at: pattern };
  for (const one of pattern.properties) {
    if (one.type === 'RestElement') return { kind: 'handed on', at: one };
    // What a property holds belongs to the row: it may be changed under its own name.
    const inner = fateOfPattern(reading, one.value, depth + 1);
    const name = one.key.type === 'Identifier' ? one.key.name : '';
    if (inner.kind === 'changed' || (inner.kind === 'handed on' && reading.holdsObjects(name))) return inner;
  }
  return { kind: 'read' };
}

/** Whether a member is set by a pattern: `[user.name] = parts`, `for (user.x of xs)`. */
function isTarget({ parent, key }: Path): boolean {
  if (isNode(parent, 'ArrayPattern', 'RestElement')) return true;
  if (isNode(parent, 'AssignmentPattern', 'ForOfStatement', 'ForInStatement')) return key === 'left';
  return isNode(parent, 'ObjectProperty') && key === 'value' && isNode(parent.parent, 'ObjectPattern');
}

function fateOfMember(
  reading: Reading,
  member: Path<t.MemberExpression | t.OptionalMemberExpression>,
  depth: number,
): Fate {
  const { parent, key, node } = member;
  const name = !node.computed && node.property.type === 'Identifier' ? node.property.name : undefined;
  if (isNode(parent, 'AssignmentExpression') && key === 'left') return { kind: 'changed', at: parent.node };
  if (isNode(parent, 'UpdateExpression')) return { kind: 'changed', at: parent.node };
  if (isTarget(member)) return { kind: 'changed', at: node };
  if (isNode(parent, 'UnaryExpression') && parent.node.operator === 'delete')
    return { kind: 'changed', at: parent.node };
  if (isNode(parent, 'CallExpression', 'OptionalCallExpression') && key === 'callee') {
    if (reading.except.has(parent.node)) return { kind: 'read' };
    if (name !== undefined && CHANGES.test(name)) return { kind: 'changed', at: parent.node };
    if (name === undefined || !READS.test(name)) return { kind: 'handed on', at: parent.node };
    return fateOfCallbacks(reading, parent, depth);
  }
  // These hold the whole row.
  if (name === 'dataValues' || name === '_previousDataValues' || name === '_doc')
    return { kind: 'handed on', at: node };
  // What a property holds may be changed in its turn: `user.tags.push(…)`, `for (const post of user.posts) post.title = …`.
  if (!node.computed) {
    const inner =
      isNode(parent, 'MemberExpression', 'OptionalMemberExpression') && key === 'object'
        ? fateOfMember(reading, parent, depth + 1)
        : fateAt(reading, member, depth + 1);
    const isKept = inner.kind === 'handed on' && name !== undefined && reading.holdsObjects(name);
    return inner.kind === 'changed' || isKept ? inner : { kind: 'read' };
  }
  // `rows[0]` is a row again.
  return fateAt(reading, member, depth + 1);
}

/** The fate of the elements of a list that a method hands to a callback, and of what the method gives. */
function fateOfCallbacks(
  reading: Reading,
  call: Path<t.CallExpression | t.OptionalCallExpression>,
  depth: number,
): Fate {
  const [callback] = call.node.arguments;
  const method = methodOf(call.node as t.CallExpression) ?? '';
  if (callback?.type === 'ArrowFunctionExpression' || callback?.type === 'FunctionExpression') {
    if (callback.type === 'FunctionExpression' && /\barguments\b/.test(reading.file.textOf(callback)))
      return { kind: 'handed on', at: callback };
    const isReduce = method.startsWith('reduce');
    // The last parameter is the list itself.
    if (callback.params.length > (isReduce ? 3 : 2)) return { kind: 'handed on', at: callback };
    // Without a start value the first row is what is handed on from turn to turn.
    const rows =
      isReduce && call.node.arguments.length === 1
        ? callback.params.slice(0, 2)
        : [callback.params[isReduce ? 1 : 0]];
    for (const element of rows) {
      const fate: Fate = element === undefined ? READ : fateOfPattern(reading, element, depth + 1);
      if (fate.kind !== 'read') return fate;
    }
  } else if (
    callback !== undefined &&
    /^(map|filter|some|every|find|findIndex|reduce|flatMap|forEach)$/.test(method)
  )
    return { kind: 'handed on', at: callback };
  // These give rows of the list again.
  return /^(filter|find|slice|concat|at|toSorted|toReversed|values|entries)$/.test(method)
    ? fateAt(reading, call, depth + 1)
    : { kind: 'read' };
}

const WORSE: Readonly<Record<Fate['kind'], number>> = { read: 0, 'handed on': 1, changed: 2 };

/** What becomes of what a name is bound to, at the worst of its uses. */
export const fateOf = (file: File, binding: Binding, options: FateOptions = {}): Fate =>
  fateOfBinding(readingOf(file, options), binding, 0);

const readingOf = (file: File, { except = new Set(), holdsObjects = () => false }: FateOptions): Reading => ({
  file,
  except,
  holdsObjects,
});

function fateOfBinding(reading: Reading, binding: Binding, depth: number): Fate {
  if (depth > 8) return { kind: 'handed on', at: binding.identifier.node };
  let worst: Fate = { kind: 'read' };
  for (const read of binding.reads) {
    const fate = fateAt(reading, read, depth + 1);
    if (WORSE[fate.kind] > WORSE[worst.kind]) worst = fate;
  }
  return worst;
}

/** What becomes of the value of an expression. */
export const fateOfValue = (file: File, expression: t.Node, options: FateOptions = {}): Fate =>
  fateAt(readingOf(file, options), file.pathOf<t.Node>(expression), 0);
