/** Tables while migrations change them. */

import type { ts } from 'ts-morph';
import type { Column, ColumnType, DeleteRule } from '../../schema.ts';
import type { Link } from './syntax.ts';

/** A column that later calls of its chain, and later migrations, change. */
export interface MutableColumn extends Column {
  name: string;
  column: string;
  type: ColumnType;
  written: string;
  isNullable: boolean | undefined;
}

/** A unique or an index, with the name that it is dropped by. */
interface Key {
  readonly name: string;
  columns: readonly string[];
  readonly isUnique: boolean;
}

/** Columns that refer to those of another table, with the name that they are dropped by. */
export interface ForeignKey {
  readonly name: string;
  columns: readonly string[];
  table: string;
  to: readonly string[];
  readonly onDelete: DeleteRule['rule'] | undefined;
}

/** A table while migrations are read. */
export interface Table {
  name: string;
  readonly columns: Map<string, MutableColumn>;
  primaryKey: readonly string[];
  keys: Key[];
  foreign: ForeignKey[];
  readonly unread: Set<string>;
  readonly node: ts.Node;
}

/** The tables by their names. */
export type Tables = Map<string, Table>;

/** The name that a key has where none is given: https://knexjs.org/guide/schema-builder.html#foreign */
export const defaultName = (table: string, columns: readonly string[], kind: string): string =>
  `${table}_${columns.join('_')}_${kind}`.replace(/[.-]/g, '_').toLowerCase();

/** https://knexjs.org/guide/schema-builder.html#alter: what is not said again is taken away. */
export function alterColumn(before: MutableColumn, after: MutableColumn, link: Link): void {
  const options = link.args[0]?.getText() ?? '';
  if (!/alterType:\s*false/.test(options)) {
    before.type = after.type;
    before.written = after.written;
  }
  if (!/alterNullable:\s*false/.test(options)) before.isNullable = true;
}

/** Takes a column away, with the keys that it is in. */
export function dropColumn(table: Table, name: string): void {
  table.columns.delete(name);
  if (table.primaryKey.includes(name)) table.primaryKey = [];
  table.keys = table.keys.filter((one) => !one.columns.includes(name));
  table.foreign = table.foreign.filter((one) => !one.columns.includes(name));
}

/** Gives a column another name, also where keys name it. */
export function renameColumn(tables: Tables, table: Table, from: string, to: string): void {
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map((one) => (one === from ? to : one));
  const columns = [...table.columns.values()];
  table.columns.clear();
  for (const column of columns) {
    if (column.name === from) {
      column.name = to;
      column.column = to;
    }
    table.columns.set(column.name, column);
  }
  table.primaryKey = renamed(table.primaryKey);
  for (const one of [...table.keys, ...table.foreign]) one.columns = renamed(one.columns);
  for (const { foreign } of tables.values())
    for (const one of foreign) if (one.table === table.name) one.to = renamed(one.to);
}

/** Gives a table another name, also where foreign keys name it. */
export function renameTable(tables: Tables, from: string, to: string): void {
  const table = tables.get(from);
  if (table === undefined) return;
  tables.delete(from);
  table.name = to;
  tables.set(to, table);
  for (const { foreign } of tables.values())
    for (const one of foreign) if (one.table === from) one.table = to;
}
