import type { ts } from 'ts-morph';
import type { Column, ColumnType, DeleteRule, Model, Relation } from '../../schema.ts';
import { withDeleteRules } from '../delete-rules.ts';
import { keyOf, withoutDoubles, type Keys } from '../entity-parts.ts';
import { createValues } from '../values.ts';
import { entitiesIn, type Entity } from './entities.ts';
import { primaryOf, setInverses, setKeysOfOwner } from './keys.ts';
import { namingOf } from './naming.ts';
import { Parts } from './parts.ts';
import { subscribersIn } from './subscribers.ts';
import {
  flatten,
  type FlatColumn,
  type FlatRelation,
  type Project,
  type Table,
  type Tables,
} from './tables.ts';

/**
 * Reads the entities that `sources` declare with TypeORM's decorators or as `EntitySchema`, relations joined up from both sides.
 * https://typeorm.io/docs/entity/entities and https://typeorm.io/docs/entity/separating-entity-definition
 */
export function readTypeOrmModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const parts = new Parts(createValues(checker));
  const entities = sources
    .filter(({ text }) => /\b(?:View|Child)?Entity\b|\bEntitySchema\b/.test(text))
    .flatMap((source) => entitiesIn(source, parts))
    .filter(({ part }) => !parts.isOnlyEmbedded(part));
  if (entities.length === 0) return [];
  const project: Project = {
    entities,
    naming: namingOf(sources, parts.values),
    subscribers: sources
      .filter(({ text }) => /\bEntitySubscriberInterface\b|@EventSubscriber\b/.test(text))
      .flatMap((source) => subscribersIn(source, parts)),
  };
  const tables = new Map(entities.map((entity) => [entity, flatten(entity, project)]));
  for (const table of tables.values()) setKeysOfOwner(table, tables, project.naming);
  for (const table of tables.values()) setInverses(table, tables);
  return [...tables.values()].map((table) => modelOf(table, tables, project));
}

function modelOf(table: Table, tables: Tables, { naming }: Project): Model {
  const { entity, columns } = table;
  const unread = [...table.unread];
  if (naming.unread !== undefined) unread.push(naming.unread);
  const relations = table.relations.flatMap((relation) => {
    const { keys, target } = relation;
    if (keys !== undefined && target !== undefined) return [relationOf(relation, target, keys)];
    unread.push(doubtOf(relation));
    return [];
  });
  const pathsOf = (what: string, lists: readonly (readonly string[])[]): (readonly string[])[] =>
    lists.flatMap((paths) => {
      const resolved = paths.map((path) => keyColumnsAt(path, table));
      if (resolved.every((one) => one !== undefined)) return [resolved.flat()];
      unread.push(`the ${what} of \`${paths.join('`, `')}\``);
      return [];
    });
  const primaryKey = [
    ...primaryOf(table).map(({ path }) => path),
    ...table.relations.flatMap(({ declared, isOwner, keys }) =>
      declared.isPrimary && isOwner ? (keys?.from ?? []) : [],
    ),
  ];
  const key = keyOf(primaryKey);
  const uniques = withoutDoubles(pathsOf('unique', table.uniques)).filter((one) => keyOf(one) !== key);
  return {
    orm: 'typeorm',
    name: entity.name,
    table: table.bareName === undefined ? undefined : naming.withPrefix(table.bareName),
    columns: columns.map((column) => columnOf(column, table, tables)),
    primaryKey: [...new Set(primaryKey)],
    uniques,
    indexes: withoutDoubles(pathsOf('index', table.indexes), (paths) => paths.join()),
    relations,
    ...withDeleteRules(deleteRulesOf(table)),
    hooks: table.hooks,
    defaultScope: entity.defaultScope,
    softDelete: columns.find(({ declared }) => declared.isDeleteDate)?.path,
    virtuals: table.virtuals,
    unread: [...new Set(unread)],
    seenAt: entity.seenAt,
  };
}

/** The columns that a path in a unique or an index stands for: a column, or the foreign key of a relation. */
function keyColumnsAt(path: string, table: Table): readonly string[] | undefined {
  const { columns, relations, discriminator } = table;
  if (path === discriminator || columns.some((column) => column.path === path)) return [path];
  return relations.find(
    (relation) => relation.path === path && relation.keys?.through === undefined && relation.isOwner,
  )?.keys?.from;
}

function relationOf(relation: FlatRelation, target: Entity, { from, to, through }: Keys): Relation {
  const { kind, isEager, isLazy, isOptional } = relation.declared;
  return {
    name: relation.path,
    kind: kind.endsWith('-one') ? 'one' : 'many',
    model: target.name,
    from,
    to,
    ...(through === undefined ? {} : { through }),
    ...(relation.inverse === undefined ? {} : { inverse: relation.inverse.path }),
    isEager,
    isLazy,
    // The rows of other entities in the same table are left out by some queries, and not by others.
    isFiltered: target.kind === 'child',
    ...(isOptional ? { isOptional } : {}),
  };
}

/** https://typeorm.io/docs/relations/relations#relation-options */
const deleteRulesOf = ({ relations }: Table): readonly DeleteRule[] =>
  relations.flatMap(({ declared: { onDelete }, isOwner, keys, target }) =>
    onDelete === undefined || !isOwner || keys?.through !== undefined || target === undefined
      ? []
      : [{ model: target.name, rule: onDelete }],
  );

function doubtOf({ path, target, declared, isOwner }: FlatRelation): string {
  if (declared.doubt !== undefined) return declared.doubt;
  if (target === undefined) return `what \`${path}\` leads to`;
  return isOwner
    ? `the keys of \`${path}\``
    : `the keys of \`${path}\`, since its other side is not found or not read`;
}

function columnOf(column: FlatColumn, table: Table, tables: Tables): Column {
  const { declared, path } = column;
  return {
    name: path,
    column: column.column ?? path,
    type: declared.isTransformed ? 'unknown' : storedTypeOf(column, table, tables, new Set()),
    written: declared.written,
    isNullable: column.isNullable,
    isList: declared.isList,
    isHidden: declared.isHidden,
  };
}

/** What the database holds in a column. A foreign key has the type of what it refers to, whatever its own declaration says. */
function storedTypeOf(column: FlatColumn, table: Table, tables: Tables, seen: Set<FlatColumn>): ColumnType {
  seen.add(column);
  for (const { isOwner, keys, target } of table.relations) {
    const other = target && tables.get(target);
    const at = isOwner && keys?.through === undefined ? (keys?.from.indexOf(column.path) ?? -1) : -1;
    const referenced = other?.columns.find(({ path }) => path === keys?.to[at]);
    if (at < 0 || other === undefined || referenced === undefined || seen.has(referenced)) continue;
    return storedTypeOf(referenced, other, tables, seen);
  }
  return column.declared.type;
}
