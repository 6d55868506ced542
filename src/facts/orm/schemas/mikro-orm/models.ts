import type { ts } from 'ts-morph';
import type { Column, ColumnType, DeleteRule, Model, Relation } from '../../schema.ts';
import { withDeleteRules } from '../delete-rules.ts';
import { keyOf, withoutDoubles, type Keys } from '../entity-parts.ts';
import { createValues } from '../values.ts';
import { entitiesIn, type Entity } from './entities.ts';
import { filtersAround } from './filters.ts';
import {
  fieldsOf,
  isScalar,
  primaryKeyOf,
  primaryOf,
  setInverses,
  setKeysOfOwner,
  type Relating,
} from './keys.ts';
import { namingOf } from './naming.ts';
import { Parts, type DeclaredRelation } from './parts.ts';
import { subscribersIn } from './subscribers.ts';
import { flatten, type Flat, type Project, type Table } from './tables.ts';

/**
 * Reads the entities that `sources` declare with MikroORM's decorators, as `EntitySchema` or by `defineEntity`, relations joined up
 * from both sides. https://mikro-orm.io/docs/6.6/defining-entities
 */
export function readMikroOrmModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const parts = new Parts(
    createValues(checker),
    sources.some(({ text }) => text.includes('TsMorphMetadataProvider')),
  );
  const declared = sources
    .filter(({ text }) => /\bEntity\b|\bEntitySchema\b|\bdefineEntity\b/.test(text))
    .flatMap((source) => entitiesIn(source, parts));
  const entities = withoutClassesOfSchemas(declared);
  if (entities.length === 0) return [];
  const around = sources.filter(({ text }) => text.includes('mikro-orm'));
  const project: Project = {
    entities,
    naming: namingOf(around, parts.values),
    subscribers: around
      .filter(({ text }) => /\bEventSubscriber\b/.test(text))
      .flatMap((source) => subscribersIn(source, parts.values)),
    filters: around.flatMap((source) => filtersAround(source, parts.values)),
  };
  const tables = new Map(entities.map((entity) => [entity, flatten(entity, project)]));
  const relating: Relating = { tables, naming: project.naming };
  for (const table of tables.values()) setKeysOfOwner(table, relating);
  for (const table of tables.values()) setInverses(table, relating);
  return [...tables.values()]
    .filter(({ entity }) => !entity.isAbstract)
    .map((table) => modelOf(table, relating, project));
}

/** A class that a schema has is an entity by its schema. */
function withoutClassesOfSchemas(entities: readonly Entity[]): readonly Entity[] {
  const targets = new Set(entities.map(({ part }) => part.target));
  return entities.filter(({ part }) => !targets.has(part.node));
}

function modelOf(table: Table, relating: Relating, { naming }: Project): Model {
  const { entity, properties, filters } = table;
  const unread = [...table.unread];
  if (naming.unread !== undefined) unread.push(naming.unread);
  const relations = properties.flatMap((flat) => {
    const { relation } = flat.declared;
    if (relation === undefined) return [];
    if (relation.isKey && relation.isOwner && flat.keys !== undefined) return [];
    if (flat.keys !== undefined && flat.target !== undefined)
      return [relationOf(flat, relation, flat.target, flat.keys)];
    unread.push(doubtOf(flat, relation));
    return [];
  });
  const pathsOf = (what: string, lists: readonly (readonly string[])[]): (readonly string[])[] =>
    lists.flatMap((paths) => {
      const resolved = paths.map((path) => columnsAt(path, table));
      if (resolved.every((one) => one !== undefined)) return [resolved.flat()];
      unread.push(`the ${what} of \`${paths.join('`, `')}\``);
      return [];
    });
  const key = primaryKeyOf(table, relating);
  if (key === undefined && primaryOf(table).length > 0) unread.push('its primary key');
  const primaryKey = key?.names ?? [];
  const uniques = withoutDoubles(pathsOf('unique', table.uniques), keyOf);
  const columns = properties.flatMap((flat) => columnsOf(flat, relating));
  return {
    orm: 'mikro-orm',
    name: entity.name,
    table: table.tableName,
    columns,
    primaryKey,
    uniques: uniques.filter((one) => keyOf(one) !== keyOf(primaryKey)),
    indexes: withoutDoubles(pathsOf('index', table.indexes), (paths) => paths.join()),
    relations,
    ...withDeleteRules(properties.flatMap(deleteRulesOf)),
    hooks: table.hooks,
    defaultScope: filters.length === 0 ? undefined : filters.map(({ text }) => text).join('; '),
    softDelete: filters
      .map(({ nullProperty }) => nullProperty)
      .find((name) => columns.some((column) => column.name === name)),
    virtuals: table.virtuals,
    unread: [...new Set(unread)],
    seenAt: entity.seenAt,
  };
}

/** The columns that a path in a unique or an index stands for: a column, or the foreign key of a relation. */
function columnsAt(path: string, { properties, discriminator }: Table): readonly string[] | undefined {
  const found = properties.find((one) => one.path === path);
  if (found === undefined) return path === discriminator ? [path] : undefined;
  if (!found.declared.isStored) return undefined;
  if (isScalar(found)) return [path];
  return found.declared.relation?.isOwner === true && found.keys?.through === undefined
    ? found.keys?.from
    : undefined;
}

function relationOf(
  flat: Flat,
  relation: DeclaredRelation,
  target: Entity,
  { from, to, through }: Keys,
): Relation {
  const isInverseNamed = flat.inverse !== undefined && flat.inverse.declared.relation?.isKey !== true;
  return {
    name: flat.path,
    kind: flat.declared.kind.endsWith('-one') ? 'one' : 'many',
    model: target.name,
    from,
    to,
    ...(through === undefined ? {} : { through }),
    ...(isInverseNamed && flat.inverse !== undefined ? { inverse: flat.inverse.path } : {}),
    isEager: relation.isEager,
    isLazy: false,
    isFiltered: relation.isFiltered,
  };
}

const deleteRulesOf = ({ declared: { relation }, keys, target }: Flat): readonly DeleteRule[] =>
  relation?.onDelete === undefined || !relation.isOwner || keys?.through !== undefined || target === undefined
    ? []
    : [{ model: target.name, rule: relation.onDelete }];

function doubtOf({ path, target, declared }: Flat, relation: DeclaredRelation): string {
  if (declared.doubt !== undefined) return declared.doubt;
  if (target === undefined) return `what \`${path}\` leads to`;
  return relation.isOwner
    ? `the keys of \`${path}\``
    : `the keys of \`${path}\`, since its other side is not found or not read`;
}

function columnsOf(flat: Flat, relating: Relating): readonly Column[] {
  const { declared, path } = flat;
  const isJson = declared.kind === 'embedded' && declared.embedded === undefined;
  if (!declared.isStored || (!isScalar(flat) && !isJson)) return [];
  return [
    {
      name: path,
      column: fieldsOf(flat, relating)?.[0] ?? path,
      type: storedTypeOf(flat, relating, []),
      written: declared.written,
      isNullable: flat.isNullable,
      isList: declared.isList,
      isHidden: declared.isLazyScalar,
    },
  ];
}

/** What the database holds in a property's column; a key has the type of what it refers to. */
function storedTypeOf(flat: Flat, relating: Relating, seen: readonly Flat[]): ColumnType {
  const other = flat.target && relating.tables.get(flat.target);
  const referenced = other?.properties.find(({ path }) => path === flat.keys?.to[0]);
  if (flat.declared.relation === undefined || referenced === undefined || seen.includes(flat))
    return flat.declared.type;
  return storedTypeOf(referenced, relating, [...seen, flat]);
}
