import { DRIZZLE_CALLS } from '../orm/drizzle-calls.ts';
import { KNEX_CALLS } from '../orm/knex-calls.ts';
import { KYSELY_CALLS } from '../orm/kysely-calls.ts';
import { MIKRO_ORM_CALLS } from '../orm/mikro-orm-calls.ts';
import { MONGODB_CALLS } from '../orm/mongodb-calls.ts';
import { MONGOOSE_CALLS } from '../orm/mongoose-calls.ts';
import { OBJECTION_CALLS } from '../orm/objection-calls.ts';
import { PRISMA_CALLS } from '../orm/prisma-calls.ts';
import { SEQUELIZE_CALLS } from '../orm/sequelize-calls.ts';
import { SQL_DRIVERS_CALLS } from '../orm/sql-drivers-calls.ts';
import { TYPEORM_CALLS } from '../orm/typeorm-calls.ts';
import { COMPUTATION } from './computation.ts';
import { GLOBALS } from './globals.ts';
import { HTTP_CLIENTS } from './http-clients.ts';
import { FILE_PACKAGES, FS, FS_EXTRA, NODE } from './node.ts';
import { STORES } from './stores.ts';
import type { LibraryCall, LibraryFact, LibraryTable } from './library.ts';

/** Every table. One that knows a call wins over those below it. */
const TABLES: readonly LibraryTable[] = [
  GLOBALS,
  FS,
  FS_EXTRA,
  ...NODE,
  ...FILE_PACKAGES,
  ...HTTP_CLIENTS,
  ...STORES,
  ...COMPUTATION,
  DRIZZLE_CALLS,
  KNEX_CALLS,
  KYSELY_CALLS,
  MIKRO_ORM_CALLS,
  MONGODB_CALLS,
  MONGOOSE_CALLS,
  OBJECTION_CALLS,
  PRISMA_CALLS,
  SEQUELIZE_CALLS,
  SQL_DRIVERS_CALLS,
  TYPEORM_CALLS,
];

const isOf = (table: LibraryTable, name: string): boolean =>
  table.packages.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));

const byPackage = new Map<string, readonly LibraryTable[]>();

/** The tables of a package. */
function tablesOf(name: string): readonly LibraryTable[] {
  const known = byPackage.get(name) ?? TABLES.filter((table) => isOf(table, name));
  byPackage.set(name, known);
  return known;
}

/** Whether any table speaks of the package. */
export const isKnownPackage = (name: string): boolean => tablesOf(name).length > 0;

/** What a call of a library does; undefined where no table knows it. */
export function libraryFactOf(call: LibraryCall): LibraryFact | undefined {
  for (const table of tablesOf(call.package)) {
    const fact = table.describe(call);
    if (fact !== undefined) return fact;
  }
  return undefined;
}
