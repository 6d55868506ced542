import { assumed, fails, type Evidence } from '../evidence.ts';
import { isNode, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import { runWith } from './awaits.ts';

type File = FileContext<unknown>;

/**
 * What begins a query that its methods change: in Knex (https://knexjs.org/guide/query-builder.html#clone), TypeORM
 * (https://typeorm.io/docs/query-builder/select-query-builder), Drizzle's `$dynamic`, Objection and Supabase. Kysely's queries
 * do not change.
 */
const BEGINS =
  /\bcreateQueryBuilder\(|\$dynamic\(|\.query\(\)|(?<!\b(Array|Buffer|Uint8Array))\.from\(|^(knex|db|trx)\(\s*['"`]|\.(where|andWhere|table)\(/;
const IMMUTABLE = /\b(selectFrom|insertInto|updateTable|deleteFrom)\(/;
const NAMES = /^(q|qb|query|queryBuilder|builder)$/;

/** How far a name is known to stand for one query that its methods change. */
function isBuilder(file: File, name: t.Identifier, isReceiver: boolean): 'proved' | 'assumed' | undefined {
  const binding = file.scopes.lookup(file.pathOf<t.Node>(name), name.name);
  if (binding === undefined || /^(import|function|class)$/.test(binding.kind)) return undefined;
  const { typeAnnotation } = binding.identifier.node;
  const type = typeAnnotation == null ? '' : file.textOf(typeAnnotation);
  if (/QueryBuilder/.test(type)) return 'proved';
  const init = isNode(binding.declaration, 'VariableDeclarator') ? binding.declaration.node.init : undefined;
  if (init?.type === 'AwaitExpression') return undefined;
  const text = init == null ? '' : file.textOf(init);
  if (init?.type === 'CallExpression' && BEGINS.test(text) && !IMMUTABLE.test(text)) return 'proved';
  return isReceiver && NAMES.test(name.name) && !/^(new|\{|\[|['"`])/.test(text) ? 'assumed' : undefined;
}

/** The queries under construction that a call works on: what it is called on, and what it is given. */
function buildersOf(file: File, call: t.Node): ReadonlyMap<string, 'proved' | 'assumed'> {
  const found = new Map<string, 'proved' | 'assumed'>();
  for (const { node } of runWith(file, call)) {
    if (node.type !== 'CallExpression') continue;
    let root: t.Node = node.callee;
    while (root.type === 'MemberExpression' || root.type === 'CallExpression')
      root = root.type === 'MemberExpression' ? root.object : root.callee;
    const named = [root, ...node.arguments].filter((one) => one.type === 'Identifier');
    for (const name of named) {
      const known = isBuilder(file, name, name === root && node.callee !== root);
      if (known !== undefined && found.get(name.name) !== 'proved') found.set(name.name, known);
    }
  }
  return found;
}

/** Two calls on one query that its methods change are one query with what both say. */
export function* whyQueriesAreApart(file: File, first: t.Node, second: t.Node): Generator<Evidence> {
  const others = buildersOf(file, first);
  for (const [name, known] of buildersOf(file, second)) {
    const other = others.get(name);
    if (other === undefined) continue;
    yield known === 'proved' || other === 'proved'
      ? fails(`Both calls go on with the query \`${name}\`, which each changes`, file.siteOf(second))
      : assumed(`\`${name}\` is no query that both calls change`, file.siteOf(second));
    return;
  }
}
