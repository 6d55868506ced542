/** How names of columns become names of code. */

import { ts } from 'ts-morph';
import { UNKNOWN, type WrittenValues } from '../written-values.ts';
import { nameOf, staticValue, type GivenMembers, type Lineage } from './classes.ts';

/** How columns are called in code and in the database. */
export interface Names {
  inCode(column: string): string;
  inDatabase(name: string): string;
  readonly unread?: string;
}

const SAME: Names = { inCode: (column) => column, inDatabase: (name) => name };

/** `owner_id` is `ownerId`. */
const camelCase = (text: string): string =>
  text.replace(/(?<=.)_+(.)/g, (_, letter: string) => letter.toUpperCase());

/** `ownerID` is `owner_id`. */
const snakeCase = (text: string): string =>
  text
    .replace(/(?<=(.))\p{Lu}/gu, (letter, before: string) =>
      /\p{Lu}/u.test(before) ? letter.toLowerCase() : `_${letter.toLowerCase()}`,
    )
    .replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());

/**
 * How a class turns names of columns into names of code:
 * https://vincit.github.io/objection.js/recipes/snake-case-to-camel-case-conversion.html
 */
export function namesOf(
  lineage: Lineage,
  given: GivenMembers,
  values: WrittenValues,
  isSnakeInDatabase: boolean,
): Names {
  const parses = lineage.classes
    .flatMap(({ members }) => [...members])
    .find((one) => nameOf(one) === '$parseDatabaseJson');
  if (parses !== undefined && /mapKeys|camel|snake/i.test(parses.getText()))
    return { ...SAME, unread: 'names of columns that `$parseDatabaseJson` makes' };
  const mappers = staticValue({ lineage, given }, 'columnNameMappers', values);
  // Names are changed on the way to the database, below what models know.
  if (mappers === undefined) return isSnakeInDatabase ? { ...SAME, inDatabase: snakeCase } : SAME;
  const call = mappers === UNKNOWN ? undefined : values.follow(mappers);
  const isPlain =
    call !== undefined &&
    ts.isCallExpression(call) &&
    /(?:^|\.)snakeCaseMappers$/.test(call.expression.getText()) &&
    call.arguments.length === 0;
  return isPlain
    ? { inCode: camelCase, inDatabase: snakeCase }
    : { ...SAME, unread: 'names of columns that `columnNameMappers` makes' };
}
