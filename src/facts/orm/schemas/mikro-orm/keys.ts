/** Finds the keys that relations join by, and their other sides. */

import { OTHER_SIDE, type Keys } from '../entity-parts.ts';
import type { Target } from '../relation-targets.ts';
import { UNREAD } from '../values.ts';
import type { Entity } from './entities.ts';
import type { Naming } from './naming.ts';
import type { DeclaredRelation } from './parts.ts';
import { isBelow, isNodeOf, type Flat, type Table } from './tables.ts';

/** What is needed to find the keys of relations. */
export interface Relating {
  readonly tables: ReadonlyMap<Entity, Table>;
  readonly naming: Naming;
}

/** The properties of the primary key. */
export const primaryOf = (table: Table): readonly Flat[] =>
  table.properties.filter(({ declared }) => declared.isPrimary && declared.isStored);

/** Whether a property is a column in code: it holds a value, or the key of a relation in place of an entity. */
export const isScalar = ({ declared }: Flat): boolean =>
  declared.kind === 'scalar' || (declared.relation?.isKey === true && declared.relation.isOwner);

/** The names in the database of a property's columns; undefined where they are not known. */
export function fieldsOf(
  flat: Flat,
  relating: Relating,
  seen: readonly Flat[] = [],
): readonly string[] | undefined {
  const { declared, prefix } = flat;
  const { naming, tables } = relating;
  if (declared.fields === UNREAD || prefix === undefined || seen.includes(flat)) return undefined;
  if (declared.fields !== undefined) return declared.fields.map((field) => prefix + field);
  const name = prefix + declared.property;
  if (declared.relation === undefined) {
    const field = naming.columnName(name);
    return field === undefined ? undefined : [field];
  }
  const other = flat.target && tables.get(flat.target);
  const referenced = other && primaryOf(other).map((one) => fieldsOf(one, relating, [...seen, flat]));
  if (referenced === undefined || referenced.length === 0) return undefined;
  if (referenced.some((one) => one === undefined)) return undefined;
  const keys = referenced.flatMap((one) => one ?? []);
  const joined = keys.map((key) => naming.joinColumnName(name, key, keys.length > 1));
  return joined.every((one) => one !== undefined) ? joined : undefined;
}

/** What code calls columns by: the properties that are mapped to them, or their own names. Undefined where that is not certain. */
function codeNamesOf(
  fields: readonly string[],
  table: Table,
  relating: Relating,
): readonly string[] | undefined {
  const scalars = table.properties.filter((one) => isScalar(one) && one.declared.isStored);
  const names = fields.map((field) => {
    const own = scalars.find((one) => fieldsOf(one, relating)?.[0] === field);
    if (own !== undefined) return own.path;
    return scalars.some((one) => fieldsOf(one, relating) === undefined) ? undefined : field;
  });
  const certain = names.filter((name) => name !== undefined);
  return certain.length === names.length && new Set(certain).size === names.length ? certain : undefined;
}

/** The columns of a table's primary key, in the database and in code. */
export function primaryKeyOf(
  table: Table,
  relating: Relating,
): { readonly fields: readonly string[]; readonly names: readonly string[] } | undefined {
  const all = primaryOf(table).map((one) => fieldsOf(one, relating));
  const fields = all.flatMap((one) => one ?? []);
  const isKnown = all.length > 0 && all.every((one) => one !== undefined);
  // The name in code does not depend on that in the database where the property is the column.
  const scalars = primaryOf(table).every(isScalar) ? primaryOf(table).map(({ path }) => path) : undefined;
  const names = scalars ?? (isKnown ? codeNamesOf(fields, table, relating) : undefined);
  return names === undefined ? undefined : { fields: isKnown ? fields : [], names };
}

/** Finds the keys of the relations that hold the foreign key, or the table between. */
export function setKeysOfOwner(table: Table, relating: Relating): void {
  for (const flat of table.properties) {
    const { relation, doubt, kind } = flat.declared;
    const other = flat.target && relating.tables.get(flat.target);
    if (relation === undefined || !relation.isOwner || other === undefined || doubt !== undefined) continue;
    flat.keys =
      kind === 'many-to-many'
        ? keysOfPivot(table, flat, relation, other, relating)
        : keysOfColumns(table, flat, relation, other, relating);
  }
}

function keysOfColumns(
  table: Table,
  flat: Flat,
  { referenced }: DeclaredRelation,
  other: Table,
  relating: Relating,
): Keys | undefined {
  const fields = fieldsOf(flat, relating);
  const key = primaryKeyOf(other, relating);
  const to = referenced === undefined ? key?.names : codeNamesOf(referenced, other, relating);
  const from = fields && (isScalar(flat) ? [flat.path] : codeNamesOf(fields, table, relating));
  if (from === undefined || to === undefined || from.length !== to.length) return undefined;
  return { from, to, through: undefined };
}

/** https://mikro-orm.io/docs/6.6/relationships#manytomany */
function keysOfPivot(
  table: Table,
  { path }: Flat,
  { pivotTable, pivotEntity }: DeclaredRelation,
  other: Table,
  relating: Relating,
): Keys | undefined {
  const from = primaryKeyOf(table, relating)?.names;
  const to = primaryKeyOf(other, relating)?.names;
  const through =
    pivotEntity === undefined
      ? (pivotTable ?? relating.naming.pivotName(table.tableName, path))
      : tableOfPivot(pivotEntity, relating);
  return from === undefined || to === undefined || through === undefined ? undefined : { from, to, through };
}

/** The table of the entity that is between two others. */
const tableOfPivot = (pivot: Target | typeof UNREAD, { tables }: Relating): string | undefined =>
  pivot === UNREAD
    ? undefined
    : [...tables.values()].find(({ entity }) => isCalled(entity, pivot))?.tableName;

const isCalled = ({ part, targetName }: Entity, target: Target): boolean =>
  'node' in target ? isNodeOf(part, target.node) : targetName === target.text;

/** Finds the other side of each relation, and the keys of the sides that do not hold them. */
export function setInverses(table: Table, { tables }: Relating): void {
  for (const flat of table.properties) {
    const { relation, doubt, kind } = flat.declared;
    const other = flat.target && tables.get(flat.target);
    if (relation === undefined || other === undefined) continue;
    const fitting = other.properties.filter(
      (one) =>
        one !== flat &&
        one.declared.kind === OTHER_SIDE[kind] &&
        one.declared.relation?.isOwner !== relation.isOwner &&
        isOfSameTable(one.target, table.entity),
    );
    const given = relation.mappedBy ?? relation.inversedBy;
    const calling = fitting.filter(
      ({ declared }) => (declared.relation?.mappedBy ?? declared.relation?.inversedBy) === flat.path,
    );
    flat.inverse =
      fitting.find(({ path }) => path === given) ??
      (given === undefined && calling.length === 1 ? calling[0] : undefined);
    const keys = flat.inverse?.keys;
    if (relation.isOwner || keys === undefined || doubt !== undefined) continue;
    flat.keys = { from: keys.to, to: keys.from, through: keys.through };
  }
}

const isOfSameTable = (one: Entity | undefined, other: Entity): boolean =>
  one !== undefined && (one === other || isBelow(one, other) || isBelow(other, one));
