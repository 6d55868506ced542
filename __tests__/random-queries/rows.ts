import { block, line, type Piece } from '../random-programs/program.ts';
import type { Choices } from './choices.ts';
import { columnOf, tableOf, type Column, type ColumnType, type Schema, type Table } from './schema.ts';

/** A value as a text that the database reads, or null. */
export type Value = string | null;

/** A row: the value of each column by its name in code. */
export type Row = ReadonlyMap<string, Value>;

/** The rows of each table by its name, in the order in which they are inserted. */
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** Values of each type with which lookups, comparisons and sorting go wrong easily. */
const VALUES: Readonly<Record<ColumnType, readonly [string, ...string[]]>> = {
  integer: ['7', '1', '20', '2147483647', '3', '12', '-4', '5', '0'],
  bigint: ['1', '9007199254740993', '42', '9007199254740992', '-7', '3', '9223372036854775807', '20', '0'],
  uuid: [
    'f0000000-0000-4000-8000-00000000000a',
    '0b000000-0000-4000-8000-000000000001',
    'ab000000-0000-4000-8000-0000000000ff',
    '10000000-0000-4000-8000-000000000010',
    'c3000000-0000-4000-8000-00000000c3c3',
    '00000000-0000-4000-8000-000000000000',
    'ffffffff-ffff-4fff-bfff-ffffffffffff',
    '9e000000-0000-4000-8000-0000000009e0',
  ],
  text: ['b', 'B', '10', 'a', '9', 'Zoé', 'zoé', 'a b', '', ' a'],
  numeric: ['10.50', '0.10', '1.00', '-3.25', '10.5'],
  boolean: ['true', 'false'],
};

/** What names and ranks are: often the same. */
const PLAIN: Readonly<Record<string, readonly [string, ...string[]]>> = {
  name: ['Ann', 'ann', 'Bob', 'Cid', 'Bob', 'Ö', ''],
  rank: ['1', '2', '2', '3', '1', '0'],
};

/** The values that somebody may write into a program for a column. */
export const valuesOf = ({ domain, type }: Column): readonly [string, ...string[]] =>
  PLAIN[domain] ?? VALUES[type];

/** Rows for the tables of a schema. */
export function randomRows(choices: Choices, schema: Schema): Rows {
  const all = new Map<string, readonly Row[]>();
  for (const table of schema.tables) {
    const count = choices.chance(6) ? 0 : 3 + choices.below(6);
    const ids = choices.shuffled(VALUES[table.columns[0]?.type ?? 'integer']);
    const rows: Row[] = [];
    for (let at = 0; at < count; at++) {
      const row = randomRow(choices, { table, rows, all, id: ids[at] ?? null });
      if (row !== undefined) rows.push(row);
    }
    all.set(table.name, rows);
  }
  return all;
}

interface Beside {
  readonly table: Table;
  /** The rows of the same table so far, and those of other tables. */
  readonly rows: readonly Row[];
  readonly all: Rows;
  readonly id: Value;
}

/** A row that fits beside others; undefined where there is none. */
function randomRow(choices: Choices, { table, rows, all, id }: Beside): Row | undefined {
  const row = new Map<string, Value>();
  for (const column of table.columns) {
    const isId = column.name === 'id';
    const free = (value: Value): boolean =>
      value === null || !column.isUnique || rows.every((one) => one.get(column.name) !== value);
    const candidates = (isId ? [id] : choices.shuffled(candidatesFor(choices, column, { rows, all }))).filter(
      (value) => free(value) && (value !== null || column.isNullable),
    );
    const [value] = candidates;
    if (value === undefined) return undefined;
    row.set(column.name, column.isNullable && !isId && choices.chance(20) ? null : value);
  }
  if (table.deletedAt !== undefined)
    row.set(table.deletedAt, choices.chance(30) ? '2024-01-02T03:04:05Z' : null);
  const sets = [table.primaryKey, ...table.uniques];
  const isTaken = sets.some((names) =>
    rows.some((one) => names.every((name) => row.get(name) !== null && one.get(name) === row.get(name))),
  );
  return isTaken ? undefined : row;
}

/** The values that a column may have, null among them where it may be null. */
function candidatesFor(
  choices: Choices,
  column: Column,
  { rows, all }: Pick<Beside, 'rows' | 'all'>,
): readonly Value[] {
  const { points, type } = column;
  if (points === undefined) return valuesOf(column);
  const pointed = points.table === column.table ? rows : (all.get(points.table) ?? []);
  const known = pointed.flatMap((one) => one.get(points.column) ?? []);
  const nowhere = points.isChecked ? [] : choices.some(VALUES[type === 'text' ? 'integer' : type], 12);
  const nothing = column.isNullable ? [null] : [];
  // A few parents have most of the children.
  const few = choices.some(known, 60);
  return [...(few.length > 0 ? few : known), ...nowhere, ...nothing];
}

const identifier = (name: string): string => `"${name}"`;

const literal = (value: Value): string => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);

/** The file `seed.sql`: tables, rows, and what the database checks. */
export function seedOf(schema: Schema, rows: Rows): readonly Piece[] {
  const inserts = schema.tables.flatMap((table) =>
    (rows.get(table.name) ?? []).map((row) => {
      const names = [...row.keys()].map((name) => identifier(storedName(table, name)));
      return line(
        `insert into ${identifier(table.name)} (${names.join(', ')}) values (${[...row.values()].map(literal).join(', ')});`,
      );
    }),
  );
  return [
    ...schema.tables.map(creation),
    ...inserts,
    ...schema.tables.flatMap((table) => checks(schema, table)),
  ];
}

const storedName = (table: Table, name: string): string =>
  name === table.deletedAt ? name : columnOf(table, name).stored;

function creation(table: Table): Piece {
  const { columns, primaryKey, uniques, deletedAt } = table;
  const own = (names: readonly string[]): string =>
    names.map((name) => identifier(columnOf(table, name).stored)).join(', ');
  const parts = [
    ...columns.map(
      ({ stored, type, isNullable, isUnique, name }) =>
        `${identifier(stored)} ${type}${isNullable ? '' : ' not null'}${isUnique && name !== 'id' ? ' unique' : ''}`,
    ),
    ...(deletedAt === undefined ? [] : [`${identifier(deletedAt)} timestamptz`]),
    ...uniques.map((names) => `unique (${own(names)})`),
    `primary key (${own(primaryKey)})`,
  ];
  const lines = parts.map((part, at) => line(part + (at < parts.length - 1 ? ',' : '')));
  return block(`create table ${identifier(table.name)} (`, lines, ');');
}

const checks = (schema: Schema, { name, columns }: Table): readonly Piece[] =>
  columns.flatMap(({ stored, points }) => {
    if (points?.isChecked !== true) return [];
    const target = tableOf(schema, points.table);
    const other = columnOf(target, points.column).stored;
    const key = `foreign key (${identifier(stored)}) references ${identifier(target.name)} (${identifier(other)})`;
    return [line(`alter table ${identifier(name)} add ${key};`)];
  });
