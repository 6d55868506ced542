import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { bareExpression, isMember, memberName, type FunctionNode } from '../effects/symbols.ts';

/** How far an answer is followed from function to function. */
const DEPTH = 4;

/** Calls that answer a request, on what answers it. */
const ANSWERS = /^(send|redirect)$/;
/** Calls that keep what they are given for who comes later. */
const KEEPS = /^(push|unshift|add|set|enqueue)$/;

/**
 * Whether a handler sends its answer by its second parameter in a function that runs later, or leaves that to others who do, and gives
 * nothing itself.
 */
export function answersLater(fn: FunctionNode, callees: Callees): boolean {
  return !givesValue(fn) && sends(fn, 1, { callees, isLater: false, depth: 0 });
}

interface Asked {
  readonly callees: Callees;
  /** Whether the code runs later than the handler. */
  readonly isLater: boolean;
  readonly depth: number;
}

function givesValue(fn: FunctionNode): boolean {
  const visit = (node: ts.Node): boolean =>
    !ts.isFunctionLike(node) &&
    ((ts.isReturnStatement(node) && node.expression !== undefined) ||
      (ts.forEachChild(node, (one) => visit(one) || undefined) ?? false));
  return fn.body !== undefined && visit(fn.body);
}

/** Whether a function answers later by its parameter `at`: in a function in it, by one that it calls, or by who finds it in a list. */
function sends(fn: FunctionNode, at: number, { callees, isLater, depth }: Asked): boolean {
  const reply = fn.parameters[at]?.name;
  if (reply === undefined || !ts.isIdentifier(reply) || fn.body === undefined || depth > DEPTH) return false;
  const { text } = reply;
  const ofCall = (call: ts.CallExpression, inLater: boolean): boolean => {
    const { expression } = call;
    const method = isMember(expression) ? (memberName(expression) ?? '') : '';
    if (inLater && ANSWERS.test(method) && rootOf(expression) === text) return true;
    const place = call.arguments.findIndex((one) => ts.isIdentifier(one) && one.text === text);
    if (place === -1) return false;
    const { functions } = callees.of(expression);
    return functions.length === 0
      ? KEEPS.test(method)
      : functions.some((own) => sends(own, place, { callees, isLater: inLater, depth: depth + 1 }));
  };
  const visit = (node: ts.Node, inLater: boolean): boolean =>
    (ts.isCallExpression(node) && ofCall(node, inLater)) ||
    (ts.forEachChild(node, (one) => visit(one, inLater || ts.isFunctionLike(node)) || undefined) ?? false);
  return visit(fn.body, isLater);
}

/** The name that a chain of members and calls begins with: `reply` of `reply.code(200).send`. */
function rootOf(node: ts.Expression): string {
  let root = bareExpression(node);
  while (isMember(root) || ts.isCallExpression(root)) root = bareExpression(root.expression);
  return ts.isIdentifier(root) ? root.text : '';
}
