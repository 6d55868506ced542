/** The columns that the JSON schema of a model names: https://vincit.github.io/objection.js/guide/validation.html */

import type { Column, ColumnType } from '../../schema.ts';
import { UNKNOWN, type MemberValue } from '../written-values.ts';
import { staticValue } from './classes.ts';
import type { Catalog, Draft } from './drafts.ts';
import { textOf, textsOf } from './texts.ts';

/** The columns of the JSON schema, which need not name all that there are. */
export function schemaColumns(
  draft: Draft,
  catalog: Catalog,
): readonly (readonly [string, Partial<Column>])[] {
  const { values } = catalog;
  const value = staticValue(draft, 'jsonSchema', values);
  if (value === undefined) return [];
  const schema = value === UNKNOWN ? undefined : values.members(value);
  const node = schema?.of.get('properties');
  const properties = node === undefined ? undefined : values.members(node);
  const requiredNode = schema?.of.get('required');
  const required = requiredNode === undefined ? [] : textsOf(requiredNode, catalog);
  if (schema === undefined || (node !== undefined && properties === undefined) || required === undefined)
    draft.unread.add('columns of its JSON schema');
  for (const one of [...(schema?.unread ?? []), ...(properties?.unread ?? [])])
    draft.unread.add(`columns of its JSON schema from ${one}`);
  return [...(properties?.of ?? [])].map(([name, described]) => {
    const { types, written, format, isEnum } = jsonType(described, catalog);
    const isRequired = required?.includes(name) === true;
    const isNullable = types.includes('null') ? true : isRequired && types.length > 0 ? false : undefined;
    return [name, { type: columnType(types, format, isEnum), written, isNullable }];
  });
}

interface JsonType {
  readonly types: readonly string[];
  readonly written: string;
  readonly format: string | undefined;
  readonly isEnum: boolean;
}

/** The types that a part of a JSON schema allows, those of its alternatives with them. */
function jsonType(node: MemberValue, catalog: Catalog): JsonType {
  const members = catalog.values.members(node);
  const type = members?.of.get('type');
  const alternatives = members?.of.get('anyOf') ?? members?.of.get('oneOf');
  const others = alternatives === undefined ? [] : (catalog.values.elements(alternatives) ?? []);
  const below = others.map((one) => jsonType(one, catalog));
  const own = type === undefined ? [] : (textsOf(type, catalog) ?? []);
  const format = members?.of.get('format');
  const types = [...own, ...below.flatMap((one) => one.types)];
  return {
    types,
    written: types.join(' | '),
    format:
      (format === undefined ? undefined : textOf(format, catalog)) ?? below.find((one) => one.format)?.format,
    isEnum: members?.of.has('enum') === true || below.some((one) => one.isEnum),
  };
}

const JSON_TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  number: 'float',
  string: 'string',
  boolean: 'boolean',
  object: 'json',
  array: 'json',
};

/** A JSON schema tells how a value is sent: a time that is a text there may be a date in the database. */
function columnType(types: readonly string[], format: string | undefined, isEnum: boolean): ColumnType {
  const [only, second] = types.filter((one) => one !== 'null');
  if (only === undefined || second !== undefined) return 'unknown';
  if (only !== 'string') return JSON_TYPES[only] ?? 'unknown';
  if (isEnum) return 'enum';
  if (format === 'uuid') return 'uuid';
  return format !== undefined && /date|time/.test(format) ? 'unknown' : 'string';
}
