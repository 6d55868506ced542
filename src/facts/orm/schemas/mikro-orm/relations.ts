/** Reads the options of relations and of what is embedded. */

import { ts } from 'ts-morph';
import { deleteRuleOf } from '../delete-rules.ts';
import { inversePath, targetIn, type Target } from '../relation-targets.ts';
import { UNREAD, type Values } from '../values.ts';
import type { DeclaredRelation, Embedded, Parts } from './parts.ts';
import type { Given, Reading } from './properties.ts';
import { unmarked } from './types.ts';

/** What a property embeds; `UNREAD` where that cannot be read. */
export function embeddedIn(
  { given }: Reading,
  annotation: ts.TypeNode | undefined,
  parts: Parts,
): Embedded | typeof UNREAD {
  const target = given.at('entity') ?? given.at('type');
  const node = target === undefined ? annotatedNode(annotation, given.values) : nodeOf(target, given.values);
  const part = node && parts.of(node);
  const prefix = given.value('prefix');
  if (part === undefined || prefix === UNREAD || !given.isWhole) return UNREAD;
  return {
    part,
    prefix: typeof prefix === 'string' || prefix === false ? prefix : true,
    isRelative: given.text('prefixMode') === 'relative',
  };
}

/** The class or schema that an option names, or gives as a function. */
export function nodeOf(target: ts.Expression, values: Values): ts.Node | undefined {
  const meaning = values.givenBy(target);
  return meaning !== undefined && 'node' in meaning ? meaning.node : undefined;
}

/** The class that a property is annotated with. */
function annotatedNode(annotation: ts.TypeNode | undefined, values: Values): ts.Node | undefined {
  const bare = annotation && unmarked(annotation);
  const name = bare !== undefined && ts.isTypeReferenceNode(bare) ? bare.typeName : undefined;
  const meaning = name && values.meaningOfName(name);
  return meaning !== undefined && 'node' in meaning ? meaning.node : undefined;
}

/** The relation that the options of a property declare. */
export function relationIn(
  { kind, given, isComputed }: Reading,
  annotation: ts.TypeNode | undefined,
): DeclaredRelation {
  const { values } = given;
  const entity = given.at('entity');
  const node = entity === undefined ? annotatedNode(annotation, values) : undefined;
  const mapped = pathAt(given, 'mappedBy');
  const inversed = pathAt(given, 'inversedBy');
  const isSaid = given.value('owner') === true;
  const isOwner =
    kind === 'many-to-one' ||
    (kind !== 'one-to-many' && (isSaid || inversed !== undefined || mapped === undefined));
  const referenced = given.at('referencedColumnNames') ?? given.at('referenceColumnName');
  const pivot = given.at('pivotEntity');
  return {
    target: entity === undefined ? node && { node } : targetOf(entity, values),
    mappedBy: isOwner ? undefined : mapped,
    inversedBy: isOwner ? (inversed ?? mapped) : undefined,
    isOwner: isOwner && !isComputed,
    isEager: given.value('eager') === true,
    isFiltered: given.has('where'),
    isKey: given.value('mapToPk') === true,
    // It was called `onDelete` before: https://mikro-orm.io/docs/6.6/cascading#declarative-referential-integrity
    onDelete: deleteRuleOf(given.value('deleteRule') ?? given.value('onDelete')),
    referenced:
      referenced && (values.elementsOf(referenced) ?? [referenced]).map((one) => values.textOf(one) ?? ''),
    pivotTable: given.text('pivotTable')?.split('.').at(-1),
    pivotEntity: pivot && (targetOf(pivot, values) ?? UNREAD),
  };
}

/** The class, the schema or the text that a relation is given: calls of `defineEntity` are schemas too. */
function targetOf(node: ts.Expression, values: Values): Target | undefined {
  const found = nodeOf(node, values);
  return found !== undefined && ts.isCallExpression(found) ? { node: found } : targetIn(node, values);
}

function pathAt(given: Given, key: string): string | undefined {
  const node = given.at(key);
  const path = node && inversePath(node, given.values);
  return path === UNREAD ? undefined : path;
}

/** What keeps a relation from being told, since what is written of it cannot be read. */
export function doubtIn({ property, given }: Reading): string | undefined {
  for (const key of ['mappedBy', 'inversedBy']) {
    const node = given.at(key);
    if (node !== undefined && inversePath(node, given.values) === UNREAD)
      return `the other side of \`${property}\``;
  }
  const keys = ['owner', 'eager', 'mapToPk', 'pivotTable', 'persist'];
  const isUnread = !given.isWhole || keys.some((key) => given.value(key) === UNREAD);
  return isUnread ? `the options of \`${property}\`` : undefined;
}
