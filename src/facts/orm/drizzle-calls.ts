import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  isOpaque,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  tables,
  withConstruction,
} from './chain.ts';

/** The packages of tables, columns and operators: nothing there talks to a database. */
const BUILDS_ONLY =
  /^drizzle-orm(?:\/(?:(?:pg|mysql|sqlite|singlestore|gel)-core|sql|relations|zod|_relations)(?:\/.*)?)?$/;

const STEPS =
  /^(?:select|selectDistinct|selectDistinctOn|from|where|(?:left|right|inner|full|cross)Join(?:Lateral)?|orderBy|groupBy|having|limit|offset|for|as|with|union|unionAll|intersect|intersectAll|except|exceptAll|values|set|returning|onConflictDoNothing|onConflictDoUpdate|onDuplicateKeyUpdate|ignore|overridingSystemValue|insert|update|delete|prepare|execute|all|get|run|then|catch|finally|sync|\$dynamic|\$withCache|\$returningId|toSQL|getSQL|getSelectedFields|useIndex|iterator)$/;

/** The name of a table: the last name of an argument, `users` in `schema.users`. */
const nameOf = (argument: Argument | undefined): string => argument?.name ?? '*';

/** Whether an argument holds a query of its own, or SQL that may. */
const holdsQuery = (argument: Argument): boolean =>
  /\.from\(|\bexists\(|\bselect\b|\.\$?as\(/i.test(argument.text) ||
  (argument.text.length >= 200 && !argument.text.startsWith('{'));

/** The effect of a chain on a database or transaction, as a call of its last link. */
function chainFact(
  call: LibraryCall,
  chain: readonly Link[],
  on: LibraryFact['on'],
): LibraryFact | undefined {
  const any = table('drizzle', '*');
  const [first, second] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (first.kind === 'member') {
    if (!/^_?query$/.test(first.name) || second?.kind !== 'member' || last.kind !== 'call') return undefined;
    if (
      !chain
        .slice(2)
        .every((link) =>
          /^(?:findMany|findFirst|prepare|execute|all|get|then|catch|finally|sync|toSQL)$/.test(link.name),
        )
    )
      return undefined;
    const isJoined = chain.some((link) =>
      link.args.some(
        (argument) =>
          isOpaque(argument) || (argument.keys?.includes('with') ?? false) || holdsQuery(argument),
      ),
    );
    const own = table('drizzle', second.name);
    return fact({ reads: isJoined ? [own, any] : [own], on });
  }
  if (first.name === 'transaction') return chain.length === 1 ? opensTransaction(call) : undefined;
  if (/^(?:execute|run|all|get|values)$/.test(first.name))
    return chain.every((link) => STEPS.test(link.name))
      ? sqlFact('drizzle', sqlOf(first.args[0]), { known: false, on })
      : undefined;
  const isAlone = chain.slice(1).every((link) => /^(?:then|catch|finally)$/.test(link.name));
  if (/^(?:\$count|batch|\$with|refreshMaterializedView|rollback)$/.test(first.name) && !isAlone)
    return first.name === '$with' && last.name === 'as' ? PURE : undefined;
  if (first.name === '$count')
    return fact({
      reads: [
        table('drizzle', nameOf(first.args[0])),
        ...(first.args.slice(1).some(holdsQuery) ? [any] : []),
      ],
      on,
    });
  // Each query in it has its own effect.
  if (first.name === 'batch') return fact({ on: 'transaction' });
  if (first.name === '$with') return PURE;
  if (first.name === 'refreshMaterializedView') return fact({ writes: [any], on });
  if (first.name === 'rollback')
    return fact({ on: 'transaction', throws: '`rollback` throws to leave the transaction' });
  if (!/^(?:select|selectDistinct|selectDistinctOn|with|insert|update|delete)$/.test(first.name))
    return undefined;
  if (!chain.every((link) => link.kind === 'call' && STEPS.test(link.name))) return undefined;
  const named = (name: RegExp): string[] =>
    chain.filter((link) => name.test(link.name)).map((link) => nameOf(link.args[0]));
  const reads = named(/^from$|Join(?:Lateral)?$/);
  if (
    chain.some(
      (link) =>
        link.name === 'with' ||
        (link.name !== 'from' && link.args.some(holdsQuery)) ||
        /^(?:union|intersect|except)/.test(link.name),
    )
  )
    reads.push('*');
  const deletes = named(/^delete$/);
  const writes = [...named(/^(?:insert|update)$/), ...deletes, ...(deletes.length > 0 ? ['*'] : [])];
  // The queries of a `WITH` may write: https://orm.drizzle.team/docs/select#with-clause
  if (chain.some((link) => link.name === 'with')) writes.push('*');
  const isLocked = chain.some((link) => link.name === 'for');
  return fact({
    reads: tables('drizzle', reads),
    writes: tables('drizzle', isLocked ? [...writes, ...reads] : writes),
    on,
    ...(isLocked ? { pacing: 'lock' as const } : {}),
  });
}

const DATABASE = /^(?:\w*Database|Drizzle\w*|\w*Transaction)$/;

/** Whether the driver answers at once. */
const IS_SYNC =
  /^drizzle-orm\/(?:better-sqlite3|bun-sqlite|expo-sqlite|durable-sqlite|op-sqlite|sql-js|node-sqlite)/;

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  if (call.package.endsWith('/migrator')) return fact({ writes: [table('drizzle', '*')] });
  const start = links.findLastIndex(
    (link) =>
      (link.kind === 'call' && (link.name === 'drizzle' || link.name === 'withReplicas')) ||
      (link.kind === 'instance' && DATABASE.test(link.name)) ||
      (link.kind === 'call' && link.name === 'transaction' && link !== last),
  );
  const root = links[start];
  if (root === undefined)
    return BUILDS_ONLY.test(call.package) && !call.path.includes('#') ? PURE : undefined;
  if (start === links.length - 1) return { ...PURE, fresh: 'no' };
  const on = root.name === 'transaction' || root.name.endsWith('Transaction') ? 'transaction' : undefined;
  const does = chainFact(call, links.slice(start + 1), on);
  return does !== undefined && IS_SYNC.test(call.package) && does.opensTransactionIn === undefined
    ? { ...does, io: false }
    : does;
}

/** What calls of Drizzle do. A table is named by the variable that describes it. */
export const DRIZZLE_CALLS: LibraryTable = {
  packages: ['drizzle-orm', 'drizzle-orm/*'],
  source: 'https://orm.drizzle.team/docs/select',
  describe: withConstruction(describe),
};
