/** Where queries run once a turn. */
import { isNode, type Path, type t } from '../syntax/ast.ts';
import { dialectOf, mayBeQuery } from './dialects/dialects.ts';
import { walksAround, type OtherWalk, type RowLoop } from './loops.ts';
import type { Binding } from '../syntax/scopes.ts';
import { methodOf } from './objects.ts';
import type { Dialect, File, Query } from './query.ts';

/** A query that runs in the turns of a walk. */
export interface QuerySite {
  readonly query: Query;
  readonly dialect: Dialect;
  readonly path: Path<t.CallExpression>;
  /** The walks around it, the innermost first. */
  readonly walks: readonly (RowLoop | OtherWalk)[];
  /** What its result replaces: the `await` of it, or the call itself where a callback gives it back. */
  readonly whole: t.Expression;
  /** Whether its result is waited for where it stands, or by the `Promise.all` around the callback. */
  readonly isWaitedFor: boolean;
}

/** The whole of a chain of calls: `User.find().lean()` of `User.find()`. */
function wholeChain(path: Path<t.CallExpression>): Path<t.CallExpression> {
  let at = path;
  for (;;) {
    const { parent } = at;
    if (!isNode(parent, 'MemberExpression') || at.key !== 'object') return at;
    const outer = parent.parent;
    if (!isNode(outer, 'CallExpression') || parent.key !== 'callee') return at;
    if (/^(then|catch|finally)$/.test(methodOf(outer.node) ?? '')) return at;
    at = outer;
  }
}

/** Reads the query that a call makes; undefined where it makes none. */
export function queryAt(
  file: File,
  path: Path<t.CallExpression>,
): { query: Query; dialect: Dialect } | undefined {
  const known = file.facts.databaseCallOf(file.path, path.node);
  const dialect = known === undefined ? undefined : dialectOf(known.database);
  if (known === undefined || dialect === undefined) return undefined;
  const query = dialect.read(file, path, known);
  return query === undefined ? undefined : { query, dialect };
}

/** Whether a call of a chain is of a name that queries have. */
const mayAsk = (call: t.CallExpression): boolean => someMethod(call, mayBeQuery);

/** Whether one of the methods of a chain has such a name. */
function someMethod(call: t.CallExpression, isMeant: (name: string) => boolean): boolean {
  for (let at: t.Node = call; at.type === 'CallExpression';) {
    if (isMeant(methodOf(at) ?? '')) return true;
    if (at.callee.type !== 'MemberExpression') return false;
    at = at.callee.object;
  }
  return false;
}

/** Whether what a callback gives back is waited for by the `Promise.all` that its walk is handed to. */
export function togetherAround({
  kind,
  path,
  method,
}: RowLoop): Path<t.AwaitExpression> | Path<t.CallExpression> | undefined {
  if (kind !== 'callback' || !/^(map|flatMap)$/.test(method ?? '')) return undefined;
  const all = path.parent;
  if (!isNode(all, 'CallExpression') || path.key !== 'arguments' || all.node.arguments.length !== 1)
    return undefined;
  const { callee } = all.node;
  const isAll =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    methodOf(all.node) === 'all';
  if (!isAll) return undefined;
  if (isNode(all.parent, 'AwaitExpression')) return all.parent;
  return isGivenByAsync(all) ? all : undefined;
}

/** Whether an async function gives a promise back, which is as if it waited for it: unless it catches what it waits for. */
function isGivenByAsync(path: Path): boolean {
  const isReturned =
    isNode(path.parent, 'ReturnStatement') ||
    (isNode(path.parent, 'ArrowFunctionExpression') && path.key === 'body');
  if (!isReturned) return false;
  for (let at: Path | null = path.parent; at !== null; at = at.parent) {
    if (isNode(at, 'TryStatement')) return false;
    if (/Function|Method/.test(at.node.type)) return 'async' in at.node && at.node.async === true;
  }
  return false;
}

/** Whether an array is that of `await Promise.all([…])`. */
function isAwaitedTogether({ parent, key }: Path): boolean {
  if (!isNode(parent, 'CallExpression') || key !== 'arguments' || !isNode(parent.parent, 'AwaitExpression'))
    return false;
  const { callee } = parent.node;
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    methodOf(parent.node) === 'all'
  );
}

/** What waits for a query, and what of the code its result stands for. */
function useOf(
  path: Path<t.CallExpression>,
  walk: RowLoop | OtherWalk | undefined,
): Pick<QuerySite, 'whole' | 'isWaitedFor'> {
  const { parent, key, node } = path;
  if (isNode(parent, 'AwaitExpression')) return { whole: parent.node, isWaitedFor: true };
  if (isNode(parent, 'ArrayExpression') && isAwaitedTogether(parent))
    return { whole: node, isWaitedFor: true };
  const isGivenBack =
    (isNode(parent, 'ArrowFunctionExpression') && key === 'body') || isNode(parent, 'ReturnStatement');
  const isWaitedFor =
    isGivenBack && walk !== undefined && 'list' in walk && togetherAround(walk) !== undefined;
  return { whole: node, isWaitedFor };
}

/** Rows that a query gave, under the name that they are bound to. */
export interface Rows {
  readonly query: Query;
  readonly dialect: Dialect;
  readonly binding: Binding;
  /** The declaration: `const posts = await …;`. */
  readonly statement: Path;
}

/** The query whose rows a list holds: `const posts = await …`. */
export function rowsOf(file: File, list: t.Expression): Rows | undefined {
  if (list.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return undefined;
  const { id, init } = binding.declaration.node;
  const statement = binding.declaration.parent;
  if (id.type !== 'Identifier' || init?.type !== 'AwaitExpression' || init.argument.type !== 'CallExpression')
    return undefined;
  if (!mayAsk(init.argument)) return undefined;
  const read = queryAt(file, file.pathOf<t.CallExpression>(init.argument));
  return read?.query.gives === 'many' && statement !== null ? { ...read, binding, statement } : undefined;
}

/** What is asked in the query whose rows a list holds, where these are rows of its model. */
export function rowsIn(file: File, list: t.Expression): Query | undefined {
  const query = rowsOf(file, list)?.query;
  return query?.derived === undefined ? query : undefined;
}

/** The relation of a row of a walk that an expression loads, as the query that it makes. */
function loadAt(
  file: File,
  path: Path<t.Expression>,
  walks: readonly (RowLoop | OtherWalk)[],
): { query: Query; dialect: Dialect } | undefined {
  for (const walk of walks) {
    if (!('list' in walk) || walk.element?.type !== 'Identifier') continue;
    const rows = rowsOf(file, walk.list);
    const load = rows?.dialect.relationCall?.(file, path);
    if (rows === undefined || load?.row.type !== 'Identifier' || load.row.name !== walk.element.name)
      continue;
    const relation = rows.query.model?.relations.find(({ name }) => name === load.relation);
    if (relation === undefined || (load.gives === 'promise' && !relation.isLazy)) continue;
    const { orm } = rows.query;
    const query: Query = {
      orm,
      call: path.node as t.CallExpression,
      method: relation.name,
      table: rows.query.table,
      model: file.facts.modelOf(file.path, orm, relation.model),
      gives: relation.kind,
      missing: 'null',
      conditions: [{ column: relation.to[0], operator: 'equals', value: load.row }],
      unread: load.unread,
      selected: undefined,
      isOrdered: false,
      limit: undefined,
      nullKey: 'none',
      reads: [
        relation.model,
        rows.query.table,
        ...(relation.through === undefined ? [] : [relation.through]),
      ],
      loads: { relation, gives: load.gives },
    };
    return { query, dialect: rows.dialect };
  }
  return undefined;
}

/** Names of methods that load a relation of a row in one library or another. */
export const LOADS =
  /^(get[A-Z]\w*|\$get|\$relatedQuery|\$fetchGraph|populate|load|init|loadItems|loadOrFail)$/;

/** The queries of a file that run in the turns of a walk, in the order of the text. */
export function* querySites(file: File): Generator<QuerySite> {
  for (const path of file.paths) {
    if (isNode(path, 'CallExpression')) {
      if (wholeChain(path) !== path) continue;
      const [may, mayLoad] = [mayAsk(path.node), someMethod(path.node, (name) => LOADS.test(name))];
      const walks = may || mayLoad ? walksAround(file, path) : [];
      const [innermost] = walks;
      if (innermost === undefined) continue;
      const read =
        (mayLoad ? loadAt(file, path, walks) : undefined) ?? (may ? queryAt(file, path) : undefined);
      if (read !== undefined) yield { ...read, path, walks, ...useOf(path, innermost) };
    } else if (isNode(path, 'AwaitExpression') && path.node.argument.type === 'MemberExpression') {
      // A lazy relation is a property that is a promise.
      const walks = walksAround(file, path);
      const argument = file.pathOf<t.Expression>(path.node.argument);
      const read = walks.length === 0 ? undefined : loadAt(file, argument, walks);
      if (read !== undefined)
        yield {
          ...read,
          path: argument as Path<t.CallExpression>,
          walks,
          whole: path.node,
          isWaitedFor: true,
        };
    }
  }
}
