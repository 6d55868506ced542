import { ts } from 'ts-morph';
import { chainOf, isFunctionNode, type FunctionNode } from '../effects/symbols.ts';
import { outermost } from './waiting.ts';

/** Code that knows the object, and runs when others say: when a timer does, or beside what goes on where it was begun. */
export interface Loose {
  readonly node: ts.CallExpression | ts.NewExpression;
  /** The functions that run; none where it is the call itself. */
  readonly code: FunctionNode | undefined;
  /** Whether a library has it of which nothing is known, and gives something for it that is used later. */
  readonly isHanded: boolean;
  /** What waits for it, and for others beside it. */
  readonly until: ts.Node | undefined;
  /** A `try` around that which goes on when one of the others fails, while this one still runs. */
  readonly tried: ts.TryStatement | undefined;
}

/** Methods that begin with what they are handed at once, whatever they give for it. */
const BEGINS =
  /^(on|once|subscribe|watch|observe|listen|add\w*|set\w*|register\w*|schedule|start|run|every|each|pipe|poll|use|push|enqueue|nextTick|queueMicrotask|defer|spawn|fork|go)$/;

/** Whether what is handed to a call may run from then on: nothing else needs what it gives, or its name says so. */
export function mayBegin(call: ts.CallExpression | ts.NewExpression): boolean {
  const { parent } = outermost(call);
  if (ts.isNewExpression(call) || ts.isExpressionStatement(parent) || ts.isVoidExpression(parent))
    return true;
  return BEGINS.test(chainOf(call.expression).at(-1) ?? '');
}

/** The `await` of a list of promises that a call gives one of: `await Promise.all([load(a), load(b)])`. */
export function waitedTogether(call: ts.Expression): ts.Node | undefined {
  for (let at = outermost(call); ;) {
    const { parent } = at;
    if (ts.isAwaitExpression(parent)) return parent;
    const isList =
      ts.isArrayLiteralExpression(parent) ||
      (ts.isCallExpression(parent) && /^Promise\.(all|allSettled)$/.test(parent.expression.getText()));
    if (!isList) return undefined;
    at = outermost(parent);
  }
}

/** The `try` whose rest is come to when a list of promises is given up, as one of them failed. */
export function triedAround(wait: ts.Node): ts.TryStatement | undefined {
  if (/^await\s+Promise\.allSettled\b/.test(wait.getText())) return undefined;
  for (let at = wait; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return at.parent;
  return undefined;
}

/** Whether a call is waited for where it stands, or given back whole: nothing goes on beside it. */
export function isWaitedInPlace(call: ts.Expression): boolean {
  const outer = outermost(call);
  const { parent } = outer;
  return (
    ts.isAwaitExpression(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isArrowFunction(parent) && parent.body === outer)
  );
}
