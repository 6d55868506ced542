/** The types of paths. */

import { ts } from 'ts-morph';
import type { ColumnType } from '../../schema.ts';
import { isText } from '../nodes.ts';
import type { Draft } from './draft.ts';

/** https://mongoosejs.com/docs/schematypes.html. A `Number` is a double. */
export const TYPES: Readonly<Record<string, ColumnType>> = {
  String: 'string',
  Number: 'float',
  Double: 'float',
  Int32: 'integer',
  Long: 'bigint',
  BigInt: 'bigint',
  Decimal128: 'decimal',
  Boolean: 'boolean',
  Bool: 'boolean',
  Date: 'date',
  Buffer: 'bytes',
  UUID: 'uuid',
  ObjectId: 'object-id',
  ObjectID: 'object-id',
  Oid: 'object-id',
  Mixed: 'json',
  Object: 'json',
  Map: 'json',
};

/** What a type stands for. */
export type Shape =
  | { readonly kind: 'scalar'; readonly type: ColumnType }
  | { readonly kind: 'document'; readonly draft: Draft | undefined }
  | { readonly kind: 'list'; readonly element: ts.Node | undefined };

/** The types that the compiler emits for keywords, as Mongoose reads them. */
export const KEYWORDS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.StringKeyword]: 'String',
  [ts.SyntaxKind.NumberKeyword]: 'Number',
  [ts.SyntaxKind.BooleanKeyword]: 'Boolean',
  [ts.SyntaxKind.BigIntKeyword]: 'BigInt',
  [ts.SyntaxKind.AnyKeyword]: 'Mixed',
  [ts.SyntaxKind.UnknownKeyword]: 'Mixed',
  [ts.SyntaxKind.ObjectKeyword]: 'Mixed',
  [ts.SyntaxKind.TypeLiteral]: 'Mixed',
};

/** The type that a name of Mongoose or of the language stands for. */
export function shapeOfName(names: readonly string[]): Shape | undefined {
  const last = names.at(-1) ?? '';
  if (!/^(?:|mongoose|mongodb|bson)$/.test(names[0] ?? '')) return undefined;
  if (/^(?:Array|DocumentArray)$/.test(last)) return { kind: 'list', element: undefined };
  const type = TYPES[last];
  return type === undefined ? undefined : { kind: 'scalar', type };
}

/** The type of the values of an enum. */
export const shapeOfEnum = (node: ts.EnumDeclaration): Shape => ({
  kind: 'scalar',
  type: node.members.every((one) => isText(one.initializer)) ? 'string' : 'float',
});
