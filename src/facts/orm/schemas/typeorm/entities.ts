/** Finds the classes and schemas that have tables. */

import { ts } from 'ts-morph';
import type { Site } from '../../../../evidence.ts';
import { nodesIn, shortText, siteOf, variableOf } from '../nodes.ts';
import { decoratorsOf } from '../package-decorators.ts';
import { UNREAD, type Options } from '../values.ts';
import { isTypeOrm, textAndOptions, TYPEORM } from './decorators.ts';
import type { Part, Parts } from './parts.ts';

/** A class or a schema that has a table. */
export interface Entity {
  readonly name: string;
  /** The name that its table is called after. */
  readonly targetName: string;
  readonly part: Part;
  /** A child of single table inheritance has the table of its root. */
  readonly kind: 'regular' | 'child' | 'view';
  readonly isInheritanceRoot: boolean;
  /** The column of such a root that tells whose a row is, where it is given. */
  readonly discriminator: string | undefined;
  readonly givenTable: string | undefined;
  readonly isTableUnread: boolean;
  readonly defaultScope: string | undefined;
  readonly seenAt: Site;
}

/** The classes and schemas of a file that have tables. */
export function entitiesIn(source: ts.SourceFile, parts: Parts): readonly Entity[] {
  const found: Entity[] = [];
  for (const node of nodesIn(source)) {
    const entity = ts.isClassLike(node)
      ? entityOfClass(node, parts)
      : ts.isNewExpression(node)
        ? entityOfSchema(node, parts)
        : undefined;
    if (entity !== undefined) found.push(entity);
  }
  return found;
}

const KINDS: Readonly<Record<string, Entity['kind']>> = {
  Entity: 'regular',
  ChildEntity: 'child',
  ViewEntity: 'view',
};

/** https://typeorm.io/docs/help/decorator-reference#entity */
function entityOfClass(node: ts.ClassLikeDeclaration, parts: Parts): Entity | undefined {
  const { decorators } = decoratorsOf(node, parts.values, TYPEORM);
  const own = decorators.find(({ name }) => KINDS[name] !== undefined);
  const kind = own && KINDS[own.name];
  if (own === undefined || kind === undefined) return undefined;
  const part = parts.ofClass(node);
  const inheritance = decorators.find(({ name }) => name === 'TableInheritance');
  const { text, options } = textAndOptions(own);
  if (kind !== 'child' && (!options.isWhole || options.value('name') === UNREAD))
    part.unread.push('the options of the entity');
  return {
    name: part.name,
    targetName: part.name,
    part,
    kind,
    isInheritanceRoot: inheritance !== undefined,
    discriminator: inheritance && discriminatorIn(inheritance.values.optionsOf(inheritance.args[0])),
    givenTable: kind === 'child' ? undefined : (text ?? options.text('name')),
    isTableUnread: kind !== 'child' && options.value('name') === UNREAD,
    defaultScope: kind === 'child' ? shortText(own.node) : orderIn(options),
    seenAt: siteOf(node.name ?? node),
  };
}

/** https://typeorm.io/docs/entity/entity-inheritance */
function discriminatorIn(options: Options): string | undefined {
  const column = options.at('column');
  if (column === undefined) return undefined;
  return options.text('column') ?? options.values.optionsOf(column).text('name') ?? 'type';
}

const orderIn = (options: Options): string | undefined => {
  const order = options.at('orderBy');
  return order && `orderBy: ${shortText(order)}`;
};

/** The entity that a `new EntitySchema(…)` declares: https://typeorm.io/docs/entity/separating-entity-definition */
function entityOfSchema(node: ts.NewExpression, parts: Parts): Entity | undefined {
  const meaning = parts.values.meaningOf(node.expression);
  if (meaning === undefined || !('package' in meaning) || !isTypeOrm(meaning.package)) return undefined;
  if (meaning.name !== 'EntitySchema') return undefined;
  const part = parts.ofSchema(node);
  const options = parts.values.optionsOf(node.arguments?.[0]);
  const called = part.target && ts.isClassLike(part.target) ? part.target.name?.text : undefined;
  const targetName = called ?? options.text('name');
  const name = called ?? variableOf(node) ?? targetName;
  if (name === undefined) return undefined;
  return {
    name,
    targetName: targetName ?? name,
    part,
    kind:
      options.text('type') === 'view'
        ? 'view'
        : options.text('type') === 'entity-child'
          ? 'child'
          : 'regular',
    isInheritanceRoot: options.at('inheritance') !== undefined,
    discriminator: discriminatorIn(parts.values.optionsOf(options.at('inheritance'))),
    givenTable: options.text('tableName'),
    isTableUnread: options.value('tableName') === UNREAD || targetName === undefined,
    defaultScope: orderIn(options),
    seenAt: siteOf(node),
  };
}
