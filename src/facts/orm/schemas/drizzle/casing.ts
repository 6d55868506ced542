/** The names that columns have in the database where none is written. */

import { ts } from 'ts-morph';
import { valueBehind } from './built.ts';
import { propertyValue, textOf } from './expressions.ts';
import type { Reading } from './names.ts';

/** How properties become names of columns: https://orm.drizzle.team/docs/sql-schema-declaration#camel-and-snake-casing */
export type Casing = 'none' | 'snake_case' | 'camelCase' | 'unknown';

/** The casing that the project sets, in a call of `drizzle` or in what is given to one. */
export function casingIn(sources: readonly ts.SourceFile[], at: Reading): Casing {
  const found = new Set<Casing>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      node.name.getText() === 'casing'
    ) {
      const value = propertyValue(node);
      const behind = value === undefined ? undefined : valueBehind(value, at);
      const text = textOf(behind, at);
      found.add(text === 'snake_case' || text === 'camelCase' ? text : 'unknown');
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources) {
    if (/\bcasing\b/.test(source.text) && source.text.includes('drizzle')) visit(source);
  }
  const [first = 'none', second] = found;
  return second === undefined ? first : 'unknown';
}

/** The name in the database that a name in code becomes; undefined where the casing is not known. */
export function cased(name: string, casing: 'snake_case' | 'camelCase'): string {
  // A new word begins at a capital after a small letter or digit, at the last of several capitals, and at a digit after a capital.
  const words = name
    .replace(/['\u2019]/g, '')
    .split(/[^\dA-Za-z]+|(?<=[\da-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]|\d)/)
    .filter((word) => word !== '');
  if (casing === 'snake_case') return words.map((word) => word.toLowerCase()).join('_');
  return words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
