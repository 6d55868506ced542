/** Finds the keys that relations join by, and their other sides. */

import { OTHER_SIDE, type Keys } from '../entity-parts.ts';
import type { Entity } from './entities.ts';
import type { Naming } from './naming.ts';
import type { JoinColumn, JoinTable } from './parts.ts';
import { isBelow, type FlatColumn, type FlatRelation, type Table, type Tables } from './tables.ts';

/** Finds the keys of the relations that hold the foreign key, or the join table. */
export function setKeysOfOwner(table: Table, tables: Tables, naming: Naming): void {
  for (const relation of table.relations) {
    const { kind, joinColumns, joinTable } = relation.declared;
    const other = relation.target && tables.get(relation.target);
    relation.isOwner =
      kind === 'many-to-one' ||
      (kind === 'one-to-one' && joinColumns.length > 0) ||
      (kind === 'many-to-many' && joinTable !== undefined);
    if (!relation.isOwner || other === undefined || relation.declared.doubt !== undefined) continue;
    relation.keys =
      joinTable !== undefined && kind === 'many-to-many'
        ? keysOfJoinTable(table, relation, other, joinTable, naming)
        : keysOfJoinColumns(table, relation, other, naming);
  }
}

/** The columns of the primary key that are declared as columns. */
export const primaryOf = (table: Table): readonly FlatColumn[] =>
  table.columns.filter(({ declared }) => declared.isPrimary);

/** The columns that join columns refer to: those that they name, or the primary key. Undefined where TypeORM would refuse them. */
function referencedBy(joined: readonly JoinColumn[], table: Table): readonly FlatColumn[] | undefined {
  if (joined.every(({ referenced }) => referenced === undefined)) return primaryOf(table);
  const found = joined.flatMap(({ referenced }) =>
    table.columns.filter(({ scope, declared }) => scope === '' && declared.property === referenced),
  );
  if (found.length !== joined.length) return undefined;
  const order = primaryOf(table);
  return found.toSorted((a, b) => (order.indexOf(a) + 1 || Infinity) - (order.indexOf(b) + 1 || Infinity));
}

/** https://typeorm.io/docs/relations/relations#joincolumn-options */
function keysOfJoinColumns(
  table: Table,
  relation: FlatRelation,
  other: Table,
  naming: Naming,
): Keys | undefined {
  const { joinColumns, property } = relation.declared;
  const referenced = referencedBy(joinColumns, other);
  if (referenced === undefined || referenced.length === 0) return undefined;
  const from = referenced.map(({ declared }) => {
    const given = joinColumns.find(
      ({ name, referenced: to }) => name !== undefined && (to === undefined || to === declared.property),
    )?.name;
    const name = given ?? naming.joinColumnName(property, declared.property);
    if (name === undefined) return undefined;
    const beside = table.columns.filter(({ scope }) => scope === relation.scope);
    const own = beside.find(({ bareName }) => bareName === name);
    if (own !== undefined) return own.path;
    return beside.some(({ bareName }) => bareName === undefined)
      ? undefined
      : naming.columnName(property, name, relation.prefixes);
  });
  const certain = from.filter((one) => one !== undefined);
  return new Set(certain).size === referenced.length
    ? { from: certain, to: referenced.map(({ path }) => path), through: undefined }
    : undefined;
}

/** https://typeorm.io/docs/relations/many-to-many-relations */
function keysOfJoinTable(
  table: Table,
  relation: FlatRelation,
  other: Table,
  joinTable: JoinTable,
  naming: Naming,
): Keys | undefined {
  const from = referencedBy(joinTable.columns, table) ?? [];
  const to = referencedBy(joinTable.inverseColumns, other) ?? [];
  const name =
    joinTable.name ??
    (table.bareName === undefined || other.bareName === undefined
      ? undefined
      : naming.joinTableName(table.bareName, relation.path, other.bareName));
  const through = name === undefined ? undefined : naming.withPrefix(name);
  if (from.length === 0 || to.length === 0 || through === undefined) return undefined;
  return { from: from.map(({ path }) => path), to: to.map(({ path }) => path), through };
}

/** Finds the other side of each relation, and the keys of the sides that do not hold them. */
export function setInverses(table: Table, tables: Tables): void {
  for (const relation of table.relations) {
    const other = relation.target && tables.get(relation.target);
    if (other === undefined) continue;
    const inverse = givenInverse(table, relation, other) ?? soleInverse(table, relation, other);
    if (inverse === undefined || (inverse.isOwner && relation.isOwner)) continue;
    relation.inverse = inverse;
    if (relation.isOwner || inverse.keys === undefined || relation.declared.doubt !== undefined) continue;
    const { from, to, through } = inverse.keys;
    relation.keys = { from: to, to: from, through };
  }
}

const isOfSameTable = (one: Entity | undefined, other: Entity): boolean =>
  one !== undefined && (one === other || isBelow(one, other) || isBelow(other, one));

const canBeInverse = (entity: Entity, relation: FlatRelation, inverse: FlatRelation): boolean =>
  inverse !== relation &&
  inverse.declared.kind === OTHER_SIDE[relation.declared.kind] &&
  isOfSameTable(inverse.target, entity);

function givenInverse({ entity }: Table, relation: FlatRelation, other: Table): FlatRelation | undefined {
  const { inverse, tree } = relation.declared;
  return other.relations.find(
    (one) =>
      canBeInverse(entity, relation, one) &&
      (inverse === undefined
        ? tree !== undefined && one.declared.tree !== undefined && one.declared.tree !== tree
        : one.path === inverse),
  );
}

/** The one relation on the other side that calls this one its inverse. */
function soleInverse({ entity }: Table, relation: FlatRelation, other: Table): FlatRelation | undefined {
  if (!relation.isOwner) return undefined;
  const calling = other.relations.filter(
    (one) => canBeInverse(entity, relation, one) && !one.isOwner && one.declared.inverse === relation.path,
  );
  return calling.length === 1 ? calling[0] : undefined;
}
