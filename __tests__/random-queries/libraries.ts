import { dialectOf } from '../../src/queries/dialects/dialects.ts';
import { drizzle } from './libraries/drizzle.ts';
import { knex } from './libraries/knex.ts';
import { objection } from './libraries/objection.ts';
import { prisma } from './libraries/prisma.ts';
import { sequelize } from './libraries/sequelize.ts';
import { typeorm } from './libraries/typeorm.ts';
import type { Library } from './library.ts';

/** The libraries that programs are written for: those whose queries the transform can rewrite. */
export const LIBRARIES: readonly Library[] = [prisma, typeorm, drizzle, sequelize, knex, objection].filter(
  ({ orm }) => dialectOf(orm) !== undefined,
);
