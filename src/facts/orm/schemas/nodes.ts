/** What the readers of schemas ask about single nodes of syntax, whatever the library. */

import { ts } from 'ts-morph';
import type { Site } from '../../../evidence.ts';
import { bareExpression, isFunctionNode, isMember, memberName } from '../../effects/symbols.ts';

/** Whether a member is of the class, and not of what is made of it. */
export const isStatic = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

/** The type that is written at a property; that of a setter is the type of its parameter. */
export function annotationOf(node: ts.ClassElement): ts.TypeNode | undefined {
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return node.type;
  return ts.isSetAccessorDeclaration(node) ? node.parameters[0]?.type : undefined;
}

/** The variable or the property that a value is assigned to as it is made. */
export function variableOf(node: ts.Expression): string | undefined {
  let at: ts.Node = node.parent;
  while (ts.isAsExpression(at) || ts.isSatisfiesExpression(at) || ts.isParenthesizedExpression(at))
    at = at.parent;
  if (ts.isVariableDeclaration(at)) return ts.isIdentifier(at.name) ? at.name.text : undefined;
  if (!ts.isBinaryExpression(at) || !isMember(at.left)) return undefined;
  const name = memberName(at.left);
  return name === 'exports' ? undefined : name;
}

/** What a function gives that does nothing else: `() => User`, `function () { return User; }`. */
export function returnedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyDeclaration(node) && node.initializer !== undefined) return returnedBy(node.initializer);
  if (!isFunctionNode(node) || node.body === undefined) return undefined;
  if (!ts.isBlock(node.body)) return bareExpression(node.body);
  const [first, second] = node.body.statements;
  return first !== undefined && second === undefined && ts.isReturnStatement(first) && first.expression
    ? bareExpression(first.expression)
    : undefined;
}

/** The name of a property where it is written plainly. */
export const plainName = (name: ts.PropertyName): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;

/** Whether a node is an assignment with `=`. */
export const isAssigned = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Whether a node is a text that is written out. */
export const isText = (node: ts.Node | undefined): node is ts.StringLiteralLike =>
  node !== undefined && ts.isStringLiteralLike(node);

/** What a class extends. */
export function baseOf(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}

/** A node and all that it holds, in the order in which they are written. */
export function* nodesIn(root: ts.Node): Generator<ts.Node> {
  const ahead = [root];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    yield node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    ahead.push(...children.toReversed());
  }
}

/** The text of a node on one line, cut where it is longer than `longest`. */
export function shortText(node: ts.Node, longest = 120): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The place where a node begins, as a person opens it. */
export function siteOf(node: ts.Node): Site {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return { path: source.fileName, line: line + 1 };
}
