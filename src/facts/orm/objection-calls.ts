import type { LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  tables as tablesOf,
  takesTransaction,
  TRANSACTION,
  withConstruction,
} from './chain.ts';
import { runsOf } from './knex-calls.ts';
import { QUERY_STEPS } from './query-builder.ts';
import { isStatement } from './sql.ts';

/** What a query writes. Source: https://vincit.github.io/objection.js/api/query-builder/mutate-methods.html */
const WRITES =
  /^(?:insert(?:AndFetch)?|patch\w*|update(?:AndFetch\w*)?|increment|decrement|onConflict|merge|upsert)$/;
const CASCADES =
  /^(?:insertGraph\w*|insertWithRelated\w*|upsertGraph\w*|delete|del|deleteById|truncate|relate|unrelate)$/;
const JOINS = /(?:Graph|Eager|Related|eager|Relation|[rR]elated)/;
const STEPS =
  /^(?:findById|findByIds|findOne|resultSize|page|range|with\w*|\w*[jJ]oinRelat(?:ed|ion)|modifyGraph|modifyEager|allowGraph|allowEager|mergeAllowGraph|mergeAllowEager|skipUndefined|throwIfNotFound|castTo|alias|aliasFor|context|mergeContext|for|joinEager|eager|mergeEager|eagerAlgorithm|eagerOptions|graphExpressionObject|execute|bind|tableRefFor|modify|modifiers|applyFilter|(?:where|(?:and|or)Where)(?:(?:Not)?In)?Composite|noop|findOptions|debug)$/;

/** What a query of the model does, as a call of the last link of `chain`, whose first one begins the query. */
function queryFact(name: string, chain: readonly Link[]): LibraryFact | undefined {
  const [first, ...rest] = chain;
  if (first === undefined || chain.some((link) => link.kind !== 'call')) return undefined;
  if (
    !rest.every(
      (link) =>
        WRITES.test(link.name) ||
        CASCADES.test(link.name) ||
        STEPS.test(link.name) ||
        QUERY_STEPS.test(link.name),
    )
  )
    return undefined;
  // A modifier that is a function can write.
  if (rest.some((link) => link.name === 'modify' && link.args[0]?.isFunction === true)) return undefined;
  const own = table('objection', name);
  const any = table('objection', '*');
  const isOfRelation = /elated/.test(first.name);
  const cascades = rest.some((link) => CASCADES.test(link.name));
  const isWrite = cascades || rest.some((link) => WRITES.test(link.name));
  const others =
    isOfRelation ||
    rest.some(
      (link) =>
        JOINS.test(link.name) ||
        /join|^with|union/i.test(link.name) ||
        link.args.some((one) => one.isFunction || /query\(|\bselect\b/i.test(one.text)),
    );
  const isLocked = rest.some((link) => /^for(?:Update|Share|NoKeyUpdate|KeyShare)$/.test(link.name));
  const ofWhat = isOfRelation ? '*' : name;
  const tables = [table('objection', ofWhat)];
  const on =
    takesTransaction(first.args) ||
    (isOfRelation && takesTransaction(first.args.slice(1))) ||
    rest.some(
      (link) => link.name === 'transacting' || (link.name === 'context' && takesTransaction(link.args)),
    );
  const throws = rest.some((link) => link.name === 'throwIfNotFound');
  return fact({
    // What writes rows of any table says no more by reading them.
    reads: isWrite
      ? others && !isOfRelation
        ? [any]
        : []
      : others
        ? tablesOf('objection', [ofWhat, '*'])
        : tables,
    writes: isWrite ? (cascades && !isOfRelation ? [own, any] : tables) : isLocked ? tables : [],
    on: on ? 'transaction' : undefined,
    throws: throws ? '`throwIfNotFound` rejects where there is no such row' : undefined,
    ...runsOf(chain.at(-1)?.args ?? []),
    ...(isLocked ? { pacing: 'lock' as const } : {}),
  });
}

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  if (
    /^(?:raw|ref|fn(?:\.\w+)?|val|compose|mixin|snakeCaseMappers|knexSnakeCaseMappers|initialize|knexIdentifierMapping)\(\)/.test(
      call.path,
    ) &&
    links[0]?.name !== 'initialize'
  )
    return PURE;
  if (/^(?:Model\.)?transaction(?:\.start)?\(\)$/.test(call.path)) return opensTransaction(call);
  // The last one: a row that a query gave may be asked for more.
  const at = links.findLastIndex(
    (link) => link.kind === 'call' && /^(?:query|relatedQuery|\$query|\$relatedQuery)$/.test(link.name),
  );
  const model = links.findLast((link, place) => link.kind === 'subclass' && (at < 0 || place < at));
  const name = model?.name ?? '*';
  const own = table('objection', name);
  if (links[0]?.kind === 'instance' && links[0].name.endsWith('QueryBuilder')) return queryFact('*', links);
  if (at >= 0) return queryFact(name, links.slice(at));
  if (!links.some((link) => link.name === 'Model')) return undefined;
  const on = takesTransaction(last.args) ? 'transaction' : undefined;
  switch (last.name) {
    case 'transaction':
      return opensTransaction(call);
    case 'startTransaction':
    case 'commit':
    case 'rollback':
      return TRANSACTION;
    case 'fetchTableMetadata':
      return fact({ reads: [own] });
    case 'raw': {
      const text = sqlOf(last.args[0]);
      return text !== undefined && !isStatement(text)
        ? PURE
        : sqlFact('objection', text, { known: false, on });
    }
    case 'fromJson':
    case 'fromDatabaseJson':
    case 'ref':
    case 'bindKnex':
    case 'bindTransaction':
    case 'knex':
    case '$toJson':
    case 'toJSON':
    case '$clone':
    case '$id':
    case '$validate':
    case '$omit':
    case '$pick':
      return { ...PURE, fresh: 'no' };
    default:
      return undefined;
  }
}

/** What calls of Objection do. A model is named by its class. */
export const OBJECTION_CALLS: LibraryTable = {
  packages: ['objection'],
  source: 'https://vincit.github.io/objection.js/api/query-builder/',
  describe: withConstruction(describe),
};
