import { runWith, indexLoopOf } from '../concurrency/index.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { File } from './query.ts';

/** A walk over a list: a loop, or a call of an array method with a callback. */
export interface RowLoop {
  readonly kind: 'for-of' | 'index' | 'callback';
  /** The loop, or the call of the method. */
  readonly path: Path;
  /** What is walked. */
  readonly list: t.Expression;
  /** What each element is bound to; undefined where only the index is used. */
  readonly element: t.Node | undefined;
  /** The name of the index, where there is one. */
  readonly index: string | undefined;
  /** What runs in each turn. */
  readonly body: t.Node;
  /** The array method, for a callback. */
  readonly method: string | undefined;
}

/** A walk that is none over the elements of a list, and what it is. */
export interface OtherWalk {
  readonly path: Path;
  readonly what: string;
  /** False for a function that is only run somewhere else: it is no loop by itself. */
  readonly isLoop?: false;
}

const WALKS = /^(map|forEach|flatMap|filter|some|every|find|findIndex)$/;

type Callback = t.ArrowFunctionExpression | t.FunctionExpression;

/** Functions after which what they are handed runs, at once or when its turn comes: `limit(() => …)`, `prisma.$transaction(async (tx) => …)`, `tasks.push(() => …)`. */
const RUNNERS =
  /limit|retry|throttle|debounce|transaction|queue|run|exec|wrap|^with[A-Z]|trace|span|measure|schedule|^add$|^tap$|^push$/i;

/** The walk whose callback a function is. */
function walkOf(fn: Path): RowLoop | OtherWalk | undefined {
  const { parent, key, index } = fn;
  if (!isNode(parent, 'CallExpression', 'OptionalCallExpression') || key !== 'arguments') return undefined;
  const { callee } = parent.node;
  const named =
    callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression'
      ? callee.property
      : callee;
  if (named.type !== 'Identifier') return undefined;
  const { name } = named;
  if (!WALKS.test(name) && RUNNERS.test(name))
    return { path: parent, what: `a function that \`${name}\` is handed`, isLoop: false };
  if (callee.type === 'OptionalMemberExpression' && WALKS.test(name))
    return { path: parent, what: `a \`${name}\` over a list that may be missing` };
  if (callee.type !== 'MemberExpression' || !isNode(parent, 'CallExpression')) return undefined;
  const { params: all, body } = fn.node as Callback;
  const params = all.filter((one) => !(one.type === 'Identifier' && one.name === 'this'));
  if (index === 0 && /^reduce(Right)?$/.test(name)) return { path: parent, what: '`reduce`' };
  if (index === 1 && /^(p?Map|mapSeries|eachSeries|each|mapLimit)$/.test(name))
    return { path: parent, what: `\`${name}\`` };
  if (index !== 0 || !WALKS.test(name)) return undefined;
  const [element, counter] = params;
  return {
    kind: 'callback',
    path: parent,
    list: callee.object as t.Expression,
    element,
    index: counter?.type === 'Identifier' ? counter.name : undefined,
    body,
    method: name,
  };
}

/** `pMap(list, callback)` and its like. */
function mapperOf(fn: Path): RowLoop | undefined {
  const { parent, key, index } = fn;
  if (!isNode(parent, 'CallExpression') || key !== 'arguments' || index !== 1) return undefined;
  const { callee, arguments: args } = parent.node;
  const [list] = args;
  if (callee.type !== 'Identifier' || !/^(pMap|pEach|pFilter)$/.test(callee.name) || list === undefined)
    return undefined;
  const { params, body } = fn.node as Callback;
  return {
    kind: 'callback',
    path: parent,
    list: list as t.Expression,
    element: params[0],
    index: params[1]?.type === 'Identifier' ? params[1].name : undefined,
    body,
    method: callee.name,
  };
}

function ofForOf(path: Path<t.ForOfStatement>): RowLoop | OtherWalk {
  const { left, right, body, await: isAsync } = path.node;
  const declared =
    left.type === 'VariableDeclaration' && left.kind !== 'var' ? left.declarations[0]?.id : undefined;
  if (isAsync) return { path, what: 'a `for await`, whose elements come one by one' };
  if (declared === undefined) return { path, what: 'a loop whose element is a variable of the function' };
  return { kind: 'for-of', path, list: right, element: declared, index: undefined, body, method: undefined };
}

function ofFor(file: File, path: Path<t.ForStatement>): RowLoop | OtherWalk {
  const known = indexLoopOf(file, path);
  if (known === undefined)
    return { path, what: 'a loop that does not walk one list from its start to its end' };
  const { list, element, index } = known;
  const { init } = path.node;
  const counter = init?.type === 'VariableDeclaration' ? init.declarations[0]?.id : undefined;
  return {
    kind: 'index',
    path,
    list,
    element,
    index: index ?? (counter?.type === 'Identifier' ? counter.name : undefined),
    body: path.node.body,
    method: undefined,
  };
}

/** Whether `path` is in the part of a loop that runs in each turn. */
const isInBody = (path: Path, loop: Path): boolean => {
  let at = path;
  while (at.parent !== null && at.parent !== loop) at = at.parent;
  return at.key === 'body' || at.key === 'test' || at.key === 'update';
};

/** The walks around `path` in which it runs once a turn, the innermost first, up to the first function that is no callback of one. */
export function walksAround(file: File, path: Path): readonly (RowLoop | OtherWalk)[] {
  const found = allAround(file, path);
  // Functions that are handed on say where a query runs only inside of a loop.
  const last = found.findLastIndex((walk) => !('what' in walk) || walk.isLoop !== false);
  return found.slice(0, last + 1);
}

function allAround(file: File, path: Path): readonly (RowLoop | OtherWalk)[] {
  const found: (RowLoop | OtherWalk)[] = [];
  for (let at: Path = path; at.parent !== null; at = at.parent) {
    const { parent } = at;
    if (isNode(parent, 'ForOfStatement') && at.key === 'body') found.push(ofForOf(parent));
    else if (isNode(parent, 'ForStatement') && isInBody(path, parent) && at.key !== 'init')
      found.push(ofFor(file, parent));
    else if (isNode(parent, 'WhileStatement', 'DoWhileStatement'))
      found.push({ path: parent, what: 'a `while`, whose turns are not known before' });
    else if (isNode(parent, 'ForInStatement') && at.key === 'body')
      found.push({ path: parent, what: 'a `for…in` over keys' });
    else if (isNode(parent, 'ArrowFunctionExpression', 'FunctionExpression')) {
      const walk = mapperOf(parent) ?? walkOf(parent);
      if (walk === undefined) return found;
      found.push(walk);
    } else if (/Function|Method|Class|Program/.test(parent.node.type)) return found;
  }
  return found;
}

/** The statement that a walk is, or stands in, and that new code can be put before. */
export function statementOf(walk: RowLoop): Path | undefined {
  for (let at: Path | null = walk.path; at !== null; at = at.parent) {
    const { parent, key } = at;
    if (parent === null) return undefined;
    if (key === 'body' && isNode(parent, 'BlockStatement', 'Program', 'StaticBlock', 'TSModuleBlock'))
      return at;
    if (key === 'consequent' && isNode(parent, 'SwitchCase')) return at;
    if (/Function|Method/.test(parent.node.type)) return undefined;
  }
  return undefined;
}

/** Code between a walk and a statement around it that decides whether the walk is reached. */
export function conditionAround(walk: RowLoop, statement: Path): t.Node | undefined {
  for (let at = walk.path; at !== statement && at.parent !== null; at = at.parent) {
    const { node } = at.parent;
    if (/^(IfStatement|ConditionalExpression)$/.test(node.type) && at.key !== 'test') return node;
    if (node.type === 'LogicalExpression' && at.key === 'right') return node;
    if (/^(For|While|DoWhile)/.test(node.type) && at.key !== 'init' && at.key !== 'right') return node;
    if (node.type.startsWith('Optional')) return node;
  }
  return undefined;
}

/** Code in a walk that ends it early, before its last element. */
export function earlyEndOf(file: File, { kind, body, method, path }: RowLoop): t.Node | undefined {
  if (kind === 'callback') return /^(some|every|find|findIndex)$/.test(method ?? '') ? path.node : undefined;
  const root: Path = path;
  for (const one of runWith(file, body)) {
    if (isNode(one, 'ReturnStatement')) return one.node;
    if (!isNode(one, 'BreakStatement')) continue;
    let isInner = false;
    if (one.node.label == null)
      for (let at: Path | null = one.parent; at !== null && at !== root; at = at.parent)
        isInner ||= /^(For|While|DoWhile|Switch)/.test(at.node.type);
    if (!isInner) return one.node;
  }
  return undefined;
}
