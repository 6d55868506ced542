/** What is written in the places that Mongoose reads: objects, functions, and what it takes for true. */

import { ts } from 'ts-morph';
import { isFunctionNode } from '../../../effects/symbols.ts';
import { isText, plainName, shortText } from '../nodes.ts';
import type { Origins } from '../origins.ts';

/** How a node is written, on one line and shortened; nothing where the library made it up. */
export function written(node: ts.Node | undefined): string {
  return node === undefined || node.pos < 0 ? '' : shortText(node, 60);
}

/** What a function gives, where it has one `return` at its end. */
export function returnedBy(node: ts.Node | undefined): ts.Expression | undefined {
  if (node === undefined || !isFunctionNode(node) || node.body === undefined) return undefined;
  if (!ts.isBlock(node.body)) return node.body;
  const last = node.body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** How a plugin is called: the name it is written with. */
export function pluginName(node: ts.Expression | undefined): string {
  if (node === undefined) return 'plugin';
  const isInline = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return `plugin ${isInline ? ((ts.isFunctionExpression(node) ? node.name?.text : undefined) ?? 'function') : written(node)}`;
}

/** The values of an object's properties by name; a function is the value of a method. */
export type Entries = ReadonlyMap<string, ts.Node>;

/** The properties of an object that is written somewhere in the project, spread ones with them. What cannot be read goes to `unread`. */
export function entriesOf(node: ts.Node | undefined, origins: Origins, unread: string[]): Entries {
  const entries = new Map<string, ts.Node>();
  if (node === undefined) return entries;
  const object = origins.nodeOf(node);
  if (
    object !== undefined &&
    ts.isCallExpression(object) &&
    object.expression.getText() === 'Object.assign'
  ) {
    for (const part of object.arguments)
      for (const [key, value] of entriesOf(part, origins, unread)) entries.set(key, value);
    return entries;
  }
  if (object === undefined || !ts.isObjectLiteralExpression(object)) {
    unread.push(`what \`${written(node)}\` holds`);
    return entries;
  }
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      for (const [key, value] of entriesOf(property.expression, origins, unread)) entries.set(key, value);
      continue;
    }
    const { name } = property;
    const key = ts.isComputedPropertyName(name) ? origins.textOf(name.expression) : plainName(name);
    if (key === undefined) unread.push(`what is named \`${written(name)}\``);
    else entries.set(key, valueOf(property));
  }
  return entries;
}

function valueOf(property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>): ts.Node {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : property;
}

/** Whether a value is there and always counts as true: `true`, `1`, `[true, 'message']`, a text that is not empty. */
export function isTrue(node: ts.Node | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isArrayLiteralExpression(node)) return isTrue(node.elements[0]);
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    (ts.isNumericLiteral(node) && Number(node.text) !== 0) ||
    (isText(node) && node.text !== '')
  );
}

/** Whether a value is missing or always counts as false. */
export function isFalse(node: ts.Node | undefined): boolean {
  if (node === undefined) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && isFalse(node.elements[0]);
  return (
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    (ts.isNumericLiteral(node) && Number(node.text) === 0)
  );
}

/** Whether a value is `true` itself. */
export const isTrueKeyword = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.TrueKeyword;
