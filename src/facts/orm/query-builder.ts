import type { Argument } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import { isTransaction, nameInSql, takesTransaction } from './chain.ts';

/** Methods of a query of Knex that write. Source: https://knexjs.org/guide/query-builder.html */
const WRITES = /^(?:insert|update|upsert|increment|decrement|onConflict|merge|updateFrom|batchInsert)$/;
const DELETES = /^(?:del|delete|truncate)$/;

/** Methods that build a query that reads, or wait for one. */
export const QUERY_STEPS =
  /^(?:(?:add)?select|columns?|pluck|first|distinct(?:On)?|from|table|into|as|with(?:Recursive|Schema|Materialized|NotMaterialized|Wrapped)?|(?:where|having|(?:and|or)(?:Where|Having))(?:Not|In|NotIn|Null|NotNull|Exists|NotExists|Between|NotBetween|Raw|Column|Composite|InComposite|Like|ILike|JsonObject|JsonPath|JsonSupersetOf|JsonSubsetOf|JsonNotObject|JsonIsObject|JsonIsArray|JsonHasAny|JsonHasAll|JsonNotSupersetOf|JsonNotSubsetOf|JsonIsNotArray|JsonIsNotObject|Wrapped)*|(?:inner|left|leftOuter|right|rightOuter|full|fullOuter|outer|cross)?Join(?:Raw)?|join(?:Raw)?|on\w*|andOn\w*|orOn\w*|using|groupBy(?:Raw)?|orderBy(?:Raw)?|fromRaw|limit|offset|union(?:All)?|intersect|except|count(?:Distinct)?|min|max|sum(?:Distinct)?|avg(?:Distinct)?|returning|ignore|transacting|connection|clone|options|timeout|debug|hintComment|comment|queryContext|clearSelect|clearWhere|clearOrder|clearGroup|clearHaving|clearCounters|clear|jsonExtract|jsonSet|jsonInsert|jsonRemove|rowNumber|rank|denseRank|partitionBy|forUpdate|forShare|forNoKeyUpdate|forKeyShare|skipLocked|noWait|then|catch|finally|stream|pipe|toSQL|toString|toQuery|columnInfo|and|or|not|asCallback|jsonObject)$/;

/** What a chain of calls on a query builder does; `*` for a table that is not named. */
export interface BuiltQuery {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly isWrite: boolean;
  readonly isLocked: boolean;
  readonly isOnTransaction: boolean;
}

/** The table in an argument: a text, or the only value of `{ alias: 'table' }`. */
export function tableIn(argument: Argument | undefined): string {
  if (argument?.string !== undefined) return nameInSql(argument.string);
  const [value, ...others] = Object.values(argument?.values ?? {});
  const quoted =
    value === undefined || others.length > 0 ? undefined : /^['"`]([^'"`$]+)['"`]$/.exec(value)?.[1];
  return nameInSql(quoted);
}

/** Whether an argument builds a query of its own, or may hold one. */
const holdsQuery = (argument: Argument): boolean =>
  argument.isFunction ||
  /\.from\(|\.select\(|\.query\(|\bselect\b|\bfrom\b/i.test(argument.string ?? argument.text);

/** What `chain` does, whose first link names a table by its argument or is `select`; undefined where a link is not known. */
export function builtQuery(chain: readonly Link[], known: RegExp = QUERY_STEPS): BuiltQuery | undefined {
  const own: string[] = [];
  const reads: string[] = [];
  let isWrite = false;
  let isDelete = false;
  for (const [at, { kind, name, args }] of chain.entries()) {
    if (kind !== 'call') return undefined;
    if ((name === '' && at === 0) || /^(?:from|into|table)$/.test(name)) own.push(tableIn(args[0]));
    else if (WRITES.test(name)) isWrite = true;
    else if (DELETES.test(name)) isDelete = true;
    else if (!known.test(name)) return undefined;
    else if (/join/i.test(name)) reads.push(tableIn(args[0]));
    else if (/^(?:union|intersect|except|with)/i.test(name) && name !== 'withSchema') reads.push('*');
    if (name !== '' && !/join|transacting/i.test(name) && args.some(holdsQuery)) reads.push('*');
  }
  if (own.length === 0) own.push('*');
  const writes = isWrite || isDelete ? [...own, ...(isDelete ? ['*'] : [])] : [];
  // The queries of a `WITH` may write.
  if (chain.some((link) => /^with(?!Schema)/.test(link.name))) writes.push('*');
  const isLocked = chain.some((link) => /^for(?:Update|Share|NoKeyUpdate|KeyShare)$/.test(link.name));
  return {
    reads: [...new Set(isWrite || isDelete ? reads : [...own, ...reads])],
    writes: [...new Set(isLocked ? [...writes, ...own] : writes)],
    isWrite: isWrite || isDelete,
    isLocked,
    isOnTransaction: chain.some(
      (link) =>
        link.name === 'transacting' ||
        (link.name !== '' && takesTransaction(link.args) && link.args.every(isTransaction)),
    ),
  };
}
