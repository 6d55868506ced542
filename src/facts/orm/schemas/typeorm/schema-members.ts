/** Reads the members of schemas. */

import { ts } from 'ts-morph';
import type { ColumnType } from '../../schema.ts';
import { inversePath, targetIn } from '../relation-targets.ts';
import type { Options } from '../values.ts';
import { declaredColumn, doubtsAbout, embed, typed, typeGiven } from './columns.ts';
import type { DeclaredRelation, Part, Parts } from './parts.ts';
import { ANY_TABLE, declaredRelation, joinColumnsIn, joinTableIn, RELATIONS } from './relations.ts';
import { addKey, pathsIn } from './uniques.ts';

/** Reads what an `EntitySchema` declares into a part: https://typeorm.io/docs/entity/separating-entity-definition */
export function readSchema(options: Options, part: Part, parts: Parts): void {
  if (!options.isWhole) part.unread.push('the options of the entity');
  const { values } = options;
  const target = options.at('target');
  const meaning = target && values.meaningOf(target);
  if (meaning !== undefined && 'node' in meaning && ts.isClassLike(meaning.node)) {
    part.target = meaning.node;
    part.virtuals.push(...parts.ofClass(meaning.node).virtuals);
  }
  for (const [property, column] of entriesAt('columns', options, part))
    readSchemaColumn(property, column, part);
  for (const [property, relation] of entriesAt('relations', options, part))
    part.relations.push(relationOfSchema(property, relation));
  for (const [property, embedded] of entriesAt('embeddeds', options, part))
    embed(property, parts.embeddedBy(embedded.at('schema'), values), embedded, part);
  part.virtuals.push(...entriesAt('relationIds', options, part).map(([property]) => property));
  for (const [key, isConstraint] of [
    ['indices', false],
    ['uniques', true],
  ] as const) {
    const list = options.at(key);
    const given = list && values.elementsOf(list);
    if (list !== undefined && given === undefined) part.unread.push(`its ${key}`);
    for (const one of given ?? []) {
      const each = values.optionsOf(one);
      addKey(pathsIn(each.at('columns'), values), each, isConstraint, part);
    }
  }
}

/** The named options in one of the options, each with its name. */
function entriesAt(key: string, options: Options, part: Part): readonly (readonly [string, Options])[] {
  const { values } = options;
  const entries = values.optionsOf(options.at(key));
  if (!entries.isWhole) part.unread.push(`some of its ${key}`);
  return entries.keys.map((name) => [name, values.optionsOf(entries.at(name))]);
}

function readSchemaColumn(property: string, options: Options, part: Part): void {
  if (options.value('virtualProperty') === true) {
    part.virtuals.push(property);
    return;
  }
  part.unread.push(...doubtsAbout(property, options));
  if (options.value('unique') === true) part.uniques.push([property]);
  const is = (key: string): boolean => options.value(key) === true;
  const given = options.at('type');
  const meant: ColumnType = is('objectId') ? 'object-id' : options.has('generated') ? 'integer' : 'unknown';
  const own = given === undefined ? typed(meant) : typeGiven(given, options, options.values);
  part.columns.push(
    declaredColumn(property, options, {
      ...own,
      type: options.text('generated') === 'uuid' ? 'uuid' : is('objectId') ? 'object-id' : own.type,
      isPrimary: is('primary'),
      isDeleteDate: is('deleteDate'),
      name: is('objectId') ? '_id' : undefined,
    }),
  );
}

function relationOfSchema(property: string, options: Options): DeclaredRelation {
  const { values } = options;
  const kind = Object.values(RELATIONS).find((one) => one === options.text('type'));
  const [target, inverse] = [options.at('target'), options.at('inverseSide')];
  const [columns, table] = [options.at('joinColumn'), options.at('joinTable')];
  const isTableMade = table === undefined || values.constantOf(table)?.value === false;
  return declaredRelation({
    property,
    kind: kind ?? 'many-to-one',
    target: target && kind && targetIn(target, values),
    inverse: inverse && inversePath(inverse, values),
    tree:
      options.value('treeParent') === true
        ? 'parent'
        : options.value('treeChildren') === true
          ? 'children'
          : undefined,
    options,
    isLazy: false,
    isOptional: false,
    joinColumns:
      columns === undefined || values.constantOf(columns)?.value === false
        ? []
        : joinColumnsIn(columns, values),
    joinTable: isTableMade
      ? undefined
      : values.constantOf(table)?.value === true
        ? ANY_TABLE
        : joinTableIn(values.optionsOf(table)),
  });
}
