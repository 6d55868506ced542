import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import { bareExpression, isFunctionNode, isMember, memberName, type Symbols } from '../effects/symbols.ts';
import type { Reached } from './reached.ts';

/** Methods that give their callback the elements of what they are called on. */
const WALKS = /^(map|forEach|filter|flatMap|some|every|find|findIndex|reduce)$/;

/** Finds the calls of functions that are taken out of a list, a map or a table: which functions of the project are in it is not known. */
export class TableCalls {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly calls: Reached;
  private readonly known = new Map<ts.Node, ts.CallExpression | undefined>();

  constructor(symbols: Symbols, callees: Callees, libraries: LibraryValues, calls: Reached) {
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.calls = calls;
  }

  /** The first one that code comes to, over any number of calls. */
  in(code: readonly ts.Node[]): ts.CallExpression | undefined {
    for (const one of code) {
      const found = this.directlyIn(one);
      if (found !== undefined) return found;
    }
    for (const fn of this.calls.from(code)) {
      const found = fn.body === undefined ? undefined : this.directlyIn(fn.body);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private directlyIn(code: ts.Node): ts.CallExpression | undefined {
    if (this.known.has(code)) return this.known.get(code);
    const visit = (node: ts.Node): ts.CallExpression | undefined => {
      if (isFunctionNode(node) && !isWalking(node)) return undefined;
      if (ts.isCallExpression(node) && this.isTaken(bareExpression(node.expression))) return node;
      return ts.forEachChild(node, visit);
    };
    const found = visit(code);
    this.known.set(code, found);
    return found;
  }

  /** Whether a function that is called is taken out of something, and nothing is known of it. */
  private isTaken(callee: ts.Expression): boolean {
    const isOut = ts.isIdentifier(callee)
      ? this.symbols.declarationsOf(this.symbols.at(callee)).some(isPart)
      : ts.isElementAccessExpression(callee)
        ? memberName(callee) === undefined
        : ts.isCallExpression(callee) &&
          isMember(callee.expression) &&
          memberName(callee.expression) === 'get';
    return isOut && this.callees.of(callee).functions.length === 0 && this.libraries.of(callee) === undefined;
  }
}

/** Whether a function is handed to a method that calls it with each element: `hooks.forEach((hook) => hook())`. */
function isWalking({ parent }: ts.Node): boolean {
  return (
    ts.isCallExpression(parent) &&
    isMember(parent.expression) &&
    WALKS.test(memberName(parent.expression) ?? '')
  );
}

/** Whether a name stands for an element of something: of what a loop walks, or a method calls back with, or a list that is taken apart. */
function isPart(node: ts.Declaration): boolean {
  if (ts.isVariableDeclaration(node)) {
    const { initializer, parent } = node;
    if (ts.isForOfStatement(parent.parent)) return true;
    const bare = initializer === undefined ? undefined : bareExpression(initializer);
    return bare !== undefined && ts.isElementAccessExpression(bare) && memberName(bare) === undefined;
  }
  if (ts.isBindingElement(node)) return ts.isArrayBindingPattern(node.parent);
  return ts.isParameter(node) && isWalking(node.parent);
}
