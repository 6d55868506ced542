import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  takesTransaction,
  TRANSACTION,
  withConstruction,
} from './chain.ts';
import { isStatement } from './sql.ts';

/** The database behind a package: `mysql2/promise` talks to the same one as `mysql2`. */
const databaseOf = (name: string): string => name.replace(/\/(?:promise|promises|lib\/.*|native)$/, '');

const CONTROLS =
  /^(?:beginTransaction|begin|commit|rollback|savepoint|release|releaseConnection|startTransaction)$/;
const LIVES = /^(?:connect|end|close|destroy|terminate|drain|clear|changeUser|initialize|disconnect|reset)$/;

/** What gives one connection: a client, or what a pool gives out. */
const ONE_CONNECTION = /^(?:createConnection|getConnection|acquire|reserve|connect)$/;

/** What the calls of a client share. */
function sharing(links: readonly Link[]): LibraryFact['on'] {
  let on: LibraryFact['on'];
  for (const link of links) {
    if (link.kind === 'instance' && link.name.endsWith('Transaction')) on = 'transaction';
    else if (link.kind === 'instance' && /^(?:Client|PoolClient|\w*Connection|Connection)$/.test(link.name))
      on = 'connection';
    else if (link.kind === 'call' && ONE_CONNECTION.test(link.name)) on = 'connection';
    else if (link.kind === 'call' && /^(?:transaction|begin|savepoint)$/.test(link.name)) on = 'transaction';
  }
  return on;
}

/** Drivers whose clients have `query` or `execute`: pg, mysql, mysql2, neon, oracledb. */
function describeClient(call: LibraryCall): LibraryFact | undefined {
  const database = databaseOf(call.package);
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  const any = table(database, '*');
  const isNeon = links.length > 0 && links[0]?.kind === 'call' && links[0].name === 'neon';
  if (links.length === 0) {
    if (/^(?:createPool|createPoolCluster|neon)$/.test(last.name)) return { ...PURE, fresh: 'no' };
    if (/^(?:createConnection|getConnection)$/.test(last.name)) return fact({ writes: [any] });
    return /^(?:escape|escapeId|format|raw|escapeLiteral|escapeIdentifier)$/.test(last.name)
      ? PURE
      : undefined;
  }
  const on = sharing(links);
  switch (last.name) {
    case '':
      return isNeon && links.length === 1 ? sqlFact(database, sqlOf(last.args[0])) : undefined;
    case 'query':
    case 'execute':
    case 'queryStream':
      return sqlFact(database, sqlOf(last.args[0]), { on });
    case 'executeMany': {
      const does = sqlFact(database, sqlOf(last.args[0]), { on });
      return { ...does, writes: does.writes.length > 0 ? does.writes : [any] };
    }
    case 'getConnection':
    case 'promise':
    case 'of':
      return fact({ io: last.name === 'getConnection' });
    case 'transaction':
      return isNeon ? fact({ on: 'transaction' }) : opensTransaction(call);
    case 'unprepare':
    case 'ping':
      return fact({ on });
    case 'on':
    case 'once':
    case 'escape':
    case 'escapeId':
    case 'format':
    case 'escapeLiteral':
    case 'escapeIdentifier':
    case 'unsafe':
      return { ...PURE, fresh: 'no' };
    default:
      if (CONTROLS.test(last.name)) return TRANSACTION;
      // A pool gives a client out, anything else begins or ends its own connection.
      if (/Pool(?:<\w+>)?#\.connect\(\)$/.test(call.path)) return fact({});
      return LIVES.test(last.name) ? fact({ writes: [any] }) : undefined;
  }
}

/** better-sqlite3: statements are prepared, and everything is done when a call returns. */
function describeBetterSqlite(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call' || (links.length === 0 && last.name !== '')) return undefined;
  const database = call.package;
  const any = table(database, '*');
  const prepared = links.findLast((link) => link.kind === 'call' && link.name === 'prepare');
  const text = prepared === undefined ? undefined : sqlOf(prepared.args[0]);
  switch (last.name) {
    case '':
      // A function that `transaction(…)` gave, or the database that the module makes when it is called.
      return links.at(-1)?.name === 'transaction' ||
        links.some((link) => /^(?:transaction|deferred|immediate|exclusive)$/.test(link.name))
        ? fact({ on: 'transaction', io: false, reads: [any], writes: [any] })
        : undefined;
    case 'get':
    case 'all':
    case 'iterate':
      return sqlFact(database, text, { io: false });
    case 'run': {
      const does = sqlFact(database, text, { io: false });
      return does.writes.length > 0 || does.on !== undefined ? does : { ...does, writes: [any] };
    }
    case 'exec':
      return sqlFact(database, sqlOf(last.args[0]), { io: false });
    case 'prepare':
    case 'bind':
    case 'pluck':
    case 'expand':
    case 'raw':
    case 'columns':
    case 'safeIntegers':
      return { ...PURE, fresh: 'no' };
    case 'transaction':
      // It gives a function that runs the callback in a transaction when it is called.
      return { ...PURE, fresh: 'no', runs: [] };
    case 'pragma':
    case 'close':
    case 'loadExtension':
    case 'function':
    case 'aggregate':
    case 'unsafeMode':
      return fact({ writes: [any], io: false });
    case 'backup':
      return fact({ reads: [any] });
    default:
      return undefined;
  }
}

/** sqlite3 and sqlite: one connection, statements one after the other or as they come. */
function describeSqlite(call: LibraryCall): LibraryFact | undefined {
  // Node's own answers at once: https://nodejs.org/docs/latest/api/sqlite.html
  const [origin] = call.steps;
  if (origin?.kind === 'member' && /^(DatabaseSync|StatementSync)$/.test(origin.name))
    return describeBetterSqlite(call);
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  // Both talk to the same file.
  const database = 'sqlite3';
  const any = table(database, '*');
  if (links.length === 0)
    return last.name === 'open'
      ? fact({ writes: [any] })
      : last.name === 'verbose'
        ? { ...PURE, fresh: 'no' }
        : undefined;
  const prepared = links.findLast((link) => link.kind === 'call' && link.name === 'prepare');
  switch (last.name) {
    case 'get':
    case 'all':
    case 'each':
      return sqlFact(database, sqlOf((prepared ?? last).args[0]), { on: 'connection' });
    case 'run':
    case 'exec': {
      const does = sqlFact(database, sqlOf((prepared ?? last).args[0]), { on: 'connection' });
      return does.writes.length > 0 || does.on === 'transaction' ? does : { ...does, writes: [any] };
    }
    case 'prepare':
      return fact({ on: 'connection' });
    case 'serialize':
    case 'parallelize':
      return fact({ on: 'connection', io: false });
    case 'migrate':
    case 'close':
    case 'finalize':
    case 'loadExtension':
    case 'configure':
      return fact({ writes: [any], on: 'connection' });
    case 'verbose':
    case 'on':
      return { ...PURE, fresh: 'no' };
    default:
      return undefined;
  }
}

/** postgres: a tagged template is a statement or a piece of one. */
function describePostgres(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  const database = 'postgres';
  const any = table(database, '*');
  const isTyped = links[0]?.kind === 'instance';
  if (!isTyped && links.length === 1)
    return last.name === '' || last.name === 'postgres' ? { ...PURE, fresh: 'no' } : undefined;
  let chain = links.slice(1);
  const shares = links.findLastIndex(
    (link, at) =>
      at < links.length - 1 && link.kind === 'call' && /^(?:begin|reserve|savepoint)$/.test(link.name),
  );
  let on: LibraryFact['on'] = /TransactionSql|ReservedSql/.test(links[0]?.name ?? '')
    ? (links[0]?.name ?? '').startsWith('Reserved')
      ? 'connection'
      : 'transaction'
    : undefined;
  if (shares >= 0) {
    on = links[shares]?.name === 'reserve' ? 'connection' : 'transaction';
    chain = links.slice(shares + 1);
  }
  const [first, ...rest] = chain;
  if (first === undefined || chain.some((link) => link.kind !== 'call')) return undefined;
  if (
    !rest.every((link) =>
      /^(?:then|catch|finally|values|raw|simple|execute|describe|cursor|forEach|cancel|stream|readable|writable)$/.test(
        link.name,
      ),
    )
  )
    return undefined;
  switch (first.name) {
    case '': {
      const text = first.args[0]?.string ?? taggedText(first.args[0]);
      // `sql(rows)` and `sql('name')` are helpers, and a template may be a piece of another.
      if (text === undefined)
        return first.args[0]?.text.startsWith('`') === true ? sqlFact(database, undefined, { on }) : PURE;
      return isStatement(text)
        ? sqlFact(database, text, { on })
        : PIECE.test(text)
          ? PURE
          : sqlFact(database, undefined, { on });
    }
    case 'unsafe': {
      const text = sqlOf(first.args[0]);
      return text !== undefined && !isStatement(text) && PIECE.test(text)
        ? PURE
        : sqlFact(database, text, { on });
    }
    case 'file':
      return sqlFact(database, undefined, { on });
    case 'begin':
    case 'savepoint':
      return opensTransaction(call);
    case 'reserve':
      return fact({});
    case 'release':
      return fact({ on: 'connection' });
    case 'listen':
    case 'subscribe':
      return fact({ pacing: 'event' });
    case 'notify':
    case 'end':
    case 'close':
      return fact({ writes: [any] });
    case 'json':
    case 'array':
    case 'typed':
      return PURE;
    default:
      return undefined;
  }
}

/** How pieces of a statement begin, and names alone. */
const PIECE =
  /^\s*(?:$|(?:where|and|or|not|order|limit|offset|from|join|left|right|inner|full|cross|group|having|returning|on|using|union|intersect|except|asc|desc|case|for\s+no|is|in|as|exists|count|coalesce|null|true|false|default|now)\b|[?*,()"$]|[\w."]+\s*$|[\w."]+\s*(?:=|<|>|!=|,|\bi?like\b|\bin\b|\bis\b|::|\bbetween\b))/i;

const taggedText = (argument: Argument | undefined): string | undefined =>
  /^`([^`$]*)`$/.exec(argument?.text ?? '')?.[1];

/** slonik: a query is an argument that `sql` made. */
function describeSlonik(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  if (links.length === 0 || links[0]?.name === 'sql' || links[0]?.name === 'createSqlTag')
    return /^(?:sql|createSqlTag)\b/.test(call.path)
      ? PURE
      : last.name === 'createPool'
        ? fact({})
        : undefined;
  const isTransaction = links.some(
    (link) => link.name === 'transaction' || /TransactionConnection/.test(link.name),
  );
  const isConnection = links.some(
    (link) => link.name === 'connect' || /^(?:\w+PoolConnection|PoolConnection)$/.test(link.name),
  );
  const on = isTransaction ? 'transaction' : isConnection ? 'connection' : undefined;
  switch (last.name) {
    case 'any':
    case 'anyFirst':
    case 'exists':
    case 'maybeOne':
    case 'maybeOneFirst':
    case 'query':
    case 'stream':
      return sqlFact('slonik', sqlOf(last.args[0]), { on });
    case 'one':
    case 'oneFirst':
    case 'many':
    case 'manyFirst':
      return {
        ...sqlFact('slonik', sqlOf(last.args[0]), { on }),
        throws: `\`${last.name}\` rejects where there is no such row`,
      };
    case 'transaction':
      return opensTransaction(call);
    case 'connect':
      return fact({
        on: 'connection',
        opensTransactionIn: call.args.findIndex((argument) => argument.isFunction),
      });
    case 'end':
      return fact({ writes: [table('slonik', '*')] });
    default:
      return undefined;
  }
}

/** mssql: a request runs a statement, a batch or a procedure. */
function describeMssql(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  const any = table('mssql', '*');
  const isOfTransaction =
    links.some((link) => /^(?:\w*Transaction|transaction)$/.test(link.name)) ||
    links.some((link) => link.kind === 'instance' && takesTransaction(link.args));
  const on = isOfTransaction
    ? 'transaction'
    : links.some((link) => /PreparedStatement/.test(link.name))
      ? 'connection'
      : undefined;
  switch (last.name) {
    case 'query':
    case 'batch':
      return sqlFact('mssql', sqlOf(last.args[0]), { on });
    case 'execute':
      return fact({ reads: [any], writes: [any], on });
    case 'bulk':
      return fact({ writes: [any], on });
    case 'begin':
    case 'commit':
    case 'rollback':
      return TRANSACTION;
    case 'connect':
    case 'close':
      return fact({ writes: [any] });
    case 'prepare':
    case 'unprepare':
      return fact({ on: 'connection' });
    case 'request':
    case 'transaction':
    case 'input':
    case 'output':
    case 'replaceInput':
      return { ...PURE, fresh: 'no' };
    default:
      // Types of columns: `NVarChar(50)`.
      return links.length <= 1 && /^[A-Z]/.test(last.name) ? PURE : undefined;
  }
}

/** What calls of node-postgres and of the drivers like it do. */
const CLIENTS: LibraryTable = {
  packages: [
    'pg',
    'pg-pool',
    'mysql',
    'mysql2',
    'mysql2/promise',
    'promise-mysql',
    '@neondatabase/serverless',
    'oracledb',
    '@vercel/postgres',
  ],
  source: 'https://node-postgres.com/apis/pool',
  describe: describeClient,
};

const DRIVERS: Readonly<Record<string, LibraryTable['describe']>> = {
  'better-sqlite3': describeBetterSqlite,
  sqlite3: describeSqlite,
  sqlite: describeSqlite,
  postgres: describePostgres,
  slonik: describeSlonik,
  mssql: describeMssql,
};

/**
 * What calls of the drivers of SQL databases do: as the text of SQL says.
 * Further sources: https://sidorares.github.io/node-mysql2/docs, https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md,
 * https://github.com/TryGhost/node-sqlite3/wiki/API, https://github.com/porsager/postgres, https://github.com/gajus/slonik,
 * https://neon.com/docs/serverless/serverless-driver, https://github.com/tediousjs/node-mssql,
 * https://node-oracledb.readthedocs.io/en/latest/api_manual/connection.html
 */
export const SQL_DRIVERS_CALLS: LibraryTable = {
  packages: [...CLIENTS.packages, ...Object.keys(DRIVERS)],
  source: CLIENTS.source,
  describe: (call) => {
    // These two open their file when they are made.
    if (call.package.endsWith('sqlite3') && call.steps.at(-1)?.kind === 'instance')
      return fact({ writes: [table(call.package, '*')], io: false });
    return withConstruction(DRIVERS[call.package] ?? CLIENTS.describe)(call);
  },
};
