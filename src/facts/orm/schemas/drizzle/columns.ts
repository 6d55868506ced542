import { ts } from 'ts-morph';
import type { ColumnType } from '../../schema.ts';
import { builtBy, propertyOf, type Built } from './built.ts';
import { cased, type Casing } from './casing.ts';
import {
  isFunctionWithResult,
  objectOf,
  propertyName,
  propertyValue,
  resultOf,
  short,
  textOf,
  valuesOf,
  withParameter,
} from './expressions.ts';
import { readExtras } from './extras.ts';
import { readReference } from './foreign-keys.ts';
import { resolve, type Known, type Reading } from './names.ts';
import type { Table, Tables } from './tables.ts';

/** Reads the columns and keys of a table into it: https://orm.drizzle.team/docs/sql-schema-declaration */
export function readTable(table: Table, casing: Casing, tables: Tables): void {
  const { columns, at, module } = table.call;
  const known = columns === undefined ? undefined : resolve(columns, at);
  const builders: Known = { kind: 'library', module, name: '*' };
  if (known?.kind === 'node' && isFunctionWithResult(known.node)) {
    const inside = withParameter(known.node, at, builders, (name) => ({ ...builders, name }));
    readColumns(table, resultOf(known.node), { casing, tables, at: inside });
  } else {
    readColumns(table, columns, { casing, tables, at });
  }
  readExtras(table, tables);
  // A key of several columns is declared beside them. SQLite alone allows nulls in it.
  if (module.includes('sqlite')) return;
  for (const name of table.primaryKey) {
    const column = table.columns.get(name);
    if (column !== undefined) table.columns.set(name, { ...column, isNullable: false });
  }
}

/** Where columns are read, and what of the project is known there. */
interface Place {
  readonly casing: Casing;
  readonly tables: Tables;
  readonly at: Reading;
}

function readColumns(table: Table, columns: ts.Expression | undefined, place: Place): void {
  const { at } = place;
  const found = objectOf(columns, at);
  if (found === undefined) {
    table.unread.push(columns === undefined ? 'its columns' : `its columns from \`${short(columns)}\``);
    return;
  }
  for (const property of found.object.properties) {
    if (ts.isSpreadAssignment(property)) {
      readColumns(table, property.expression, { ...place, at: found.at });
      continue;
    }
    const name = propertyName(property, found.at);
    const value = propertyValue(property);
    if (name === undefined || value === undefined) {
      table.unread.push(`the column \`${short(property)}\``);
      continue;
    }
    readColumn(table, name, value, { ...place, at: found.at });
  }
}

function readColumn(table: Table, name: string, value: ts.Expression, { casing, tables, at }: Place): void {
  const built = builtBy(value, at);
  if (built === undefined) {
    table.unread.push(`what the column \`${name}\` is: \`${short(value)}\``);
    table.columns.set(name, {
      name,
      column: name,
      type: 'unknown',
      written: short(value),
      isNullable: undefined,
      isList: false,
      isHidden: false,
    });
    return;
  }
  let isNullable = !/^(?:small|big)?serial$/.test(built.name);
  let isUnique = false;
  let isKey = false;
  let isList = false;
  for (const { name: method, args } of built.calls) {
    if (method === 'references') readReference(table, args, tables, built.at);
    if (method === 'array') {
      // An array is another column, which knows nothing of what was said of its elements.
      [isNullable, isUnique, isKey, isList] = [true, false, false, true];
    }
    if (/^(?:notNull|primaryKey|generated(?:Always|ByDefault)AsIdentity)$/.test(method)) isNullable = false;
    if (method === 'unique') isUnique = true;
    if (method === 'primaryKey') isKey = true;
  }
  if (isKey) table.primaryKey.push(name);
  if (isUnique) table.uniques.push([name]);
  table.columns.set(name, {
    name,
    column: columnName(table, name, built, casing),
    type: typeOf(built),
    written: `${built.name === 'enum' || built.name === 'custom' ? short(built.call.expression) : built.name}(${built.call.arguments
      .map((argument) => short(argument))
      .join(', ')})`,
    isNullable,
    isList,
    isHidden: false,
  });
}

/** What the database calls a column: the first argument, or the property as `casing` says. */
function columnName(table: Table, name: string, { call, at }: Built, casing: Casing): string {
  const [first] = call.arguments;
  const isNamed =
    first !== undefined && objectOf(first, at) === undefined && valuesOf(first, at) === undefined;
  if (isNamed) {
    const written = textOf(first, at);
    if (written !== undefined) return written;
    table.unread.push(`what the database calls the column \`${name}\``);
    return name;
  }
  if (casing === 'unknown') table.unread.push(`what the database calls the column \`${name}\``);
  return casing === 'snake_case' || casing === 'camelCase' ? cased(name, casing) : name;
}

/** What each builder gives: https://orm.drizzle.team/docs/column-types/pg and its neighbours for MySQL and SQLite. */
const TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  int: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  tinyint: 'integer',
  serial: 'integer',
  smallserial: 'integer',
  year: 'integer',
  bigint: 'bigint',
  bigserial: 'bigint',
  numeric: 'decimal',
  decimal: 'decimal',
  real: 'float',
  float: 'float',
  double: 'float',
  doublePrecision: 'float',
  text: 'string',
  tinytext: 'string',
  mediumtext: 'string',
  longtext: 'string',
  varchar: 'string',
  char: 'string',
  time: 'string',
  uuid: 'uuid',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
  timestamp: 'date',
  json: 'json',
  jsonb: 'json',
  blob: 'bytes',
  bytea: 'bytes',
  enum: 'enum',
  mysqlEnum: 'enum',
  singlestoreEnum: 'enum',
};

/** What the `mode` of a builder makes of its type. Dates that are given as texts stay dates: so they compare. */
const MODES: Readonly<Record<string, Readonly<Record<string, ColumnType>>>> = {
  integer: { timestamp: 'date', timestamp_ms: 'date', boolean: 'boolean' },
  bigint: { number: 'integer' },
  decimal: { number: 'float', bigint: 'bigint' },
  string: { json: 'json' },
  bytes: { json: 'json', bigint: 'bigint' },
};

function typeOf({ name, call, at }: Built): ColumnType {
  const type = TYPES[name] ?? 'unknown';
  const modes = MODES[type];
  if (modes === undefined) return type;
  for (const argument of call.arguments) {
    const config = objectOf(argument, at);
    if (config === undefined) {
      if (textOf(argument, at) === undefined && call.arguments.at(-1) === argument) return 'unknown';
      continue;
    }
    if (config.object.properties.some((property) => ts.isSpreadAssignment(property))) return 'unknown';
    const mode = propertyOf(config.object, 'mode', config.at);
    if (mode === undefined) continue;
    const text = textOf(mode, config.at);
    return text === undefined ? 'unknown' : (modes[text] ?? type);
  }
  return type;
}
