import type { LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import {
  fact,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  tables,
  TRANSACTION,
  withConstruction,
} from './chain.ts';
import { builtQuery, tableIn } from './query-builder.ts';
import { isStatement } from './sql.ts';

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  const any = table('knex', '*');
  // What makes or is a `knex`: `knex(config)`, a transaction of it, or a variable of that type.
  let start = links.findIndex((link) => link.kind === 'call' || link.kind === 'instance');
  let on: LibraryFact['on'] = links[start]?.name === 'Transaction' ? 'transaction' : undefined;
  const root = links[start];
  if (root?.kind === 'instance' && root.name.endsWith('QueryBuilder')) {
    const built = builtQuery(links.slice(start + 1));
    return built === undefined ? undefined : fact({ reads: [any], writes: built.isWrite ? [any] : [] });
  }
  if (root === undefined || !/^(?:knex|Knex|Transaction|)$/.test(root.name)) return undefined;
  for (let at = start + 1; at < links.length - 1; at++) {
    const link = links[at];
    if (link?.kind !== 'call' || !/^(?:transaction|withUserParams|transactionProvider)$/.test(link.name))
      break;
    start = at;
    // `transactionProvider()()` gives the transaction.
    if (link.name === 'transactionProvider' && links[at + 1]?.name === '') start = ++at;
    if (link.name !== 'withUserParams') on = 'transaction';
  }
  const chain = links.slice(start + 1);
  const first = chain[0];
  if (first === undefined) return { ...PURE, fresh: 'no' };
  if (first.kind === 'member') {
    if (/^(?:schema|migrate|seed)$/.test(first.name)) {
      const isQuestion = /^(?:hasTable|hasColumn|status|list|currentVersion)$/.test(last.name);
      return fact(isQuestion ? { reads: [any], on } : { writes: [any], on });
    }
    return first.name === 'fn' ? PURE : undefined;
  }
  switch (first.name) {
    case 'raw': {
      const text = sqlOf(first.args[0]);
      if (
        !chain
          .slice(1)
          .every((link) =>
            /^(?:then|catch|finally|transacting|timeout|options|stream|wrap|toString|toSQL|toQuery|connection|debug)$/.test(
              link.name,
            ),
          )
      )
        return undefined;
      if (text !== undefined && !isStatement(text)) return PURE;
      return sqlFact('knex', text, {
        on: chain.some((link) => link.name === 'transacting') ? 'transaction' : on,
      });
    }
    case 'transaction':
    case 'transactionProvider':
      return chain.length === 1 ? opensTransaction(call) : undefined;
    case 'commit':
    case 'rollback':
    case 'savepoint':
      return TRANSACTION;
    case 'batchInsert':
      return fact({ writes: [table('knex', tableIn(first.args[0]))], on });
    case 'destroy':
    case 'initialize':
      return fact({ writes: [any] });
    case 'ref':
    case 'queryBuilder':
      return chain.length === 1 ? PURE : undefined;
    case 'on':
    case 'isCompleted':
    case 'isTransaction':
      return { ...PURE, fresh: 'no' };
    default: {
      const built = builtQuery(chain);
      if (built === undefined) return undefined;
      return fact({
        reads: tables('knex', built.reads),
        writes: tables('knex', built.writes),
        on: built.isOnTransaction ? 'transaction' : on,
        ...(built.isLocked ? { pacing: 'lock' as const } : {}),
      });
    }
  }
}

/** What calls of Knex do. A query that is not waited for yet has the effect that it will have. */
export const KNEX_CALLS: LibraryTable = {
  packages: ['knex', 'nestjs-knex', 'nest-knexjs'],
  source: 'https://knexjs.org/guide/query-builder.html',
  describe: withConstruction(describe),
};
