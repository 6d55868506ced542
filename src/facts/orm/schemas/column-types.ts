/** What the types of databases and the constructors of JavaScript hold, as TypeORM and MikroORM name them. */

import { ts } from 'ts-morph';
import { bareExpression } from '../../effects/symbols.ts';
import type { ColumnType } from '../schema.ts';

/** The types of databases by what they hold; those that compare in their own way, as `citext` does, are none of these. */
const STORED: readonly (readonly [type: ColumnType, names: RegExp])[] = [
  ['integer', /^(?:int|int[24]|integer|tinyint|smallint|mediumint|year)$/],
  ['bigint', /^(?:bigint|int8|int64|unsigned big int)$/],
  ['decimal', /^(?:decimal|numeric|dec|fixed|money|smallmoney|smalldecimal)$/],
  ['float', /^(?:float|float[48]|float64|double|double precision|real|binary_float|binary_double)$/],
  ['string', /^(?:n?char|n?varchar2?|varchar|n?text|(?:tiny|medium|long|short)text|n?clob|string|alphanum)$/],
  ['string', /^(?:character(?: varying)?|varying character|native character|simple-array)$/],
  ['string', /^(?:time|timetz|time with(?:out)? time zone)$/],
  ['uuid', /^(?:uuid|uniqueidentifier)$/],
  ['boolean', /^(?:bool|boolean)$/],
  ['date', /^(?:date|datetime2?|datetimeoffset|smalldatetime|seconddate|timestamp|timestamptz)$/],
  ['date', /^timestamp with(?:out| local)? time zone$/],
  ['json', /^(?:jsonb?|simple-json)$/],
  ['bytes', /^(?:bytea|bytes|(?:tiny|medium|long)?blob|(?:var)?binary|image|raw|long raw|rowversion)$/],
  ['enum', /^(?:enum|simple-enum|set)$/],
];

/** What a type of a database holds. */
export const storedType = (name: string): ColumnType =>
  STORED.find(([, names]) => names.test(name.toLowerCase()))?.[0] ?? 'unknown';

/** What the constructors of JavaScript stand for as types. */
export const CONSTRUCTORS: Readonly<Record<string, ColumnType>> = {
  String: 'string',
  Number: 'integer',
  Boolean: 'boolean',
  Date: 'date',
  BigInt: 'bigint',
  Buffer: 'bytes',
  Uint8Array: 'bytes',
};

/** What JavaScript's own constructor stands for as a type: `String`. */
export function constructorNamed(node: ts.Expression): ColumnType | undefined {
  const bare = bareExpression(node);
  return ts.isIdentifier(bare) ? CONSTRUCTORS[bare.text] : undefined;
}
