import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A PostgreSQL in this process, which clients reach over TCP. */
export interface Postgres {
  /** Where a client connects to; another one after each reset. */
  readonly url: string;
  /** The statements that count, of all clients, as they came over the wire since the last reset. */
  readonly statements: readonly string[];
  /** Turns every client out and leaves nothing but what `seed` makes: neither a table nor a setting nor a transaction. */
  reset(seed: string): Promise<void>;
  /** The rows of each table as text, in an order of their own. */
  dump(): Promise<ReadonlyMap<string, readonly string[]>>;
  close(): Promise<void>;
}

/**
 * Starts a PostgreSQL (PGlite, which has one session for all clients: a client must be content with one connection).
 * @see https://pglite.dev/docs/pglite-socket
 */
export async function startPostgres(): Promise<Postgres> {
  const db = await PGlite.create();
  const statements: string[] = [];
  let server: PGLiteSocketServer | undefined;

  const log = statementLog((text) => {
    if (counts(text)) statements.push(text);
  });
  const execute = db.execProtocolRawStream.bind(db);
  db.execProtocolRawStream = (message, options) => {
    log(message);
    return execute(message, options);
  };

  return {
    get url() {
      if (server === undefined) throw new Error('A database has no address before its first reset.');
      return `postgres://postgres:postgres@${server.getServerConn()}/postgres`;
    },
    statements,
    async reset(seed) {
      await server?.stop();
      await forgetEverything(db);
      await db.exec(seed);
      statements.length = 0;
      server = new PGLiteSocketServer({ db, port: 0, maxConnections: MOST_CONNECTIONS });
      await server.start();
    },
    dump: () => contentsOf(db),
    async close() {
      await server?.stop();
      // Without this the process does not come to an end by itself.
      await db.close();
    },
  };
}

/** One is the default, and a client that is being closed still holds it while the next one opens. */
const MOST_CONNECTIONS = 20;

/** Session and schemas as in a new database. */
async function forgetEverything(db: PGlite): Promise<void> {
  // Whoever hung or was turned out in a transaction left it open.
  await db.exec('rollback');
  await db.exec('discard all');
  const schemas = await db.query<{ name: string }>(
    `select quote_ident(nspname) as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  for (const { name } of schemas.rows) await db.exec(`drop schema ${name} cascade`);
  await db.exec('create schema public');
}

async function contentsOf(db: PGlite): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await db.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema !~ '^pg_' and table_schema <> 'information_schema' order by 1`,
  );
  const contents = new Map<string, readonly string[]>();
  for (const { name } of tables.rows) {
    const { rows } = await db.query<{ text: string }>(`select one::text as text from ${name} one order by 1`);
    contents.set(
      name,
      rows.map(({ text }) => text),
    );
  }
  return contents;
}

/**
 * Whether a statement is one that a program asks for. Left out, since how many there are is up to the client and not to the program:
 * - what begins, ends or marks transactions, which go with the statements in them;
 * - settings of the session: `SET` and `SHOW`, `DISCARD`, `DEALLOCATE`, `CLOSE`;
 * - what ORMs ask before their first query: the server's version, whether it answers (`SELECT 1`), its current schema, and its catalogs of
 *   types and tables (Sequelize: ranges and enums; Objection: columns; TypeORM: extensions).
 */
export const counts = (statement: string): boolean => {
  const text = statement
    .replace(/^(?:\s+|--.*|\/\*[^]*?\*\/)+/, '')
    .replace(/[\s;]+$/, '')
    .toLowerCase();
  return text !== '' && !BOOKKEEPING.test(text) && !GREETING.test(text) && !CATALOG.test(text);
};

const BOOKKEEPING =
  /^(?:begin|start transaction|commit|end|rollback|abort|savepoint|release|set|reset|show|discard|deallocate|close)\b/;
const GREETING =
  /^select (?:version\(\)|\* from current_schema\(\)|current_schema\(\)|current_database\(\)|1(?: ?\+ ?1)?)(?: as "?\w+"?)?$/;
const CATALOG =
  /\b(?:from|join)\s+"?(?:(?:pg_catalog|information_schema)"?\.|pg_(?:attribute|class|constraint|database|enum|extension|index|namespace|range|type)\b)/;

/**
 * A reader of what clients send. It tells `onStatement` the text of each query: of a simple query (`Q`) all of it, which may be several
 * statements but is one round trip, and of the extended protocol one for each time that a portal is run (`E`).
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function statementLog(onStatement: (text: string) => void): (message: Uint8Array) => void {
  const prepared = new Map<string, string>();
  const portals = new Map<string, string>();
  const onMessage = (type: string, body: Buffer): void => {
    const [first = '', second = ''] = body.toString('utf8').split('\0', 2);
    if (type === 'Q') onStatement(first);
    if (type === 'P') prepared.set(first, second);
    if (type === 'B') portals.set(first, prepared.get(second) ?? '');
    if (type === 'E') onStatement(portals.get(first) ?? '');
  };
  return (message) => {
    const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
    // The first message of a connection has no type: it begins with its length, of which the first byte is 0.
    for (let at = 0; at + 5 <= bytes.length && bytes[at] !== 0;) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      onMessage(String.fromCharCode(bytes[at] ?? 0), bytes.subarray(at + 5, end));
      at = end;
    }
  };
}
