import { ts } from 'ts-morph';
import { isAssignment, isFunctionNode, isMember, memberName, type FunctionNode } from '../effects/symbols.ts';
import { outermost } from './waiting.ts';

/** Methods that call what they are given before they are done, or when a promise is, and give something else. */
const GIVES_NO_CALLBACK =
  /^(map|forEach|flatMap|filter|some|every|find|findIndex|findLast|reduce|reduceRight|sort|then|catch|finally)$/;

/** Whether a member can be named in its class alone: `private`, or `#name`. */
export const isPrivateMember = (node: ts.Node): boolean =>
  ts.isClassElement(node) &&
  ((node.name !== undefined && ts.isPrivateIdentifier(node.name)) ||
    (ts.getModifiers(node as ts.MethodDeclaration) ?? []).some(
      ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword,
    ));

/**
 * Whether the value of a function that is written in `outer` may come out of it: it is returned or kept, or something is that may hold it.
 * What is not known counts as coming out.
 */
export function leaves(fn: FunctionNode, outer: FunctionNode): boolean {
  if (ts.isFunctionDeclaration(fn)) return fn.name === undefined || isUsedAsValue(fn.name, outer);
  let below: ts.Node = fn;
  for (let at = fn.parent as ts.Node; at !== outer; below = at, at = at.parent) {
    if (ts.isExpressionStatement(at) || ts.isAwaitExpression(at)) return false;
    if (ts.isVariableDeclaration(at)) return !ts.isIdentifier(at.name) || isUsedAsValue(at.name, outer);
    if (ts.isCallExpression(at) && (at.expression === below || isDoneWith(at))) return false;
    if (ts.isNewExpression(at) && at.expression.getText() === 'Promise') return false;
    if (ts.isBinaryExpression(at) && isAssignment(at)) return true;
    if (isFunctionNode(at) || ts.isClassLike(at) || ts.isStatement(at)) return true;
  }
  return true;
}

/** Whether a call is done with the functions that it is given, and gives something else. */
const isDoneWith = ({ expression }: ts.CallExpression): boolean =>
  isMember(expression) && GIVES_NO_CALLBACK.test(memberName(expression) ?? '');

/** Whether a name is used in `outer` in another way than to call it, or a member of it. */
function isUsedAsValue(name: ts.Identifier, outer: FunctionNode): boolean {
  let isUsed = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && !isCalled(node)) isUsed = true;
    if (!isUsed) ts.forEachChild(node, visit);
  };
  ts.forEachChild(outer, visit);
  return isUsed;
}

/** Whether a name stands where it is called, or a member of it is, or is that member. */
function isCalled(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isMember(parent) && parent.expression !== node) return true;
  const called = isMember(parent) ? outermost(parent) : outermost(node);
  const call = called.parent;
  if (!ts.isCallExpression(call)) return false;
  return call.expression === called || (called === outermost(node) && isDoneWith(call));
}
