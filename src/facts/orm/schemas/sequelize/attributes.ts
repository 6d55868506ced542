/** Reads the attributes of models, with their types. */

import { ts } from 'ts-morph';
import { isMember, memberName } from '../../../effects/symbols.ts';
import type { ColumnType } from '../../schema.ts';
import {
  UNKNOWN,
  type Members,
  type MemberValue,
  type Written,
  type WrittenValues,
} from '../written-values.ts';

/** A column, or what only looks like one, while the model is put together. */
export interface Attribute {
  readonly name: string;
  /** The name in the database, where it is written. */
  readonly field: string | undefined;
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isVirtual: boolean;
  /** Whether a function computes what code sees of it. */
  readonly hasGetter: boolean;
  /** As it is written; undefined where it is not, or cannot be read. */
  readonly allowsNull: Written<boolean>;
  readonly isPrimaryKey: boolean;
  /** Attributes of one name are unique together. */
  readonly unique: string | undefined;
  /** Whether it is the `id` that a model without primary key is given. */
  readonly isGenerated: boolean;
}

const TYPES: Readonly<Record<string, ColumnType>> = {
  STRING: 'string',
  CHAR: 'string',
  TEXT: 'string',
  CITEXT: 'string',
  TSVECTOR: 'string',
  INET: 'string',
  CIDR: 'string',
  MACADDR: 'string',
  TIME: 'string',
  // Without a time it is a text: '2020-01-31'.
  DATEONLY: 'string',
  DATE: 'date',
  NOW: 'date',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  MEDIUMINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  DECIMAL: 'decimal',
  NUMERIC: 'decimal',
  FLOAT: 'float',
  REAL: 'float',
  DOUBLE: 'float',
  NUMBER: 'float',
  BOOLEAN: 'boolean',
  UUID: 'uuid',
  UUIDV1: 'uuid',
  UUIDV4: 'uuid',
  JSON: 'json',
  JSONB: 'json',
  HSTORE: 'json',
  BLOB: 'bytes',
  ENUM: 'enum',
  ARRAY: 'unknown',
  VIRTUAL: 'unknown',
  RANGE: 'unknown',
  GEOMETRY: 'unknown',
  GEOGRAPHY: 'unknown',
};

/** Types that are written as SQL has them. */
const SQL_TYPES: readonly (readonly [pattern: RegExp, type: ColumnType])[] = [
  [/^(?:var)?char|^character|text|citext/i, 'string'],
  [/^bigint|^bigserial/i, 'bigint'],
  [/^(?:tiny|small|medium)?int(?:eger)?\b|^serial/i, 'integer'],
  [/^(?:decimal|numeric)/i, 'decimal'],
  [/^(?:float|double|real)/i, 'float'],
  [/^bool/i, 'boolean'],
  [/^(?:timestamp|datetime)/i, 'date'],
  [/^uuid/i, 'uuid'],
  [/^json/i, 'json'],
  [/^(?:bytea|blob|varbinary)/i, 'bytes'],
];

/** What the type of an attribute says. */
export interface WrittenType {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isVirtual: boolean;
}

/** Of an attribute whose type is not written. */
export const NO_TYPE: WrittenType = { type: 'unknown', written: '', isList: false, isVirtual: false };

/** The type that an expression such as `DataTypes.STRING(20)` stands for. */
function typeOf(node: ts.Node, values: WrittenValues): WrittenType {
  const written = node.getText().replace(/\s+/g, ' ');
  const text = ts.isStringLiteralLike(node) ? node.text : undefined;
  if (text !== undefined) {
    const type = SQL_TYPES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
    return { ...NO_TYPE, type, written: text, isList: text.endsWith('[]') };
  }
  const seen = new Set<ts.Node>();
  let args: readonly ts.Expression[] = [];
  for (let at: ts.Node | undefined = node; at !== undefined && !seen.has(at);) {
    seen.add(at);
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
      args = at.arguments ?? [];
      at = at.expression;
      continue;
    }
    const name: string | undefined = isMember(at)
      ? memberName(at)
      : ts.isIdentifier(at)
        ? at.text
        : undefined;
    if (name !== undefined && Object.hasOwn(TYPES, name)) return namedType(name, args, written, values);
    at = values.step(at) ?? (isMember(at) ? at.expression : undefined);
  }
  return { ...NO_TYPE, written };
}

function namedType(
  name: string,
  [first]: readonly ts.Expression[],
  written: string,
  values: WrittenValues,
): WrittenType {
  if (name === 'ARRAY' && first !== undefined)
    return { ...NO_TYPE, type: typeOf(first, values).type, written, isList: true };
  const type = TYPES[name] ?? 'unknown';
  return { type, written, isList: name === 'ARRAY', isVirtual: name === 'VIRTUAL' };
}

/** Whether a value in the first argument of `define` describes a column. */
export function describesColumn(value: MemberValue, values: WrittenValues): boolean {
  if (!ts.isExpression(value)) return false;
  const type = values.members(value)?.of.get('type') ?? value;
  return /^(?:\w+\.)+[A-Z][A-Z\d]*\b/.test(type.getText());
}

/** One attribute, and what of it could not be read. */
interface ReadAttribute {
  readonly attribute: Attribute;
  readonly unread: readonly string[];
}

/** An attribute as its description says, which is a type or an object. */
export function attributeOf(name: string, value: MemberValue, values: WrittenValues): ReadAttribute {
  const members = ts.isExpression(value) ? values.members(value) : undefined;
  return members === undefined
    ? { attribute: { ...blankAttribute(name), ...typeOf(value, values) }, unread: [] }
    : describedAttribute(name, members, values);
}

/** An attribute of which nothing is said but its name. */
export const blankAttribute = (name: string): Attribute => ({
  ...NO_TYPE,
  name,
  field: undefined,
  hasGetter: false,
  allowsNull: undefined,
  isPrimaryKey: false,
  unique: undefined,
  isGenerated: false,
});

/** The attribute that an object describes, and what of it could not be read. */
export function describedAttribute(name: string, members: Members, values: WrittenValues): ReadAttribute {
  const unread = members.unread.map((one) => `${COLUMNS}: \`${name}\`, in part from ${one}`);
  const cannot = (what: string): undefined => {
    unread.push(what);
    return undefined;
  };
  const type = members.of.get('type');
  const field = values.text(members.of.get('field'));
  const isPrimaryKey = values.flag(members.of.get('primaryKey'));
  const unique = uniqueGroup(name, members.of.get('unique'), values);
  const allowsNull = values.flag(members.of.get('allowNull'));
  return {
    attribute: {
      ...blankAttribute(name),
      ...(type === undefined ? {} : typeOf(type, values)),
      field: field === UNKNOWN ? cannot(`the name of the column \`${name}\` in the database`) : field,
      hasGetter: members.of.has('get'),
      allowsNull,
      isPrimaryKey:
        (isPrimaryKey === UNKNOWN
          ? cannot(`${COLUMNS} of the primary key: whether \`${name}\` is one`)
          : isPrimaryKey) ?? false,
      unique: unique === UNKNOWN ? cannot(`whether the column \`${name}\` is unique`) : unique,
    },
    unread,
  };
}

/** The name by which attributes are unique together: `unique: true` is unique alone. */
export function uniqueGroup(
  name: string,
  node: MemberValue | undefined,
  values: WrittenValues,
): Written<string> {
  const flag = values.flag(node);
  if (node === undefined || flag === undefined || flag === false) return undefined;
  if (flag === true) return `\0${name}`;
  const text = values.text(node);
  if (text !== UNKNOWN) return text;
  const members = values.members(node);
  if (members === undefined || members.unread.length > 0) return UNKNOWN;
  return members.of.has('name') ? values.text(members.of.get('name')) : `\0${name}`;
}

/** How the clauses begin that tell of columns that were not found. */
export const COLUMNS = 'columns';
