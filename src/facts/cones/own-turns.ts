import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import {
  functionAround,
  isAssignment,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { homeOf } from './parts.ts';
import { isAsync, outermost } from './waiting.ts';

/** Methods of lists that are done with a callback when they give something. */
const WALKS =
  /^(map|forEach|flatMap|filter|some|every|find|findIndex|findLast|findLastIndex|reduce|reduceRight|sort|toSorted)$/;

/** Tells which functions run in turns with the one around them, and with nobody else meanwhile: callbacks of who is waited for, and local ones. */
export class OwnTurns {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly known = new Map<ts.Declaration, Map<FunctionNode, boolean>>();
  private readonly runs = new Map<ts.Declaration, boolean>();

  constructor(symbols: Symbols, callees: Callees) {
    this.symbols = symbols;
    this.callees = callees;
  }

  /**
   * Whether only the turns of a function and the one around it know a variable, of which one waits for the other:
   * `let seen; await poll(() => { seen = …; })`, `const found = []; const walk = (folder) => { … }; walk(root);`.
   */
  isOfTurns(variable: ts.Declaration, fn: FunctionNode): boolean {
    const ofVariable = this.known.get(variable) ?? new Map<FunctionNode, boolean>();
    this.known.set(variable, ofVariable);
    const known = ofVariable.get(fn);
    if (known !== undefined) return known;
    const home = homeOf(fn);
    const around = functionAround(home);
    const found =
      around !== undefined &&
      isInside(variable, around) &&
      functionAround(variable) === around &&
      (this.isInTurns(home) || this.isPartOf(home, around)) &&
      this.isKnownTo(variable, [home, around]);
    ofVariable.set(fn, found);
    return found;
  }

  /** Whether each call of the function that a name stands in has an object of its own, held by a variable or a property. */
  isOfOneCall(holder: ts.Declaration, name: ts.Node): boolean {
    const maker = functionAround(holder);
    return maker !== undefined && (functionAround(name) === maker || this.isOfOneRun(holder));
  }

  /**
   * Whether each call of the function that declares a variable has one of its own, of which nothing is left when it is done: the functions in it
   * that know it are only called there.
   */
  isOfOneRun(variable: ts.Declaration): boolean {
    const maker = functionAround(variable);
    const name = ts.isVariableDeclaration(variable) ? variable.name : undefined;
    if (maker === undefined || name === undefined || !ts.isIdentifier(name)) return false;
    const known = this.runs.get(variable);
    if (known !== undefined) return known;
    const found = this.isNamedWithin(name, maker, new Set());
    this.runs.set(variable, found);
    return found;
  }

  /** Whether a name stands in a function, or in functions in it that are only called there. */
  private isNamedWithin(name: ts.Identifier, maker: FunctionNode, seen: Set<FunctionNode>): boolean {
    return this.namesIn(maker, name).every((one) => {
      for (let at = functionAround(one); at !== undefined && at !== maker; at = functionAround(at)) {
        if (seen.has(at)) continue;
        seen.add(at);
        const { parent } = at;
        const isWalking =
          ts.isCallExpression(parent) &&
          parent.expression !== (at as ts.Node) &&
          isMember(parent.expression) &&
          WALKS.test(memberName(parent.expression) ?? '') &&
          !isAsync(at);
        const own = ts.isFunctionDeclaration(at)
          ? at.name
          : ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
            ? parent.name
            : undefined;
        const isCalled =
          own !== undefined &&
          !isAsync(at) &&
          at.asteriskToken === undefined &&
          this.namesIn(maker, own).every(
            (place) => ts.isCallExpression(place.parent) && place.parent.expression === place,
          ) &&
          this.isNamedWithin(own, maker, seen);
        if (!isWalking && !isCalled) return false;
      }
      return true;
    });
  }

  /** Whether a function is a part of the one around it: it is only called there, one call after the other. */
  private isPartOf(fn: FunctionNode, around: FunctionNode): boolean {
    const name = ts.isFunctionDeclaration(fn)
      ? fn.name
      : ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name)
        ? fn.parent.name
        : undefined;
    return (
      name !== undefined &&
      this.namesIn(around, name).every((one) => {
        const { parent } = one;
        if (!ts.isCallExpression(parent) || parent.expression !== one) return false;
        const outer = outermost(parent).parent;
        const isInTurn = isAsync(fn) ? ts.isAwaitExpression(outer) : !ts.isArrayLiteralExpression(outer);
        const caller = functionAround(one);
        const home = caller === undefined ? undefined : homeOf(caller);
        return isInTurn && (home === around || home === fn);
      })
    );
  }

  /** Whether who is handed a callback is waited for, and calls it at one time only. */
  private isInTurns(fn: FunctionNode): boolean {
    const call = fn.parent;
    if (!ts.isCallExpression(call) || !ts.isAwaitExpression(outermost(call).parent)) return false;
    // What follows a promise is called once, when that is there.
    if (isMember(call.expression) && /^(then|finally)$/.test(memberName(call.expression) ?? '')) return true;
    const at = call.arguments.findIndex((one) => one === fn);
    const { functions, isOpen } = this.callees.of(call.expression);
    return (
      at !== -1 && !isOpen && functions.length > 0 && functions.every((one) => this.callsInTurns(one, at))
    );
  }

  private callsInTurns(fn: FunctionNode, at: number): boolean {
    const name = fn.parameters[at]?.name;
    if (name === undefined || !ts.isIdentifier(name) || fn.body === undefined || !isAsync(fn)) return false;
    return this.namesOf(name).every((one) => {
      const { parent } = one;
      if (!ts.isCallExpression(parent) || parent.expression !== one || functionAround(one) !== fn)
        return false;
      const outer = outermost(parent).parent;
      // Beside each other: `Promise.all([check(), check()])`, `running[at] = check()`.
      return (
        !ts.isArrayLiteralExpression(outer) &&
        !ts.isCallExpression(outer) &&
        !ts.isVariableDeclaration(outer) &&
        !(ts.isBinaryExpression(outer) && isAssignment(outer))
      );
    });
  }

  private isKnownTo(variable: ts.Declaration, functions: readonly FunctionNode[]): boolean {
    const name = ts.isVariableDeclaration(variable) ? variable.name : undefined;
    return (
      name !== undefined &&
      ts.isIdentifier(name) &&
      this.namesOf(name).every((one) => {
        const holder = functionAround(one);
        return holder !== undefined && functions.includes(homeOf(holder));
      })
    );
  }

  /** The places that name what a name declares, in the function around it. */
  private namesOf(name: ts.Identifier): readonly ts.Identifier[] {
    const around = functionAround(name);
    return around === undefined ? [] : this.namesIn(around, name);
  }

  private namesIn(around: ts.Node, name: ts.Identifier): readonly ts.Identifier[] {
    const symbol = this.symbols.at(name);
    const found: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isIdentifier(node) &&
        node !== name &&
        node.text === name.text &&
        this.symbols.at(node) === symbol
      )
        found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(around);
    return found;
  }
}
