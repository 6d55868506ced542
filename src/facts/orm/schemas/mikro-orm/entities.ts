/** Finds the classes and schemas that are entities. */

import { ts } from 'ts-morph';
import type { Site } from '../../../../evidence.ts';
import { nodesIn, siteOf, variableOf } from '../nodes.ts';
import { decoratorsOf } from '../package-decorators.ts';
import { UNREAD, type Options } from '../values.ts';
import { MIKRO_ORM } from './decorators.ts';
import { isSchemaNode } from './filters.ts';
import type { Part, Parts } from './parts.ts';

/** A class or a schema that has a table, or that shares that of what it extends. */
export interface Entity {
  readonly name: string;
  /** The name that its table is called after, and that texts call it by. */
  readonly targetName: string;
  readonly part: Part;
  readonly isAbstract: boolean;
  readonly givenTable: string | undefined;
  readonly isTableUnread: boolean;
  /** The column that tells whose a row is, where entities below it share its table. */
  readonly discriminator: string | undefined;
  readonly seenAt: Site;
}

/** The classes and schemas of a file that are entities. */
export function entitiesIn(source: ts.SourceFile, parts: Parts): readonly Entity[] {
  const found: Entity[] = [];
  for (const node of nodesIn(source)) {
    const entity = ts.isClassLike(node) ? entityOfClass(node, parts) : entityOfSchema(node, parts);
    if (entity !== undefined) found.push(entity);
  }
  return found;
}

function entityOfClass(node: ts.ClassLikeDeclaration, parts: Parts): Entity | undefined {
  const { decorators } = decoratorsOf(node, parts.values, MIKRO_ORM);
  const own = decorators.find(({ name }) => name === 'Entity');
  if (own === undefined) return undefined;
  const part = parts.ofClass(node);
  const options = own.values.optionsOf(own.args[0]);
  if (!options.isWhole) part.unread.push('the options of the entity');
  return entityFrom(options, part, part.name, part.name, node.name ?? node);
}

function entityFrom(options: Options, part: Part, name: string, targetName: string, node: ts.Node): Entity {
  const table = options.has('tableName') ? options.value('tableName') : options.value('collection');
  const discriminator = options.value('discriminatorColumn');
  return {
    name,
    targetName,
    part,
    isAbstract: options.value('abstract') === true && discriminator === undefined,
    // A name may have that of its schema before it: `public.user`.
    givenTable: typeof table === 'string' ? table.split('.').at(-1) : undefined,
    isTableUnread: table === UNREAD,
    discriminator: typeof discriminator === 'string' ? discriminator : undefined,
    seenAt: siteOf(node),
  };
}

function entityOfSchema(node: ts.Node, parts: Parts): Entity | undefined {
  const { values } = parts;
  if (!isSchemaNode(node, values)) return undefined;
  const options = values.optionsOf(node.arguments?.[0]);
  if (options.value('embeddable') === true) return undefined;
  const part = parts.ofSchema(node);
  const own = part.target && ts.isClassLike(part.target) ? part.target.name?.text : undefined;
  const targetName = own ?? options.text('name');
  const name = own ?? variableOf(node) ?? targetName;
  return name === undefined ? undefined : entityFrom(options, part, name, targetName ?? name, node);
}
