import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { returnsOf, type LibraryValues } from '../effects/library-values.ts';
import {
  bareExpression,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
} from '../effects/symbols.ts';
import type { LibraryFact } from '../libraries/library.ts';
import { libraryFactOf } from '../libraries/tables.ts';
import type { IsPromise } from './promises.ts';
import { isAsync } from './waiting.ts';

/** Calls that give their promise at once where there is nothing left to do: a connection that is open already. */
const MAY_BE_DONE =
  /^(\$?connect|\$?disconnect|init\w*|ready|open|close|acquire|getConnection|begin|end|quit|release)$/;

/** Whether nothing but the memory of this process is asked: a promise of that lets nobody else in. */
const isInMemory = ({ reads, writes }: LibraryFact): boolean =>
  [...reads, ...writes].some((one) => one.kind === 'store' && /cache/.test(one.name));

/** Whether a piece of code waits for anything itself, functions in it left out. */
export function awaitsAnything(node: ts.Node): boolean {
  if (isFunctionNode(node)) return false;
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return true;
  return ts.forEachChild(node, (one) => awaitsAnything(one) || undefined) ?? false;
}

/** The pieces of code that run before others get a turn: all up to the first that waits, with that one. */
export function upToWait(code: readonly ts.Node[]): readonly ts.Node[] {
  const first = code.findIndex(awaitsAnything);
  return first === -1 ? code : code.slice(0, first + 1);
}

/** What a piece of code waits for itself. */
function awaitedIn(code: ts.Node | undefined): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node)) return;
    if (ts.isAwaitExpression(node)) found.push(node.expression);
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  if (code !== undefined) visit(code);
  return found;
}

/** Whether a piece of code may be left before its end, functions in it left out. */
function mayLeave(node: ts.Node): boolean {
  if (isFunctionNode(node)) return false;
  if (ts.isReturnStatement(node) || ts.isBreakOrContinueStatement(node)) return true;
  return ts.forEachChild(node, (one) => mayLeave(one) || undefined) ?? false;
}

/**
 * Tells where code lets other turns run today already. A promise alone is not enough: what only waits for promises that are there lets
 * no other request in. It has to go out of the process, or wait for a timer. Where it is `likely` pauses that are asked for, every `await` counts
 * of which the opposite is not proved, and what is caught is left out of account.
 */
export class Pauses {
  /** Whether likely pauses are asked for. */
  readonly likely: boolean;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly isPromise: (node: ts.Expression) => IsPromise;
  private readonly known = new Map<FunctionNode, boolean>();
  private readonly never = new Map<FunctionNode, boolean>();

  /** `isPromise` tells whether an expression gives a promise. */
  constructor(
    callees: Callees,
    libraries: LibraryValues,
    isPromise: (node: ts.Expression) => IsPromise,
    { likely = false }: { readonly likely?: boolean } = {},
  ) {
    this.likely = likely;
    this.callees = callees;
    this.libraries = libraries;
    this.isPromise = isPromise;
  }

  /** Whether other turns get theirs whenever a statement or an expression runs to its end. */
  in(node: ts.Node): boolean {
    if (isFunctionNode(node) || !awaitsAnything(node)) return false;
    if (ts.isAwaitExpression(node)) return this.ofPromise(node.expression) || this.in(node.expression);
    if (ts.isBlock(node)) return this.inList(node.statements);
    if (ts.isIfStatement(node))
      return (
        this.in(node.expression) ||
        (node.elseStatement !== undefined && this.in(node.thenStatement) && this.in(node.elseStatement))
      );
    if (ts.isConditionalExpression(node))
      return this.in(node.condition) || (this.in(node.whenTrue) && this.in(node.whenFalse));
    // What goes wrong before the pause is caught, and goes on without it.
    if (ts.isTryStatement(node))
      return (
        ((node.catchClause === undefined || this.likely) && this.in(node.tryBlock)) ||
        (node.finallyBlock !== undefined && this.in(node.finallyBlock))
      );
    if (ts.isBinaryExpression(node) && /^(&&|\|\||\?\?)=?$/.test(node.operatorToken.getText()))
      return this.in(node.left);
    if (ts.isForOfStatement(node)) return this.in(node.expression);
    if (
      ts.isIterationStatement(node, false) ||
      ts.isSwitchStatement(node) ||
      ts.isClassLike(node) ||
      ts.isBindingElement(node) ||
      ts.isOptionalChain(node)
    )
      return false;
    return ts.forEachChild(node, (one) => this.in(one) || undefined) ?? false;
  }

  /** Whether other turns get theirs on every way through a function, until what it gives is there. */
  ofFunction(fn: FunctionNode): boolean {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    // Where functions call each other in a circle nothing is proved.
    this.known.set(fn, false);
    const found = this.find(fn);
    this.known.set(fn, found);
    return found;
  }

  /** Whether no other turn gets its own while a function is waited for: it waits for nothing but for functions of which that is true. */
  isNever(fn: FunctionNode): boolean {
    const known = this.never.get(fn);
    if (known !== undefined) return known;
    // Functions that only wait for each other never pause.
    this.never.set(fn, true);
    const promises = [...awaitedIn(fn.body), ...returnsOf(fn)];
    const found = promises.every((one) => this.isNeverPause(one));
    this.never.set(fn, found);
    return found;
  }

  private isNeverPause(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    if (ts.isAwaitExpression(bare)) return this.isNeverPause(bare.expression);
    if (this.isPromise(bare) === 'no' || !ts.isCallExpression(bare)) return this.isPromise(bare) === 'no';
    const { functions, isOpen, parameter } = this.callees.of(bare.expression);
    return (
      functions.length > 0 &&
      !isOpen &&
      parameter === undefined &&
      functions.every((one) => this.isNever(one))
    );
  }

  private find(fn: FunctionNode): boolean {
    const { body } = fn;
    if (body === undefined || fn.asteriskToken !== undefined) return false;
    if (!ts.isBlock(body)) return this.in(body) || this.ofPromise(body);
    if (isAsync(fn) && this.in(body)) return true;
    const returned = returnsOf(fn);
    const last = body.statements.at(-1);
    return (
      last !== undefined &&
      ts.isReturnStatement(last) &&
      returned.length > 0 &&
      returned.every((one) => this.ofPromise(one))
    );
  }

  private inList(statements: readonly ts.Statement[]): boolean {
    for (const one of statements) {
      if (this.in(one)) return true;
      if (ts.isReturnStatement(one) && one.expression !== undefined) return this.ofPromise(one.expression);
      if (mayLeave(one)) return false;
    }
    return false;
  }

  /** Whether who waits for a promise always lets other turns run. */
  ofPromise(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    if (ts.isAwaitExpression(bare)) return this.in(bare);
    if (this.likely && this.isPromise(bare) !== 'no') return !this.isNeverPause(bare);
    if (!ts.isCallExpression(bare) || ts.isOptionalChain(bare)) return false;
    const callee = bareExpression(bare.expression);
    // What is caught may have gone wrong before it paused.
    if (isMember(callee) && /^(then|finally)$/.test(memberName(callee) ?? ''))
      return bare.arguments.length === 1 && this.ofPromise(callee.expression);
    if (/^Promise\.(all|allSettled)$/.test(callee.getText())) {
      const [list] = bare.arguments;
      return (
        list !== undefined &&
        ts.isArrayLiteralExpression(list) &&
        list.elements.some((one) => this.ofPromise(one))
      );
    }
    const { functions, isOpen, parameter } = this.callees.of(callee);
    if (functions.length > 0 || parameter !== undefined)
      return !isOpen && parameter === undefined && functions.every((one) => this.ofFunction(one));
    const call = this.libraries.callOf(bare);
    const fact = call === undefined ? undefined : libraryFactOf(call);
    if (call === undefined || fact?.io !== true || isInMemory(fact) || /Sync\(\)/.test(call.path))
      return false;
    const name = isMember(callee) ? memberName(callee) : ts.isIdentifier(callee) ? callee.text : undefined;
    return name !== undefined && !MAY_BE_DONE.test(name) && this.isPromise(bare) === 'yes';
  }
}
