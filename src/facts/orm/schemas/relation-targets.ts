/** What a relation says of its other side, as TypeORM and MikroORM let it be written. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../effects/symbols.ts';
import { returnedBy } from './nodes.ts';
import { UNREAD, type Values } from './values.ts';

/** What a relation leads to: the class or schema, or what a text calls it by. */
export type Target = { readonly node: ts.Node } | { readonly text: string };

/** `profile.photo` of `user.profile.photo`. */
export function memberPath(node: ts.Expression): string | undefined {
  const bare = bareExpression(node);
  if (!isMember(bare)) return undefined;
  const name = memberName(bare);
  const before = bareExpression(bare.expression);
  if (name === undefined || ts.isIdentifier(before)) return name;
  const path = memberPath(before);
  return path === undefined ? undefined : `${path}.${name}`;
}

/** A class or schema, by itself or as a function gives it, or the text that calls it. */
export function targetIn(node: ts.Expression, values: Values): Target | undefined {
  const meaning = values.givenBy(node);
  if (meaning === undefined || !('node' in meaning)) return undefined;
  if (ts.isClassLike(meaning.node) || ts.isNewExpression(meaning.node)) return { node: meaning.node };
  const text = ts.isExpression(meaning.node) ? values.textOf(meaning.node) : undefined;
  return text === undefined ? undefined : { text };
}

/** `posts` of `(user) => user.posts` or of a text. */
export function inversePath(node: ts.Expression, values: Values): string | undefined | typeof UNREAD {
  const value = values.constantOf(node);
  if (value !== undefined) return typeof value.value === 'string' ? value.value : undefined;
  const meaning = values.meaningOf(node);
  const returned = meaning !== undefined && 'node' in meaning ? returnedBy(meaning.node) : undefined;
  return (returned && (values.textOf(returned) ?? memberPath(returned))) ?? UNREAD;
}
