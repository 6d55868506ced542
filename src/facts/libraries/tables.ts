import type { LibraryCall, LibraryFact, LibraryTable } from './library.ts';

/** Every table. One that knows a call wins over those below it. */
const TABLES: readonly LibraryTable[] = [];

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
