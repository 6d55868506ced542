/** Reads uniques and indexes. */

import type { ts } from 'ts-morph';
import { bareExpression, isFunctionNode } from '../../../effects/symbols.ts';
import { returnedBy } from '../nodes.ts';
import type { Decorator } from '../package-decorators.ts';
import { memberPath } from '../relation-targets.ts';
import { UNREAD, type Options, type Values } from '../values.ts';
import type { Part } from './parts.ts';

/**
 * Reads `@Index` and `@Unique`, of a property or of a class. Those that hold only a part of the rows, or that a transaction may
 * break for a while, are no proof that a row is the only one: https://typeorm.io/docs/indexes-and-constraints/indices
 */
export function readKey(decorator: Decorator, property: string | undefined, part: Part): void {
  const { values } = decorator;
  const [first, ...rest] = decorator.args;
  const args = first !== undefined && values.isText(first) ? rest : decorator.args;
  const given = args.find(
    (arg) => isFunctionNode(bareExpression(arg)) || values.elementsOf(arg) !== undefined,
  );
  const options = values.optionsOf(args.find((arg) => arg !== given));
  const paths = property === undefined ? pathsIn(given, values) : [property];
  addKey(paths, options, decorator.name === 'Unique', part);
}

/** Adds a unique or an index of the properties at `paths` to a part; those that hold only for a part of the rows become clauses. */
export function addKey(
  paths: readonly string[] | undefined,
  options: Options,
  isConstraint: boolean,
  part: Part,
): void {
  const isUnique = isConstraint || options.value('unique') === true;
  const what = isUnique ? 'unique' : 'index';
  if (paths === undefined) {
    part.unread.push(`the columns of ${isUnique ? 'a unique' : 'an index'}`);
    return;
  }
  const names = `\`${paths.join('`, `')}\``;
  const isPlain =
    options.isWhole &&
    ['where', 'deferrable', 'nullFiltered', 'spatial', 'fulltext', 'type'].every(
      (key) => !options.has(key),
    ) &&
    options.value('synchronize') !== false &&
    options.value('unique') !== UNREAD;
  if (!isPlain) part.unread.push(`the ${what} of ${names}, whose options say more`);
  else if (isUnique) part.uniques.push(paths);
  else part.indexes.push(paths);
}

/** The properties in `['a', 'b']`, in `(it) => [it.a, it.b]` or in `(it) => ({ a: 1 })`. */
export function pathsIn(given: ts.Expression | undefined, values: Values): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const returned = returnedBy(bareExpression(given));
  const ordered = returned && values.optionsOf(returned);
  if (ordered !== undefined && ordered.keys.length > 0) return ordered.isWhole ? ordered.keys : undefined;
  const paths = values
    .elementsOf(returned ?? given)
    ?.map((one) => values.textOf(one)?.trim() ?? memberPath(one));
  return paths !== undefined && paths.length > 0 && paths.every((one) => one !== undefined)
    ? paths
    : undefined;
}
