/** Puts entities together with what they inherit and embed. */

import type { ts } from 'ts-morph';
import { lineageOf, type Keys } from '../entity-parts.ts';
import type { Target } from '../relation-targets.ts';
import type { Entity } from './entities.ts';
import type { Naming } from './naming.ts';
import type { DeclaredColumn, DeclaredRelation, Part } from './parts.ts';
import type { Subscriber } from './subscribers.ts';

/** What is read of a project before its entities are put together. */
export interface Project {
  readonly entities: readonly Entity[];
  readonly naming: Naming;
  readonly subscribers: readonly Subscriber[];
}

/** An entity with all that it inherits and embeds. */
export interface Table {
  readonly entity: Entity;
  /** Its name without the prefix of all tables. */
  readonly bareName: string | undefined;
  /** The column that tells whose of several entities a row is. */
  readonly discriminator: string | undefined;
  readonly columns: readonly FlatColumn[];
  readonly relations: readonly FlatRelation[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly hooks: readonly string[];
  readonly virtuals: readonly string[];
  readonly unread: string[];
}

/** Where a member of an entity stands: at its top, or in something embedded. */
interface Place {
  /** Empty, or the path of what embeds it and a dot: `name.` */
  readonly scope: string;
  readonly prefixes: readonly string[];
}

/** A column where it stands in an entity, with its name in the database. */
export interface FlatColumn extends Place {
  readonly declared: DeclaredColumn;
  readonly path: string;
  /** Its name in the database; undefined where it is not known. */
  readonly column: string | undefined;
  /** The same without prefixes, which join columns are compared with. */
  readonly bareName: string | undefined;
  readonly isNullable: boolean | undefined;
}

/** A relation where it stands in an entity. Its keys and its other side are found once all entities are read. */
export interface FlatRelation extends Place {
  readonly declared: DeclaredRelation;
  readonly path: string;
  keys: Keys | undefined;
  isOwner: boolean;
  target: Entity | undefined;
  inverse: FlatRelation | undefined;
}

const AT_TOP: Place = { scope: '', prefixes: [] };

/** How deep what is embedded is followed: a class may embed itself. */
const DEEPEST = 8;

/** Whether an entity extends another one. */
export const isBelow = (entity: Entity, above: Entity): boolean =>
  entity !== above && lineageOf(entity.part).includes(above.part);

/** The entities that share a table with one and are below it. */
const childrenOf = (entity: Entity, { entities }: Project): readonly Entity[] =>
  entity.isInheritanceRoot || entity.kind === 'child'
    ? entities.filter((one) => one.kind === 'child' && isBelow(one, entity))
    : [];

const rootOf = (entity: Entity, { entities }: Project): Entity | undefined =>
  entity.kind === 'child' ? entities.find((one) => one.isInheritanceRoot && isBelow(entity, one)) : entity;

/** Puts an entity together with what it inherits and embeds, and with the columns of those that share its table. */
export function flatten(entity: Entity, project: Project): Table {
  const { naming } = project;
  const children = childrenOf(entity, project);
  const root = rootOf(entity, project);
  const ofChildren = new Set(project.entities.filter(({ kind }) => kind === 'child').map(({ part }) => part));
  const parts = [...new Set([...lineageOf(entity.part), ...children.flatMap(({ part }) => lineageOf(part))])];
  const columns: FlatColumn[] = [];
  const relations: FlatRelation[] = [];
  const uniques: (readonly string[])[] = [];
  const indexes: (readonly string[])[] = [];
  const virtuals: string[] = [];
  const all = new Set<Part>(parts);
  const collect = (from: readonly Part[], place: Place): void => {
    const at = (property: string): string => `${place.scope}${property}`;
    for (const part of from) {
      for (const declared of part.columns) {
        if (columns.some(({ path }) => path === at(declared.property))) continue;
        // A table of several entities has rows without the columns of the others.
        const isOfOthers = ofChildren.has(part) || (place.scope !== '' && root?.isInheritanceRoot === true);
        const known = declared.isNameUnread ? undefined : declared;
        columns.push({
          ...place,
          declared,
          path: at(declared.property),
          column: known && naming.columnName(known.property, known.name, place.prefixes),
          bareName: known && naming.columnName(known.property, known.name, []),
          isNullable: isOfOthers ? true : declared.isNullable,
        });
      }
      for (const declared of part.relations) {
        const path = at(declared.property);
        const inherited = relations.findIndex((one) => one.path === path);
        // Who declares a relation again only changes what it leads to.
        const { declared: first = declared } = relations[inherited] ?? {};
        const flat: FlatRelation = {
          ...place,
          declared: { ...first, target: declared.target },
          path,
          keys: undefined,
          isOwner: false,
          target: targetOf(declared.target, project),
          inverse: undefined,
        };
        relations.splice(inherited < 0 ? relations.length : inherited, 1, flat);
      }
      virtuals.push(...part.virtuals.map(at));
      uniques.push(...part.uniques.map((paths) => paths.map(at)));
      indexes.push(...part.indexes.map((paths) => paths.map(at)));
    }
    const embeddeds = from.flatMap((part) => part.embeddeds);
    for (const { property, prefix, part } of embeddeds) {
      if (place.scope.split('.').length > DEEPEST) continue;
      const own = prefix === undefined ? [property] : prefix === '' ? [] : [prefix];
      for (const one of lineageOf(part)) all.add(one);
      collect(lineageOf(part), { scope: `${at(property)}.`, prefixes: [...place.prefixes, ...own] });
    }
  };
  collect(parts, AT_TOP);
  const discriminator = root?.discriminator;
  if (discriminator !== undefined) indexes.push([discriminator]);

  const subscribed = project.subscribers
    .filter(({ target }) => target === undefined || parts.some((part) => isTarget(part, target)))
    .flatMap(({ hooks }) => hooks);
  const everyPart = [...all];
  return {
    entity,
    discriminator,
    bareName:
      root === undefined || root.isTableUnread
        ? undefined
        : naming.tableName(root.targetName, root.givenTable),
    columns,
    relations,
    uniques,
    indexes,
    hooks: [...new Set([...everyPart.flatMap(({ hooks }) => hooks), ...subscribed])],
    virtuals: [...new Set(virtuals)],
    unread: [...new Set(everyPart.flatMap(({ unread }) => unread))],
  };
}

const isTarget = (part: Part, node: ts.Node): boolean => part.node === node || part.target === node;

/** The entity that a relation leads to: by its class, or by a text that calls one entity only. */
function targetOf(target: Target | undefined, { entities }: Project): Entity | undefined {
  if (target === undefined) return undefined;
  if ('text' in target) {
    const named = entities.filter(
      ({ targetName, givenTable }) => targetName === target.text || givenTable === target.text,
    );
    return named.length === 1 ? named[0] : undefined;
  }
  return entities.find(({ part }) => isTarget(part, target.node));
}

/** All entities as they are put together. */
export type Tables = ReadonlyMap<Entity, Table>;
