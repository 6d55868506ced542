/** What expressions give: texts, objects, lists, and the results of functions of the project. */

import { ts } from 'ts-morph';
import { bareExpression } from '../../../effects/symbols.ts';
import { shortText } from '../nodes.ts';
import { DEPTH, resolve, type Known, type Reading } from './names.ts';

/** The text that an expression gives. */
export function textOf(expression: ts.Expression | undefined, at: Reading, depth = 0): string | undefined {
  if (expression === undefined || depth > DEPTH) return undefined;
  const node = bareExpression(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  const inner = (part: ts.Expression): string | undefined => textOf(part, at, depth + 1);
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map((span) => {
      const value = inner(span.expression);
      return value === undefined ? undefined : value + span.literal.text;
    });
    return parts.every((part) => part !== undefined) ? node.head.text + parts.join('') : undefined;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [inner(node.left), inner(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (ts.isCallExpression(node)) {
    const body = entered(node, at);
    return body === undefined ? undefined : textOf(body.result, body.at, depth + 1);
  }
  const known = resolve(node, at);
  return known?.kind === 'node' && known.node !== node && ts.isExpression(known.node)
    ? inner(known.node)
    : undefined;
}

/** The object that an expression gives. */
export function objectOf(
  expression: ts.Expression | undefined,
  at: Reading,
): { readonly object: ts.ObjectLiteralExpression; readonly at: Reading } | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  if (known?.kind !== 'node') return undefined;
  if (ts.isObjectLiteralExpression(known.node)) return { object: known.node, at };
  if (!ts.isCallExpression(known.node) || at.bound.size > DEPTH) return undefined;
  const body = entered(known.node, at);
  return body === undefined ? undefined : objectOf(body.result, body.at);
}

type FunctionWithResult = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** Whether a node is a function that is called by its name or as a value. */
export const isFunctionWithResult = (node: ts.Node): node is FunctionWithResult =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);

/** What a function returns, where it returns in one place only. */
export function resultOf({ body }: FunctionWithResult): ts.Expression | undefined {
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return bareExpression(body);
  const last = body.statements.at(-1);
  const isPlain = body.statements.slice(0, -1).every((statement) => ts.isVariableStatement(statement));
  return isPlain && last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** What a call of a function of the project returns, and how that is read. */
export function entered(
  call: ts.CallExpression,
  at: Reading,
): { readonly result: ts.Expression; readonly at: Reading } | undefined {
  const known = resolve(call.expression, at);
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node) || at.bound.size > DEPTH) return undefined;
  const result = resultOf(known.node);
  if (result === undefined || call.arguments.some((argument) => ts.isSpreadElement(argument)))
    return undefined;
  const bound = new Map(at.bound);
  for (const [index, { name, initializer }] of known.node.parameters.entries()) {
    const value = call.arguments[index] ?? initializer;
    const symbol = at.checker.getSymbolAtLocation(name);
    // What the argument stands for is told where it is written: in the function its names mean something else.
    const stands = value === undefined ? undefined : resolve(value, at);
    if (symbol !== undefined && stands !== undefined) bound.set(symbol, stands);
  }
  return { result, at: { ...at, bound } };
}

/** `at`, in a function whose first parameter is `whole`, and whose pattern there takes its parts by `part`. */
export function withParameter(
  node: FunctionWithResult,
  at: Reading,
  whole: Known,
  part: (name: string) => Known,
): Reading {
  const bound = new Map(at.bound);
  const set = (name: ts.Node, known: Known): void => {
    const symbol = at.checker.getSymbolAtLocation(name);
    if (symbol !== undefined) bound.set(symbol, known);
  };
  const name = node.parameters[0]?.name;
  if (name !== undefined && ts.isIdentifier(name)) set(name, whole);
  if (name !== undefined && ts.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      set(element.name, part((element.propertyName ?? element.name).getText()));
    }
  }
  return { ...at, bound };
}

/** The text of a node on one line, cut where it is long. */
export const short = (node: ts.Node): string => shortText(node, 41);

/** The name of a property, where it is written or a constant. */
export function propertyName(property: ts.ObjectLiteralElementLike, at: Reading): string | undefined {
  const { name } = property;
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isComputedPropertyName(name) ? textOf(name.expression, at) : undefined;
}

/** What a property holds; undefined for methods and spreads. */
export const propertyValue = (property: ts.ObjectLiteralElementLike): ts.Expression | undefined => {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
};

/** The elements of a list. */
export function valuesOf(
  expression: ts.Expression | undefined,
  at: Reading,
): readonly ts.Expression[] | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  return known?.kind === 'node' && ts.isArrayLiteralExpression(known.node) ? known.node.elements : undefined;
}
