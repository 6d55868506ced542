import type { Dialect } from '../query.ts';
import { DRIZZLE } from './drizzle.ts';
import { KNEX } from './knex.ts';
import { MIKRO_ORM } from './mikro-orm.ts';
import { MONGOOSE } from './mongoose.ts';
import { OBJECTION } from './objection.ts';
import { PRISMA } from './prisma.ts';
import { SEQUELIZE } from './sequelize.ts';
import { TYPEORM } from './typeorm.ts';

const DIALECTS: readonly Dialect[] = [
  DRIZZLE,
  KNEX,
  MIKRO_ORM,
  MONGOOSE,
  OBJECTION,
  PRISMA,
  SEQUELIZE,
  TYPEORM,
];

/** The dialect of a library, by the name that facts call it by. */
export const dialectOf = (orm: string): Dialect | undefined => DIALECTS.find((one) => one.orm === orm);

/** Whether any library has a query whose last method is called so: asked before anything that costs more. */
export const mayBeQuery = (method: string): boolean => DIALECTS.some(({ methods }) => methods.test(method));

/** Whether a package is of one of the libraries: `@prisma/client`, `@mikro-orm/core`. */
export const isOfDialect = (name: string): boolean => DIALECTS.some(({ orm }) => name.includes(orm));
