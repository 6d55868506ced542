import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  isCut,
  linksOf,
  nameInSql,
  sqlFact,
  sqlOf,
  table,
  tables,
  TRANSACTION,
  withConstruction,
} from './chain.ts';

const RUNS = /^(?:execute|executeTakeFirst|executeTakeFirstOrThrow|stream|explain)$/;

/** A table in an argument: `'users as u'`, or the first of a list; `*` where it is a query. */
function namesIn(argument: Argument | undefined): string[] {
  if (argument?.string !== undefined) return [nameInSql(argument.string)];
  const list = /^\[([^[\]]*)\]$/.exec(argument?.text ?? '')?.[1];
  if (list === undefined) return ['*'];
  return list.split(',').map((one) => nameInSql(/^\s*['"]([^'"]*)['"]\s*$/.exec(one)?.[1]));
}

/** Whether an argument builds a query of its own. */
const holdsQuery = (argument: Argument): boolean =>
  /selectFrom|\bsql\b|\bselect\b/i.test(argument.text) || isCut(argument.text);

/** The effect of running the query that `chain` builds. */
function queryFact(chain: readonly Link[], on: LibraryFact['on']): LibraryFact | undefined {
  const last = chain.at(-1);
  if (last === undefined || chain.some((link) => link.kind !== 'call')) return undefined;
  if (chain.slice(0, -1).some((link) => RUNS.test(link.name))) return undefined;
  if (!RUNS.test(last.name)) return PURE;
  const named = (name: RegExp): string[] =>
    chain.filter((link) => name.test(link.name)).flatMap((link) => namesIn(link.args[0]));
  const reads = named(/^(?:selectFrom|from|using)$|Join(?:Lateral)?$/);
  const deletes = named(/^(?:deleteFrom|mergeInto)$/);
  const writes = [
    ...named(/^(?:insertInto|replaceInto|updateTable)$/),
    ...deletes,
    ...(deletes.length > 0 ? ['*'] : []),
  ];
  if (
    !chain.some((link) =>
      /^(?:selectFrom|selectNoFrom|insertInto|replaceInto|updateTable|deleteFrom|mergeInto)$/.test(link.name),
    )
  )
    return undefined;
  for (const link of chain) {
    if (/^with(?!Schema|Plugin|outPlugins|Tables)/.test(link.name)) {
      reads.push('*');
      // The query of a `WITH` may write.
      if (
        link.args.some(
          (one) =>
            isCut(one.text) ||
            (!/selectFrom/.test(one.text) && one.string === undefined) ||
            /insertInto|updateTable|deleteFrom|mergeInto/.test(one.text),
        )
      )
        writes.push('*');
    } else if (/^(?:union|intersect|except|\$call|\$if|expression)/.test(link.name)) reads.push('*');
    else if (
      !/^(?:selectFrom|insertInto|updateTable|deleteFrom|values|set)$/.test(link.name) &&
      link.args.some(holdsQuery)
    )
      reads.push('*');
    // `$call` may add anything to the query.
    if (link.name === '$call') return undefined;
  }
  const isLocked = chain.some((link) => /^for(?:Update|Share|KeyShare|NoKeyUpdate)$/.test(link.name));
  return fact({
    reads: tables('kysely', reads),
    writes: tables('kysely', isLocked ? [...writes, ...reads] : writes),
    on,
    throws: last.name.endsWith('OrThrow') ? `\`${last.name}\` rejects where there is no such row` : undefined,
    ...(isLocked ? { pacing: 'lock' as const } : {}),
  });
}

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  const any = table('kysely', '*');
  const [head] = links;
  // `sql` makes a piece of a query, and `.execute(db)` of it runs it.
  if (head?.name === 'sql') {
    const text = links.findLast((link) => link.kind === 'call' && link !== last)?.args[0];
    if (links.length < 2 || last.name !== 'execute') return PURE;
    const on = last.args.some((one) => /^(?:trx|tx|transaction)$/i.test(one.name ?? ''))
      ? 'transaction'
      : undefined;
    return sqlFact('kysely', links[0]?.kind === 'call' ? sqlOf(text) : undefined, { on });
  }
  const start = links.findIndex(
    (link) =>
      link.kind === 'instance' && /^(?:Kysely|\w*Transaction|QueryCreator|\w*Kysely\w*)$/.test(link.name),
  );
  if (start < 0)
    return links.some((link) => link.kind === 'instance')
      ? undefined
      : /^(?:[a-z]\w*(?:\.\w+)?)\(\)$/.test(call.path)
        ? PURE
        : undefined;
  let on: LibraryFact['on'] = (links[start]?.name ?? '').endsWith('Transaction') ? 'transaction' : undefined;
  let chain = links
    .slice(start + 1)
    .filter((link) => link.kind !== 'subclass' && !(link.kind === 'instance' && link.name === ''));
  const [first, second] = chain;
  if (first === undefined) return undefined;
  if (first.kind === 'member') {
    if (first.name === 'schema' || first.name === 'introspection')
      return RUNS.test(last.name)
        ? fact({ writes: [any], on })
        : first.name === 'introspection'
          ? fact({ reads: [any], on })
          : PURE;
    return /^(?:fn|dynamic)$/.test(first.name) ? PURE : undefined;
  }
  if (/^(?:transaction|connection|startTransaction)$/.test(first.name)) {
    const kind = first.name === 'connection' ? 'connection' : 'transaction';
    const at = chain.findIndex((link) => link.kind === 'call' && link.name === 'execute');
    if (at < 0) return PURE;
    if (at === chain.length - 1) {
      const callback = call.args.findIndex((argument) => argument.isFunction);
      const opens = first.name === 'startTransaction' ? undefined : callback < 0 ? 0 : callback;
      return fact({ on: kind, opensTransactionIn: opens });
    }
    on = kind;
    chain = chain.slice(at + 1);
  }
  if (/^(?:commit|rollback|savepoint|rollbackToSavepoint|releaseSavepoint)$/.test(chain[0]?.name ?? ''))
    return RUNS.test(last.name) ? TRANSACTION : PURE;
  if (first.name === 'destroy') return fact({ writes: [any] });
  if (first.name === 'executeQuery') return fact({ reads: [any], writes: [any], on });
  if (
    /^(?:case|withPlugin|withSchema|withoutPlugins|withTables|getExecutor)$/.test(first.name) &&
    second === undefined
  )
    return PURE;
  return queryFact(chain, on);
}

/** What calls of Kysely do: only running a query touches the database. */
export const KYSELY_CALLS: LibraryTable = {
  packages: ['kysely', 'nestjs-kysely'],
  source: 'https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html',
  describe: withConstruction(describe),
};
