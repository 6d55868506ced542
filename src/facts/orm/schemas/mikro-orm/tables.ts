/** Puts entities together with what they inherit and embed. */

import type { ts } from 'ts-morph';
import { lineageOf, type Keys } from '../entity-parts.ts';
import type { Target } from '../relation-targets.ts';
import { UNREAD } from '../values.ts';
import type { Entity } from './entities.ts';
import type { AddedFilter } from './filters.ts';
import type { Naming } from './naming.ts';
import type { Declared, Embedded, Filter, Part } from './parts.ts';
import type { Subscriber } from './subscribers.ts';

/** What is read of a project before its entities are put together. */
export interface Project {
  readonly entities: readonly Entity[];
  readonly naming: Naming;
  readonly subscribers: readonly Subscriber[];
  /** Filters that are added to a manager or to the configuration. */
  readonly filters: readonly AddedFilter[];
}

/** An entity with all that it inherits and embeds. */
export interface Table {
  readonly entity: Entity;
  readonly tableName: string | undefined;
  /** The column that tells whose of several entities a row is. */
  readonly discriminator: string | undefined;
  readonly properties: readonly Flat[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly hooks: readonly string[];
  readonly virtuals: readonly string[];
  readonly filters: readonly Filter[];
  readonly unread: readonly string[];
}

/** A property where it stands: at the top of an entity, or in something embedded. */
export interface Flat {
  readonly declared: Declared;
  readonly path: string;
  /** What the names of its columns begin with; undefined where that is not known. */
  readonly prefix: string | undefined;
  readonly isNullable: boolean | undefined;
  target: Entity | undefined;
  keys: Keys | undefined;
  inverse: Flat | undefined;
}

/** Whether an entity extends another one. */
export const isBelow = (entity: Entity, above: Entity): boolean =>
  entity !== above && lineageOf(entity.part).some((part) => isOf(part, above.part));

/** Whether a part is the other, or is the class that the other is the schema of. */
const isOf = (part: Part, other: Part): boolean => part === other || part.node === other.target;

/** The entity whose table one shares: https://mikro-orm.io/docs/6.6/inheritance-mapping#single-table-inheritance */
const rootOf = (entity: Entity, { entities }: Project): Entity =>
  entities.find((one) => one.discriminator !== undefined && isBelow(entity, one)) ?? entity;

/** How deep what is embedded is followed: a class may embed itself. */
const DEEPEST = 8;

/** Puts an entity together with what it inherits and embeds, and with the properties of those that share its table. */
export function flatten(entity: Entity, project: Project): Table {
  const { entities, naming } = project;
  const root = rootOf(entity, project);
  const children = entity.discriminator === undefined ? [] : entities.filter((one) => isBelow(one, entity));
  const own = lineageOf(entity.part);
  const parts = [...new Set([...own, ...children.flatMap(({ part }) => lineageOf(part))])];
  const properties = new Map<string, Flat>();
  const uniques: (readonly string[])[] = [];
  const indexes: (readonly string[])[] = [];
  const virtuals: string[] = [];
  const all = new Set<Part>(parts);

  const collect = (
    from: readonly Part[],
    scope: string,
    prefix: string | undefined,
    isNull: boolean,
  ): void => {
    for (const part of from) {
      all.add(part);
      for (const declared of part.properties) {
        const path = `${scope}${declared.property}`;
        const isOfChild = scope === '' && !own.includes(part);
        if (isOfChild && properties.has(path)) continue;
        const isNullable = isNull || isOfChild ? true : declared.isNullable;
        const { relation, embedded } = declared;
        properties.set(path, {
          declared,
          path,
          prefix,
          isNullable,
          target: relation && entityFor(relation.target, project),
          keys: undefined,
          inverse: undefined,
        });
        if (embedded === undefined || scope.split('.').length > DEEPEST) continue;
        const inner = prefixOf(declared, embedded, prefix, naming);
        collect(lineageOf(embedded.part), `${path}.`, inner, isNullable === true);
      }
      virtuals.push(...part.virtuals.map((name) => `${scope}${name}`));
      uniques.push(...part.uniques.map((paths) => paths.map((path) => `${scope}${path}`)));
      indexes.push(...part.indexes.map((paths) => paths.map((path) => `${scope}${path}`)));
    }
  };
  collect(parts, '', '', false);
  if (root.discriminator !== undefined) indexes.push([root.discriminator]);

  const filters = new Map(own.flatMap((part) => part.filters).map((filter) => [filter.name, filter]));
  for (const { filter, targets } of project.filters)
    if (
      targets === undefined ||
      targets.some((node) => own.some((part) => part.node === node || part.target === node))
    )
      filters.set(filter.name, filter);
  if (root !== entity)
    filters.set('', {
      name: '',
      text: `one of several entities in the table of ${root.name}`,
      nullProperty: undefined,
    });
  const subscribed = project.subscribers.filter(
    ({ targets }) => targets === undefined || targets.some((node) => isNodeOf(entity.part, node)),
  );
  const everyPart = [...all];
  return {
    entity,
    discriminator: root.discriminator,
    tableName: root.isTableUnread ? undefined : (root.givenTable ?? naming.tableName(root.targetName)),
    properties: [...properties.values()],
    uniques,
    indexes,
    hooks: [
      ...new Set([...everyPart.flatMap(({ hooks }) => hooks), ...subscribed.flatMap(({ hooks }) => hooks)]),
    ],
    virtuals: [...new Set(virtuals)],
    filters: [...filters.values()],
    unread: [...new Set(everyPart.flatMap(({ unread }) => unread))],
  };
}

/** Whether a node is the class or the schema that a part was read from. */
export const isNodeOf = (part: Part, node: ts.Node): boolean => part.node === node || part.target === node;

/** What the columns of something embedded begin with: https://mikro-orm.io/docs/6.6/embeddables */
function prefixOf(
  { property, fields }: Declared,
  { prefix, isRelative }: Embedded,
  around: string | undefined,
  naming: Naming,
): string | undefined {
  if (around === undefined || fields === UNREAD) return undefined;
  if (prefix === false) return around;
  if (typeof prefix === 'string') return isRelative ? around + prefix : prefix;
  const own = fields?.[0] === undefined ? naming.columnName(around + property) : around + fields[0];
  return own === undefined ? undefined : `${own}_`;
}

function entityFor(target: Target | undefined, { entities }: Project): Entity | undefined {
  if (target === undefined) return undefined;
  if ('node' in target) return entities.find(({ part }) => isNodeOf(part, target.node));
  const named = entities.filter(({ targetName }) => targetName === target.text);
  return named.length === 1 ? named[0] : undefined;
}
