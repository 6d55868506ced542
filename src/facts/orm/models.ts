import type { ts } from 'ts-morph';
import { readDrizzleModels } from './drizzle-schema.ts';
import { readKnexModels } from './knex-schema.ts';
import { readMikroOrmModels } from './mikro-orm-schema.ts';
import { readMongooseModels } from './mongoose-schema.ts';
import { readObjectionModels } from './objection-schema.ts';
import { readSequelizeModels } from './sequelize-schema.ts';
import { readTypeOrmModels } from './typeorm-schema.ts';
import type { Model, Orm } from './schema.ts';

/** The libraries whose models are declared in code. */
export type CodeOrm = Exclude<Orm, 'prisma'>;

type Reader = (sources: readonly ts.SourceFile[], checker: ts.TypeChecker) => readonly Model[];

const READERS: { readonly [K in CodeOrm]: Reader } = {
  drizzle: readDrizzleModels,
  knex: readKnexModels,
  'mikro-orm': readMikroOrmModels,
  mongoose: readMongooseModels,
  objection: readObjectionModels,
  sequelize: readSequelizeModels,
  typeorm: readTypeOrmModels,
};

/** The models that `sources` declare for a library. */
export const readModels = (
  orm: CodeOrm,
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] => READERS[orm](sources, checker);
