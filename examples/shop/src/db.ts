import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { Sequelize } from 'sequelize';
import { logger } from './logger.js';

// The embedded PostgreSQL has one session, which more than one connection would share.
export const sequelize = new Sequelize({
  dialect: 'postgres',
  host: '127.0.0.1',
  database: 'postgres',
  username: 'postgres',
  pool: { max: 1 },
  logging: (sql) => logger.trace({ sql }, 'query'),
});

let port: number | undefined;
let stop: (() => Promise<void>) | undefined;

sequelize.addHook('beforeConnect', (connection) => {
  if (port === undefined) throw new Error('The database has not been started.');
  connection.port = String(port);
});

/** Starts a PostgreSQL inside this process, on a free port. Its rows live in memory. */
export async function startDatabase(): Promise<void> {
  const engine = await PGlite.create();
  const server = new PGLiteSocketServer({ db: engine, host: '127.0.0.1', port: 0, maxConnections: 4 });
  await server.start();
  port = Number(server.getServerConn().split(':').pop());
  stop = async () => {
    await sequelize.close();
    await server.stop();
    await engine.close();
  };
  console.debug('Database started on port', port);
}

export async function stopDatabase(): Promise<void> {
  await stop?.();
  stop = undefined;
}
