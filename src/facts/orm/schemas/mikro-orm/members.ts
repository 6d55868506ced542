/** Reads the members of classes by their decorators. */

import { ts } from 'ts-morph';
import { isStatic, shortText } from '../nodes.ts';
import { decoratorsOf } from '../package-decorators.ts';
import { propertyNameOf, type Values } from '../values.ts';
import { isMikroOrm, MIKRO_ORM } from './decorators.ts';
import { addFilter } from './filters.ts';
import type { Kind, Part, Parts } from './parts.ts';
import { addProperty, givenBy } from './properties.ts';
import { readKey } from './uniques.ts';

/** Reads the class that a class extends. One of the library itself declares nothing. */
export function readBase(base: ts.Expression | undefined, part: Part, parts: Parts): void {
  if (base === undefined) return;
  const meaning = parts.values.meaningOf(base);
  if (meaning !== undefined && 'package' in meaning && isMikroOrm(meaning.package)) return;
  const found = meaning !== undefined && 'node' in meaning ? parts.of(meaning.node) : undefined;
  if (found === undefined) part.unread.push(`what \`${shortText(base)}\` declares, which it extends`);
  else part.base = found;
}

/** Reads the indexes, uniques and filters that decorators of a class declare. */
export function readClassDecorators(node: ts.ClassLikeDeclaration, part: Part, values: Values): void {
  const { decorators, unread } = decoratorsOf(node, values, MIKRO_ORM);
  part.unread.push(...unread);
  for (const decorator of decorators) {
    if (decorator.name === 'Filter')
      addFilter(decorator.values.optionsOf(decorator.args[0]), undefined, shortText(decorator.node), part);
    if (KEYS.test(decorator.name)) readKey(decorator, undefined, part);
  }
}

const KEYS = /^(?:Index|Unique)$/;

const HOOKS = /^(?:On(?:Init|Load)|(?:Before|After)(?:Create|Update|Upsert|Delete))$/;

const KINDS: Readonly<Record<string, Kind>> = {
  Property: 'scalar',
  PrimaryKey: 'scalar',
  SerializedPrimaryKey: 'scalar',
  Enum: 'scalar',
  Formula: 'scalar',
  Embedded: 'embedded',
  OneToOne: 'one-to-one',
  OneToMany: 'one-to-many',
  ManyToOne: 'many-to-one',
  ManyToMany: 'many-to-many',
};

/** Reads a property or a method: https://mikro-orm.io/docs/6.6/decorators */
export function readMember(node: ts.ClassElement, part: Part, parts: Parts): void {
  if (isStatic(node)) return;
  const { decorators, unread } = decoratorsOf(node, parts.values, MIKRO_ORM);
  // The one that is run last replaces the others.
  const own = decorators.findLast(({ name }) => KINDS[name] !== undefined);
  part.unread.push(...(own === undefined ? unread : unread.filter((one) => /Index|Unique/.test(one))));
  const property = propertyNameOf(node.name, parts.values);
  if (property === undefined) {
    if (own !== undefined) part.unread.push(`the property \`${shortText(node.name ?? node)}\``);
    return;
  }
  for (const { name } of decorators) if (HOOKS.test(name)) part.hooks.push(name);
  for (const decorator of decorators) if (KEYS.test(decorator.name)) readKey(decorator, property, part);
  const isGetter = ts.isGetAccessorDeclaration(node) && !ts.isPrivateIdentifier(node.name);
  if (own === undefined) {
    if (isGetter) part.virtuals.push(property);
    return;
  }
  const given = givenBy(own);
  const isComputed =
    own.name === 'Formula' || own.name === 'SerializedPrimaryKey' || ts.isMethodDeclaration(node);
  addProperty(
    {
      property,
      kind: KINDS[own.name] ?? 'scalar',
      given,
      isPrimary: own.name === 'PrimaryKey',
      isEnum: own.name === 'Enum',
      isComputed,
      node,
    },
    part,
    parts,
  );
}
