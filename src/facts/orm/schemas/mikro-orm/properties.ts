/** Reads what a property is given, by a decorator, a schema or a builder alike. */

import { ts } from 'ts-morph';
import { annotationOf, shortText } from '../nodes.ts';
import type { Decorator } from '../package-decorators.ts';
import { Options, UNREAD, type Constant, type Values } from '../values.ts';
import type { Kind, Part, Parts } from './parts.ts';
import { doubtIn, embeddedIn, relationIn } from './relations.ts';
import { typeIn, UNTYPED } from './types.ts';

/** The first arguments of a decorator beside its options, by the options that they stand for. */
const POSITIONS: Readonly<Record<string, readonly string[]>> = {
  Enum: ['items'],
  Formula: ['formula'],
  Embedded: ['entity'],
  ManyToOne: ['entity'],
  OneToMany: ['entity', 'mappedBy'],
  OneToOne: ['entity', 'mappedBy'],
  ManyToMany: ['entity', 'mappedBy'],
};

/** What a decorator is given, its arguments being put among its options. */
export function givenBy({ name, args, values }: Decorator): Given {
  const positions = POSITIONS[name] ?? [];
  const isObject = args.map((arg) => values.optionsOf(arg).isObject);
  const at = isObject.indexOf(true);
  const isUnread = at < 0 && args.length > positions.length;
  const beside = args.slice(0, at < 0 ? positions.length : at);
  const options = values.optionsOf(args[at]);
  const entries = new Map<string, ts.Expression>(
    options.keys.flatMap((key) => {
      const value = options.at(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  for (const [index, arg] of beside.entries()) entries.set(positions[index] ?? '', arg);
  return new Options(values, entries, !isUnread && (at < 0 || options.isWhole), true);
}

/** What is given of a property: options, or the calls of a builder. */
export interface Given {
  readonly values: Values;
  readonly isWhole: boolean;
  at(key: string): ts.Expression | undefined;
  value(key: string): Constant | typeof UNREAD;
  has(key: string): boolean;
  text(key: string): string | undefined;
  /** All arguments of the call of a builder. */
  all?(key: string): readonly ts.Expression[] | undefined;
}

/** A property that is being read, from a decorator, a schema or a builder. */
export interface Reading {
  readonly property: string;
  readonly kind: Kind;
  readonly given: Given;
  readonly isPrimary: boolean;
  readonly isEnum: boolean;
  readonly isComputed: boolean;
  /** The member of a class, where it is one. */
  readonly node: ts.ClassElement | undefined;
}

/** Adds a property to a part: a column, something embedded or a relation. */
export function addProperty(reading: Reading, part: Part, parts: Parts): void {
  const { property, kind, given, node, isComputed } = reading;
  const isPersisted = given.value('persist') !== false && given.at('formula') === undefined && !isComputed;
  const isRelation = kind !== 'scalar' && kind !== 'embedded';
  if (!isPersisted && !isRelation) {
    part.virtuals.push(property);
    return;
  }
  if (!given.isWhole) part.unread.push(`the options of \`${property}\``);
  addKeysOf(reading, part);
  const annotation = node && annotationOf(node);
  const relation = isRelation ? relationIn(reading, annotation) : undefined;
  const typed = relation === undefined ? typeIn(reading, annotation) : UNTYPED;
  const fields = fieldsIn(given, property);
  if (fields === UNREAD && given.isWhole) part.unread.push(`the name of \`${property}\` in the database`);
  const isJson = given.value('object') === true || given.value('array') === true;
  const embedded = kind === 'embedded' && !isJson ? embeddedIn(reading, annotation, parts) : undefined;
  if (embedded === UNREAD) {
    part.unread.push(`what \`${property}\` embeds`);
    return;
  }
  part.properties.push({
    property,
    kind,
    fields,
    isPrimary: reading.isPrimary || given.value('primary') === true,
    isNullable: nullabilityIn(reading, parts),
    type: kind === 'embedded' ? 'json' : typed.type,
    written: typed.written || (annotation === undefined ? '' : shortText(annotation)),
    isList: typed.isList || given.value('array') === true,
    isLazyScalar: kind === 'scalar' && given.value('lazy') === true,
    isStored: isPersisted || isRelation,
    embedded,
    relation,
    doubt: isRelation ? doubtIn(reading) : undefined,
  });
}

/** `unique` and `index` among the options of a property. */
function addKeysOf({ property, given, kind }: Reading, part: Part): void {
  for (const [key, lists] of [
    ['unique', part.uniques],
    ['index', part.indexes],
  ] as const) {
    const value = given.value(key);
    if (value === true || typeof value === 'string') lists.push([property]);
    else if (value === UNREAD && given.isWhole && kind !== 'one-to-many')
      part.unread.push(`the ${key} of \`${property}\``);
  }
}

/** The names of its columns: https://mikro-orm.io/docs/6.6/decorators#property */
function fieldsIn(given: Given, property: string): readonly string[] | undefined | typeof UNREAD {
  for (const key of ['fieldNames', 'joinColumns', 'fieldName', 'joinColumn', 'name']) {
    const value = given.at(key);
    if (value === undefined) continue;
    const all = given.all?.(key) ?? given.values.elementsOf(value) ?? [value];
    const names = all.map((one) => given.values.textOf(one));
    const known = names.filter((one) => one !== undefined);
    if (known.length !== names.length) return UNREAD;
    if (key !== 'name' || known[0] !== property) return known;
  }
  return given.isWhole ? undefined : UNREAD;
}

/** What is null by its initial value may be null in the database too; all else has to be said. */
function nullabilityIn({ given, node, isPrimary }: Reading, { isFromSources }: Parts): boolean | undefined {
  const nullable = given.value('nullable');
  if (typeof nullable === 'boolean') return nullable;
  if (isPrimary) return false;
  if (nullable === UNREAD) return undefined;
  const property = node !== undefined && ts.isPropertyDeclaration(node) ? node : undefined;
  if (property?.initializer?.kind === ts.SyntaxKind.NullKeyword) return true;
  return isFromSources && property?.questionToken !== undefined;
}
