import createKnex from 'knex';
import { Model } from 'objection';

export const knex = createKnex({
  client: 'pg',
  connection: process.env.DATABASE_URL,
  pool: { min: 0, max: 1 },
});

Model.knex(knex);

export const disconnect = (): Promise<void> => knex.destroy();
