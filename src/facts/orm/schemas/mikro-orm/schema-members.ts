/** Reads the members of schemas. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { baseOf, returnedBy } from '../nodes.ts';
import type { Options } from '../values.ts';
import { builtBy } from './built.ts';
import { addFilter } from './filters.ts';
import { readBase } from './members.ts';
import type { Kind, Part, Parts } from './parts.ts';
import { addProperty, type Given } from './properties.ts';
import { nodeOf } from './relations.ts';
import { addKey } from './uniques.ts';

/**
 * Reads what an `EntitySchema` or `defineEntity` declares into a part: https://mikro-orm.io/docs/6.6/entity-schema and
 * https://mikro-orm.io/docs/6.6/define-entity
 */
export function readSchema(options: Options, part: Part, parts: Parts): void {
  if (!options.isWhole) part.unread.push('the options of the entity');
  const { values } = options;
  const named = options.at('class');
  const own = named && nodeOf(named, values);
  if (own !== undefined && ts.isClassLike(own)) {
    part.target = own;
    part.virtuals.push(...parts.ofClass(own).virtuals);
  }
  const base = options.at('extends');
  if (base !== undefined && values.textOf(base) !== undefined)
    part.unread.push(`what \`${values.textOf(base)}\` declares, which it extends`);
  else readBase(base ?? (own !== undefined && ts.isClassLike(own) ? baseOf(own) : undefined), part, parts);
  readSchemaProperties(options, part, parts);
  for (const [key, isUnique] of [
    ['indexes', false],
    ['uniques', true],
  ] as const) {
    const list = options.at(key);
    const given = list && values.elementsOf(list);
    if (list !== undefined && given === undefined) part.unread.push(`its ${key}`);
    for (const one of given ?? []) addKey(values.optionsOf(one), undefined, isUnique, part);
  }
  const filters = values.optionsOf(options.at('filters'));
  if (!filters.isWhole) part.unread.push('some of its filters');
  for (const name of filters.keys) addFilter(values.optionsOf(filters.at(name)), name, name, part);
  const hooks = values.optionsOf(options.at('hooks'));
  part.hooks.push(...hooks.keys);
}

function readSchemaProperties(options: Options, part: Part, parts: Parts): void {
  const { values } = options;
  const given = options.at('properties');
  const returned = given && returnedBy(bareExpression(given));
  const properties = values.optionsOf(returned ?? given);
  if (!properties.isWhole) part.unread.push('some of its properties');
  for (const property of properties.keys) {
    const node = properties.at(property);
    if (node === undefined) continue;
    const built = builtBy(node, values);
    const value = built ?? values.optionsOf(node);
    const kind = kindIn(value);
    if (kind === undefined) {
      part.unread.push(`the property \`${property}\``);
      continue;
    }
    addProperty(
      {
        property,
        kind,
        given: value,
        isPrimary: false,
        isEnum: false,
        isComputed: value.value('serializedPrimaryKey') === true,
        node: undefined,
      },
      part,
      parts,
    );
  }
}

const KINDS_IN_SCHEMAS: Readonly<Record<string, Kind>> = {
  scalar: 'scalar',
  embedded: 'embedded',
  '1:1': 'one-to-one',
  'm:1': 'many-to-one',
  '1:m': 'one-to-many',
  'm:n': 'many-to-many',
  SCALAR: 'scalar',
  EMBEDDED: 'embedded',
  ONE_TO_ONE: 'one-to-one',
  MANY_TO_ONE: 'many-to-one',
  ONE_TO_MANY: 'one-to-many',
  MANY_TO_MANY: 'many-to-many',
};

/** The kind that a property of a schema is of, given as a text or as a member of `ReferenceKind`. */
function kindIn(given: Given): Kind | undefined {
  const text = given.text('kind') ?? given.text('reference');
  if (text !== undefined) return KINDS_IN_SCHEMAS[text];
  const node = given.at('kind') ?? given.at('reference');
  if (node === undefined) return given.isWhole || given.at('type') !== undefined ? 'scalar' : undefined;
  const bare = bareExpression(node);
  const name = isMember(bare) ? memberName(bare) : undefined;
  return name === undefined ? undefined : KINDS_IN_SCHEMAS[name];
}
