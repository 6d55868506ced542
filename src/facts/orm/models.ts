import type { ts } from 'ts-morph';
import type { Model, Orm } from './schema.ts';
import { readDrizzleModels } from './schemas/drizzle/models.ts';
import { readKnexModels } from './schemas/knex/models.ts';
import { readMikroOrmModels } from './schemas/mikro-orm/models.ts';
import { readMongooseModels } from './schemas/mongoose/models.ts';
import { readObjectionModels } from './schemas/objection/models.ts';
import { readSequelizeModels } from './schemas/sequelize/models.ts';
import { readTypeOrmModels } from './schemas/typeorm/models.ts';

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
