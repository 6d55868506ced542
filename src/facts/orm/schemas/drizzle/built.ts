/** Reads the chains of calls that columns, indexes and keys are built with. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { entered, propertyName, propertyValue } from './expressions.ts';
import { DEPTH, resolve, type Reading } from './names.ts';
import { makerOf } from './tables.ts';

/** A value that Drizzle builds by a chain of calls: `text('name').notNull()`. */
export interface Built {
  readonly module: string;
  /** The export that the chain begins with; `enum` and `custom` for those that the project declares itself. */
  readonly name: string;
  /** The first call. */
  readonly call: ts.CallExpression;
  readonly calls: readonly { readonly name: string; readonly args: readonly ts.Expression[] }[];
  readonly at: Reading;
}

/** The builder that an expression gives, with the calls on it; undefined where it is none. */
export function builtBy(expression: ts.Expression, at: Reading, depth = 0): Built | undefined {
  if (depth > DEPTH) return undefined;
  const node = valueBehind(expression, at);
  if (node === undefined || !ts.isCallExpression(node)) return undefined;
  const callee = bareExpression(node.expression);
  const known = resolve(callee, at);
  if (known?.kind === 'library') {
    return { module: known.module, name: known.name, call: node, calls: [], at };
  }
  const maker = makerOf(callee, at);
  if (maker !== undefined && /(?:Enum|^customType)$/.test(maker.name)) {
    const name = maker.name === 'customType' ? 'custom' : 'enum';
    return { module: maker.module, name, call: node, calls: [], at };
  }
  const body = entered(node, at);
  if (body !== undefined) return builtBy(body.result, body.at, depth + 1);
  const inner = isMember(callee) ? builtBy(callee.expression, at, depth + 1) : undefined;
  const name = isMember(callee) ? memberName(callee) : undefined;
  if (inner === undefined || name === undefined) return undefined;
  return { ...inner, calls: [...inner.calls, { name, args: node.arguments }] };
}

/** The expression that a name stands for in the end. */
export function valueBehind(expression: ts.Expression, at: Reading): ts.Expression | undefined {
  const node = bareExpression(expression);
  if (!ts.isIdentifier(node) && !isMember(node)) return node;
  const known = resolve(node, at);
  return known?.kind === 'node' && ts.isExpression(known.node) ? known.node : undefined;
}

/** The value of a property that is written out. */
export function propertyOf(
  object: ts.ObjectLiteralExpression,
  name: string,
  at: Reading,
): ts.Expression | undefined {
  const property = object.properties.findLast((one) => propertyName(one, at) === name);
  return property === undefined ? undefined : propertyValue(property);
}
