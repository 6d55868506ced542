import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import {
  fact,
  isCut,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  tables,
  TRANSACTION,
  withConstruction,
} from './chain.ts';
import { builtQuery, QUERY_STEPS, tableIn } from './query-builder.ts';
import { isStatement } from './sql.ts';

/**
 * Whether a function among the arguments only builds a part of the query, by a chain of calls on the builder that it is handed or that
 * is its `this`: `(builder) => builder.where('a', 1).orWhere('b', 2)`.
 * @see https://knexjs.org/guide/query-builder.html#grouped-chain
 */
export function onlyBuilds({ isFunction, text }: Argument): boolean {
  if (!isFunction || isCut(text)) return false;
  const plain = text.replace(/'[^']*'|"[^"]*"/g, "''").replace(/\s+/g, ' ');
  const [, parameter, body] =
    /^\(? ?([\w$]+) ?(?:: ?[\w$.<> ]+)?\)? ?=> ?(.*)$/.exec(plain) ??
    /^function ?(\() ?\) ?(.*)$/.exec(plain) ??
    [];
  if (parameter === undefined || body === undefined) return false;
  const builder = parameter === '(' ? 'this' : parameter;
  const chain = /^\{ ?(?:return )?(.*?) ?;? ?\}$/.exec(body)?.[1] ?? body;
  if (!chain.startsWith(builder) || /\+\+|--|[^=!<>]=[^=>]/.test(chain)) return false;
  // Calls of the chain only: in their arguments there are none.
  const calls = chain.slice(builder.length);
  return (
    /^(?: ?\.\w+\([^()`]*\))+$/.test(calls) &&
    [...calls.matchAll(/\.(\w+)\(/g)].every(([, name = '']) => QUERY_STEPS.test(name) && !RUNS.test(name))
  );
}

/** Steps that send a query. */
const RUNS = /^(?:then|catch|finally|asCallback|stream|pipe)$/;

/** What an argument list has the library run: nothing, where its functions only build. */
export const runsOf = (args: readonly Argument[]): Pick<LibraryFact, 'runs'> =>
  args.some(({ isFunction }) => isFunction) && args.every((one) => !one.isFunction || onlyBuilds(one))
    ? { runs: [] }
    : {};

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
        ...runsOf(last.args),
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
