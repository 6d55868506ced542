/** Reads the filters of entities, and those that are added to managers and the configuration. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { nodesIn, shortText } from '../nodes.ts';
import type { Options, Values } from '../values.ts';
import { isMikroOrm } from './decorators.ts';
import type { Filter, Part } from './parts.ts';
import { nodeOf } from './relations.ts';

/** https://mikro-orm.io/docs/6.6/filters */
export function addFilter(options: Options, name: string | undefined, text: string, part: Part): void {
  const isDefault = options.value('default');
  if (isDefault === false || (isDefault === undefined && options.isWhole)) return;
  if (!options.isWhole) part.unread.push(`the filter \`${text}\``);
  part.filters.push(filterFrom(options, name ?? options.text('name') ?? text, text));
}

function filterFrom(options: Options, name: string, text: string): Filter {
  const cond = options.at('cond');
  return {
    name,
    text: cond === undefined ? text : `${name}: ${shortText(bareExpression(cond))}`,
    nullProperty: cond && nullPropertyIn(cond, options.values),
  };
}

/** The one property that all objects in a condition want to be null. */
function nullPropertyIn(cond: ts.Expression, values: Values): string | undefined {
  const meaning = values.meaningOf(cond);
  if (meaning === undefined || !('node' in meaning)) return undefined;
  const objects = [...nodesIn(meaning.node)]
    .filter(
      (node) =>
        ts.isObjectLiteralExpression(node) &&
        (node === meaning.node || !ts.isPropertyAssignment(node.parent)),
    )
    .filter((node) => ts.isObjectLiteralExpression(node) && !ts.isParameter(node.parent))
    .map((node) => (ts.isExpression(node) ? values.optionsOf(node) : undefined))
    .filter((options) => options !== undefined && (options.keys.length > 0 || !options.isWhole));
  const names = new Set(
    objects.map((options) => {
      const [key, ...more] = options?.keys ?? [];
      return key !== undefined && more.length === 0 && options?.value(key) === null ? key : undefined;
    }),
  );
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

/** A filter that is no part of an entity. */
export interface AddedFilter {
  readonly filter: Filter;
  /** The classes or schemas that it is for; undefined for all. */
  readonly targets: readonly ts.Node[] | undefined;
}

/** Filters that `em.addFilter(…)` or the configuration adds, which are on where nobody says otherwise. */
export function filtersAround(source: ts.SourceFile, values: Values): readonly AddedFilter[] {
  if (!/\baddFilter\b|\bfilters\b/.test(source.text)) return [];
  return [...nodesIn(source)].flatMap((node) => {
    if (!ts.isCallExpression(node)) return [];
    const callee = bareExpression(node.expression);
    const name = isMember(callee) ? memberName(callee) : callee.getText();
    if (name === 'addFilter') return addedBy(node, values);
    return /^(?:defineConfig|init|initSync)$/.test(name ?? '') ? configuredBy(node, values) : [];
  });
}

function addedBy(call: ts.CallExpression, values: Values): readonly AddedFilter[] {
  const [name, cond, entities, isOn] = call.arguments;
  if (cond === undefined || (isOn !== undefined && values.constantOf(isOn)?.value === false)) return [];
  const text = (name && values.textOf(name)) ?? shortText(call);
  const filter = {
    name: text,
    text: `${text}: ${shortText(cond)}`,
    nullProperty: nullPropertyIn(cond, values),
  };
  return [{ filter, targets: nodesGiven(entities, values) }];
}

function configuredBy(call: ts.CallExpression, values: Values): readonly AddedFilter[] {
  const filters = values.optionsOf(values.optionsOf(call.arguments[0]).at('filters'));
  return filters.keys.flatMap((name) => {
    const options = values.optionsOf(filters.at(name));
    if (options.value('default') === false) return [];
    return [{ filter: filterFrom(options, name, name), targets: nodesGiven(options.at('entity'), values) }];
  });
}

/** The classes or schemas in a list; undefined where there is none, or where one is not found. */
export function nodesGiven(node: ts.Expression | undefined, values: Values): readonly ts.Node[] | undefined {
  if (node === undefined) return undefined;
  const nodes = (values.elementsOf(node) ?? [node]).map((one) => nodeOf(one, values));
  const found = nodes.filter(
    (one) => one !== undefined && (ts.isClassLike(one) || isSchemaNode(one, values)),
  );
  return found.length === nodes.length ? found.filter((one) => one !== undefined) : undefined;
}

/** Whether it makes a schema: `new EntitySchema(…)`, `defineEntity(…)`. */
export function isSchemaNode(node: ts.Node, values: Values): node is ts.NewExpression | ts.CallExpression {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  if (!ts.isIdentifier(node.expression) && !isMember(node.expression)) return false;
  const meaning = values.meaningOf(node.expression);
  if (meaning === undefined || !('package' in meaning) || !isMikroOrm(meaning.package)) return false;
  return meaning.name === (ts.isNewExpression(node) ? 'EntitySchema' : 'defineEntity');
}
