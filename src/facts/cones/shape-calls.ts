import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { isLogCall } from '../effects/guesses.ts';
import {
  bareExpression,
  chainOf,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { callsIn, type Parts } from './parts.ts';
import { upToWait } from './pauses.ts';

/** Two calls of methods of one object, before and after a place. */
interface Pair {
  readonly object: string;
  readonly before: ts.CallExpression;
  readonly after: ts.CallExpression;
}

/** Finds calls of what the project declares by its shape alone: `interface Counter { grow(by: number): void }`. What they do is not seen. */
export class ShapeCalls {
  private readonly symbols: Symbols;
  private readonly callees: Callees;

  constructor(symbols: Symbols, callees: Callees) {
    this.symbols = symbols;
    this.callees = callees;
  }

  /**
   * Two methods of one object that others may have as well, called around a place where nobody comes between today: what the first one gave may
   * not hold for the second.
   */
  around(fn: FunctionNode, { recent, later }: Parts): Pair | undefined {
    const before = recent.flatMap(callsIn).filter((one) => this.isByShape(one, fn));
    if (before.length === 0) return undefined;
    for (const after of upToWait(later).flatMap(callsIn)) {
      if (!this.isByShape(after, fn)) continue;
      const found = before.find((one) => isOfSame(one, after));
      if (found !== undefined) return { object: objectOf(found), before: found, after };
    }
    return undefined;
  }

  private isByShape(call: ts.CallExpression, fn: FunctionNode): boolean {
    const callee = bareExpression(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || isLogCall(chainOf(callee))) return false;
    if (this.callees.of(callee).functions.length > 0) return false;
    const declarations = this.symbols.declarationsOf(this.symbols.at(callee.name));
    const isShape =
      declarations.length > 0 &&
      declarations.every(
        (one) =>
          (ts.isMethodSignature(one) || ts.isPropertySignature(one)) &&
          this.symbols.whole.isOwn(one.getSourceFile()),
      );
    return isShape && !this.isMadeIn(callee.expression, fn);
  }

  /** Whether each call of a function makes an object for itself, where that can be seen: a function that gives it may keep it too. */
  private isMadeIn(object: ts.Expression, fn: FunctionNode): boolean {
    let root = bareExpression(object);
    while (isMember(root)) root = bareExpression(root.expression);
    return (
      ts.isIdentifier(root) &&
      this.symbols
        .declarationsOf(this.symbols.at(root))
        .some((one) => isInside(one, fn) && ts.isVariableDeclaration(one) && isNew(one.initializer))
    );
  }
}

/** Whether an expression makes an object by its own form. */
function isNew(expression: ts.Expression | undefined): boolean {
  const bare = expression === undefined ? undefined : bareExpression(expression);
  return (
    bare !== undefined &&
    (ts.isObjectLiteralExpression(bare) || ts.isArrayLiteralExpression(bare) || ts.isNewExpression(bare))
  );
}

const objectOf = ({ expression }: ts.CallExpression): string => {
  const callee = bareExpression(expression);
  return isMember(callee) ? callee.expression.getText() : '';
};

const isOfSame = (one: ts.CallExpression, other: ts.CallExpression): boolean =>
  objectOf(one) === objectOf(other) && nameOf(one) !== nameOf(other);

const nameOf = ({ expression }: ts.CallExpression): string | undefined => {
  const callee = bareExpression(expression);
  return isMember(callee) ? memberName(callee) : undefined;
};
