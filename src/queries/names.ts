import { pluralize, singularize } from 'inflection';
import type { Query } from './query.ts';

const lowerFirst = (name: string): string =>
  /^[A-Z]{2,}/.test(name)
    ? name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)/, (part) => part.toLowerCase())
    : name.charAt(0).toLowerCase() + name.slice(1);
const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A name in camel case: `user_roles` is `userRoles`, `User` is `user`, `db.Post` is `post`. */
export function camelCase(name: string): string {
  const words = (name.split('.').at(-1) ?? name).replace(/^[^\p{L}]+/u, '').split(/[^\p{L}\p{N}$]+/u);
  const [first = 'row', ...rest] = words.filter((word) => word !== '');
  return lowerFirst(first) + rest.map(upperFirst).join('');
}

/** One of the things that a name stands for: `posts` are each a `post`. */
export const singular = (name: string): string => singularize(camelCase(name));

/** Many of what a name stands for. Data and media, which have no plural that is told apart, are rows. */
export function plural(name: string): string {
  const many = pluralize(camelCase(name));
  return many === camelCase(name) && singularize(many) === many ? `${many}Rows` : many;
}

/** What a key of a thing is called in other names: `Id`, `AuthorId`, `Email`. */
export const keyPart = (column: string): string => upperFirst(camelCase(column === '_id' ? 'id' : column));

/**
 * The name for the values of a column: `authorIds` for `post.authorId`, and for `post.author` where that is a key. A bare `id`
 * takes the name of what it belongs to.
 */
export function keysName(column: string, owner: string, isReference = false): string {
  const name = camelCase(column === '_id' ? 'id' : column);
  if (/^(is|has)[A-Z]/.test(name)) return `${name}Values`;
  if (name === 'id') return plural(`${singular(owner)}Id`);
  return plural(isReference && !/id$/i.test(name) ? `${name}Id` : name);
}

/** What a query is called in a sentence: the model and the method. */
export const named = ({ table, method }: Pick<Query, 'table' | 'method'>): string =>
  `${table === '*' ? '' : `${table}.`}${method}`;
