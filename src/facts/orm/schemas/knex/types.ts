/** The types of columns. */

import type { ColumnType } from '../../schema.ts';

const TYPES: readonly (readonly [method: RegExp, type: ColumnType])[] = [
  [/^(?:increments|integer|int|tinyint|smallint|mediumint|serial|year)$/, 'integer'],
  [/^(?:bigIncrements|bigincrements|bigInteger|biginteger|bigint)$/, 'bigint'],
  [/^decimal$/, 'decimal'],
  [/^(?:float|double|real)$/, 'float'],
  [/^(?:string|char|varchar|text|(?:tiny|medium|long)[tT]ext|set|time)$/, 'string'],
  [/^uuid$/, 'uuid'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^(?:date|date[tT]ime|timestamp)$/, 'date'],
  [/^jsonb?$/, 'json'],
  [/^(?:binary|varbinary|(?:tiny|medium|long)?[bB]lob)$/, 'bytes'],
  [/^enum?$/, 'enum'],
  [/^(?:specificType|bit|geometry|geography|point)$/, 'unknown'],
];

/** The type of the columns that a method of tables makes: https://knexjs.org/guide/schema-builder.html#schema-building */
export const typeOf = (method: string): ColumnType | undefined =>
  TYPES.find(([pattern]) => pattern.test(method))?.[1];

const SQL_TYPES: readonly (readonly [sql: RegExp, type: ColumnType])[] = [
  [/^(?:bigint|int8|bigserial)\b/i, 'bigint'],
  [/^(?:(?:small|tiny|medium)?int(?:eger)?[24]?|(?:small)?serial)\b/i, 'integer'],
  [/^(?:decimal|numeric)\b/i, 'decimal'],
  [/^(?:real|float\d?|double)\b/i, 'float'],
  [/^(?:n?(?:var)?char(?:acter)?(?: varying)?2?|(?:tiny|medium|long|ci)?text)\b/i, 'string'],
  [/^uuid\b/i, 'uuid'],
  [/^bool/i, 'boolean'],
  [/^(?:date|timestamp)/i, 'date'],
  [/^json/i, 'json'],
  [/^(?:bytea|(?:var)?binary|\w*blob)\b/i, 'bytes'],
];

/** The type that a type of SQL holds. */
export const typeOfSql = (sql: string | undefined): ColumnType =>
  SQL_TYPES.find(([pattern]) => pattern.test(sql?.trim() ?? ''))?.[1] ?? 'unknown';
