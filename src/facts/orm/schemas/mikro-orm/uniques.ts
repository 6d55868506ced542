/** Reads uniques and indexes. */

import type { Decorator } from '../package-decorators.ts';
import type { Options } from '../values.ts';
import type { Part } from './parts.ts';

/** https://mikro-orm.io/docs/6.6/defining-entities#indexes */
export function readKey({ name, args, values }: Decorator, property: string | undefined, part: Part): void {
  addKey(values.optionsOf(args[0]), property, name === 'Unique', part);
}

/** Adds a unique or an index to a part; those that hold only for a part of the rows become clauses. */
export function addKey(options: Options, property: string | undefined, isUnique: boolean, part: Part): void {
  const { values } = options;
  const what = isUnique ? 'unique' : 'index';
  const given = options.at('properties');
  const listed = given && (values.elementsOf(given) ?? [given]).map((one) => values.textOf(one));
  const paths = listed ?? (property === undefined ? [] : [property]);
  const known = paths.filter((one) => one !== undefined);
  if (known.length === 0 || known.length !== paths.length) {
    part.unread.push(`the columns of ${isUnique ? 'a unique' : 'an index'}`);
    return;
  }
  const isPlain =
    options.isWhole &&
    ['expression', 'type', 'deferMode', 'options', 'where'].every((key) => !options.has(key));
  if (!isPlain) part.unread.push(`the ${what} of \`${known.join('`, `')}\`, whose options say more`);
  else if (isUnique) part.uniques.push(known);
  else part.indexes.push(known);
}
