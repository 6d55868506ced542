/** Reads the members of classes by their decorators. */

import { ts } from 'ts-morph';
import { annotationOf, baseOf, isStatic, shortText } from '../nodes.ts';
import { decoratorsOf, type Decorator } from '../package-decorators.ts';
import { propertyNameOf, type Values } from '../values.ts';
import { readColumn } from './columns.ts';
import { isTypeOrm, TYPEORM } from './decorators.ts';
import type { Part, Parts } from './parts.ts';
import { relationOfMember, RELATIONS } from './relations.ts';
import { readKey } from './uniques.ts';

/** Reads the class that a class extends. One of the library itself, such as `BaseEntity`, declares nothing. */
export function readBase(node: ts.ClassLikeDeclaration, part: Part, parts: Parts): void {
  const base = baseOf(node);
  if (base === undefined) return;
  const meaning = parts.values.meaningOf(base);
  if (meaning !== undefined && 'package' in meaning && isTypeOrm(meaning.package)) return;
  if (meaning !== undefined && 'node' in meaning && ts.isClassLike(meaning.node))
    part.base = parts.ofClass(meaning.node);
  else part.unread.push(`what \`${shortText(base)}\` declares, which it extends`);
}

/** Reads the indexes and uniques that decorators of a class declare. */
export function readClassDecorators(node: ts.ClassLikeDeclaration, part: Part, values: Values): void {
  const { decorators, unread } = decoratorsOf(node, values, TYPEORM);
  part.unread.push(...unread);
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, undefined, part);
}

const KEYS = /^(?:Index|Unique)$/;

const LISTENERS = /^(?:(?:Before|After)(?:Insert|Update|Remove|SoftRemove|Recover)|AfterLoad)$/;

const COLUMNS =
  /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|ViewColumn|TreeLevelColumn)$/;

const COMPUTED = /^(?:VirtualColumn|RelationId)$/;

/** A property with decorators, the one that is run first being the first. */
export interface Member {
  readonly property: string;
  readonly node: ts.ClassElement;
  readonly annotation: ts.TypeNode | undefined;
  readonly decorators: readonly Decorator[];
}

/** Reads a property or a method. Of several decorators of a kind the one nearest to it counts, since it is run first. */
export function readMember(node: ts.ClassElement, part: Part, parts: Parts): void {
  if (isStatic(node)) return;
  const { decorators, unread } = decoratorsOf(node, parts.values, TYPEORM);
  const column = decorators.find(({ name }) => COLUMNS.test(name));
  const relation = decorators.find(({ name }) => RELATIONS[name] !== undefined);
  const isStored = column !== undefined || relation !== undefined;
  // What is a column already is not made another one.
  part.unread.push(...(isStored ? unread.filter((one) => /Index|Unique/.test(one)) : unread));
  const property = propertyNameOf(node.name, parts.values);
  if (property === undefined) {
    if (isStored) part.unread.push(`the property \`${shortText(node.name ?? node)}\``);
    return;
  }
  const member: Member = { property, node, annotation: annotationOf(node), decorators };
  for (const { name } of decorators) if (LISTENERS.test(name)) part.hooks.push(name);
  if (column !== undefined) readColumn(member, column, part, parts);
  if (relation !== undefined) part.relations.push(relationOfMember(member, relation, part));
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, property, part);
  const isGetter = ts.isGetAccessorDeclaration(node) && !ts.isPrivateIdentifier(node.name);
  if (decorators.some(({ name }) => COMPUTED.test(name)) || (isGetter && !isStored))
    part.virtuals.push(property);
}
