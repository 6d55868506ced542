import { ts } from 'ts-morph';
import { libraryFactOf } from '../libraries/tables.ts';
import { partOf } from './aliases.ts';
import type { Callees } from './callees.ts';
import { Confinements, type Confinement } from './confinement.ts';
import { NEW_LISTS } from './guesses.ts';
import { returnsOf, type LibraryValues } from './library-values.ts';
import {
  bareExpression,
  elementOfAll,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  isPrimitiveNode,
  memberName,
  type FunctionNode,
  type Symbols,
} from './symbols.ts';

/** How much of a value nobody else can reach: all of it, its outermost object, or nothing. */
export type Fresh = 'deep' | 'shallow' | 'no';

const ORDER: readonly Fresh[] = ['no', 'shallow', 'deep'];
const least = (all: readonly Fresh[]): Fresh =>
  all.reduce<Fresh>((a, b) => (ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b), 'deep');

/** Tells which values are made for the code at hand alone, so that changing them is no effect. */
export class Freshness {
  private readonly symbols: Symbols;
  private readonly libraries: LibraryValues;
  private readonly callees: Callees;
  private readonly known = new Map<ts.Node, Fresh>();
  private readonly reassigned = new Map<ts.Symbol, boolean>();

  private readonly confinements: Confinements;

  constructor(symbols: Symbols, libraries: LibraryValues, callees: Callees) {
    this.symbols = symbols;
    this.libraries = libraries;
    this.callees = callees;
    this.confinements = new Confinements(symbols, libraries, callees, this);
  }

  of(node: ts.Expression, depth = 0): Fresh {
    const bare = bareExpression(node);
    const known = this.known.get(bare);
    if (known !== undefined) return known;
    this.known.set(bare, 'no');
    const found = depth > 20 ? 'no' : this.find(bare, depth + 1);
    this.known.set(bare, found);
    return found;
  }

  private find(node: ts.Expression, depth: number): Fresh {
    if (isPrimitiveNode(node) || ts.isRegularExpressionLiteral(node)) return 'deep';
    if (ts.isArrayLiteralExpression(node)) {
      const isDeep = node.elements.every((one) => this.isMadeHere(one, depth));
      return isDeep ? 'deep' : 'shallow';
    }
    if (ts.isObjectLiteralExpression(node)) {
      const isDeep = node.properties.every((one) =>
        ts.isPropertyAssignment(one)
          ? this.isMadeHere(one.initializer, depth)
          : ts.isMethodDeclaration(one) ||
            (ts.isShorthandPropertyAssignment(one) && this.symbols.isScalar(one.name)),
      );
      return isDeep ? 'deep' : 'shallow';
    }
    if (ts.isAwaitExpression(node)) return this.of(node.expression, depth);
    if (ts.isConditionalExpression(node))
      return least([this.of(node.whenTrue, depth), this.of(node.whenFalse, depth)]);
    if (ts.isBinaryExpression(node)) {
      if (/^(\|\||&&|\?\?)$/.test(node.operatorToken.getText()))
        return least([this.of(node.left, depth), this.of(node.right, depth)]);
      return isAssignment(node) ? this.of(node.right, depth) : 'deep';
    }
    if (ts.isNewExpression(node)) {
      const call = this.libraries.callOf(node);
      const fact = call === undefined ? undefined : libraryFactOf(call);
      if (fact === undefined || fact.fresh === 'no') return 'shallow';
      return call?.package === 'global' ? this.ofGlobal(fact.fresh, node.arguments, depth) : fact.fresh;
    }
    if (ts.isCallExpression(node)) return this.ofCall(node, depth);
    if (ts.isIdentifier(node)) return this.ofIdentifier(node, depth);
    if (isMember(node)) return this.of(node.expression, depth) === 'deep' ? 'deep' : 'no';
    return 'no';
  }

  private ofCall(node: ts.CallExpression, depth: number): Fresh {
    const callee = bareExpression(node.expression);
    const own = this.callees.of(callee);
    if (own.functions.length > 0 && !own.isOpen)
      return least(
        own.functions.flatMap((fn) => returnsOf(fn).map((one) => this.ofReturned(one, fn, depth))),
      );
    const call = this.libraries.callOf(node);
    const fact = call === undefined ? undefined : libraryFactOf(call);
    if (fact !== undefined)
      return call?.package === 'global' ? this.ofGlobal(fact.fresh, node.arguments, depth) : fact.fresh;
    if (isMember(callee)) {
      const name = memberName(callee) ?? '';
      if (NEW_LISTS.has(name)) {
        const isDeep =
          name === 'map' || name === 'flatMap'
            ? this.isMadeOf(node.arguments[0])
            : this.of(callee.expression, depth) === 'deep';
        return isDeep ? 'deep' : 'shallow';
      }
      if (/^(find|at|pop|shift|get|reduce|then|catch|finally)$/.test(name))
        return this.of(callee.expression, depth) === 'deep' ? 'deep' : 'no';
    }
    return 'no';
  }

  /** Whether a part of a literal is known by no other name. */
  private isMadeHere(node: ts.Expression, depth: number): boolean {
    const bare = bareExpression(node);
    if (this.symbols.isScalar(bare) || isFunctionNode(bare)) return true;
    return (
      !ts.isSpreadElement(bare) &&
      !ts.isIdentifier(bare) &&
      !isMember(bare) &&
      this.of(bare, depth) === 'deep'
    );
  }

  /** Whether a call gives an element of a list or map, or a list of its elements. */
  private isPartCall(node: ts.Expression): node is ts.CallExpression {
    if (!ts.isCallExpression(node)) return false;
    const callee = bareExpression(node.expression);
    if (!isMember(callee) || partOf(memberName(callee) ?? '') === undefined) return false;
    const call = this.libraries.callOf(node);
    return call === undefined || libraryFactOf(call) === undefined;
  }

  /** What a function gives back: what it has not made itself is known to others. */
  private ofReturned(node: ts.Expression, fn: FunctionNode, depth: number): Fresh {
    const bare = bareExpression(node);
    if (ts.isConditionalExpression(bare))
      return least([this.ofReturned(bare.whenTrue, fn, depth), this.ofReturned(bare.whenFalse, fn, depth)]);
    if (ts.isBinaryExpression(bare))
      return least([this.ofReturned(bare.left, fn, depth), this.ofReturned(bare.right, fn, depth)]);
    if (this.symbols.isScalar(bare)) return 'deep';
    let root = bare;
    while (isMember(root) || ts.isAwaitExpression(root) || this.isPartCall(root))
      root = bareExpression(root.expression);
    if (ts.isIdentifier(root)) {
      const [declaration] = this.symbols.at(root)?.declarations ?? [];
      if (declaration === undefined || !isInside(declaration, fn)) return 'no';
    }
    return this.of(bare, depth);
  }

  /** What JavaScript's own functions make of new things is new: `new Set(['a'])`. */
  private ofGlobal(fresh: Fresh, args: ts.NodeArray<ts.Expression> | undefined, depth: number): Fresh {
    if (fresh !== 'shallow') return fresh;
    const isDeep = (args ?? []).every(
      (one) =>
        this.of(ts.isSpreadElement(one) ? one.expression : one, depth) === 'deep' ||
        this.symbols.isScalar(one),
    );
    return isDeep ? 'deep' : 'shallow';
  }

  /** Whether a list is made of scalars: `rows.map((row) => row.id)`. */
  private isMadeOf(callback: ts.Expression | undefined): boolean {
    const fn = callback === undefined ? undefined : bareExpression(callback);
    if (fn === undefined || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return false;
    const returned = returnsOf(fn);
    return returned.length > 0 && returned.every((one) => this.symbols.isScalar(one));
  }

  /** What is known of the object that a variable is declared with; undefined where it need not be new, or the variable changes. */
  confinementOf(node: ts.Declaration, symbol: ts.Symbol): Confinement | undefined {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined || !ts.isIdentifier(node.name))
      return undefined;
    if (ts.isForOfStatement(node.parent.parent) || ts.isForInStatement(node.parent.parent)) return undefined;
    if ((symbol.declarations?.length ?? 0) > 1) return undefined;
    const initial = this.of(node.initializer);
    if (initial === 'no' || this.isReassigned(node, symbol)) return undefined;
    return this.confinements.of(node, initial);
  }

  private ofIdentifier(node: ts.Identifier, depth: number): Fresh {
    const named = this.symbols.at(node);
    const symbol = named === undefined ? undefined : this.symbols.followed(named);
    const [declaration] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined) return node.text === 'undefined' ? 'deep' : 'no';
    return this.ofDeclaration(declaration, symbol, depth);
  }

  private ofDeclaration(node: ts.Declaration, symbol: ts.Symbol, depth: number): Fresh {
    if (ts.isVariableDeclaration(node)) {
      const list = node.parent;
      if (ts.isCatchClause(list)) return 'shallow';
      const loop = list.parent;
      if (ts.isForOfStatement(loop) && loop.initializer === list)
        return this.of(loop.expression, depth) === 'deep' ? 'deep' : 'no';
      if (ts.isForInStatement(loop)) return 'deep';
      if (node.initializer === undefined || this.isReassigned(node, symbol)) return 'no';
      const initial = this.of(node.initializer, depth);
      if (initial !== 'deep' || !ts.isIdentifier(node.name)) return initial;
      return this.confinements.of(node, initial).foreign.size > 0 ? 'shallow' : 'deep';
    }
    if (ts.isBindingElement(node)) {
      let holder: ts.Node = node;
      while (
        ts.isBindingElement(holder) ||
        ts.isObjectBindingPattern(holder) ||
        ts.isArrayBindingPattern(holder)
      )
        holder = holder.parent;
      if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined) return 'no';
      if (this.isReassigned(node, symbol)) return 'no';
      const element = elementOfAll(node);
      if (element !== undefined) return this.of(element, depth);
      if (this.of(holder.initializer, depth) === 'deep') return 'deep';
      return node.dotDotDotToken === undefined ? 'no' : 'shallow';
    }
    if (ts.isParameter(node)) {
      // `rows.map((row) => …)`: what is passed in is an element of the list.
      const fn = node.parent;
      const call = fn.parent as ts.Node | undefined;
      if (!(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || call === undefined) return 'no';
      if (!ts.isCallExpression(call) || !isMember(call.expression)) return 'no';
      const name = memberName(call.expression) ?? '';
      if (!/^(map|forEach|filter|flatMap|some|every|find|findIndex|sort|then)$/.test(name)) return 'no';
      return this.of(call.expression.expression, depth) === 'deep' ? 'deep' : 'no';
    }
    return 'no';
  }

  /** Whether a variable gets another value anywhere but in its declaration. */
  private isReassigned(node: ts.VariableDeclaration | ts.BindingElement, symbol: ts.Symbol): boolean {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0) return false;
    const known = this.reassigned.get(symbol);
    if (known !== undefined) return known;
    let found = false;
    const text = node.name.getText();
    const visit = (one: ts.Node): void => {
      if (found) return;
      if (ts.isIdentifier(one) && one.text === text && one !== node.name) {
        const { parent } = one;
        const isTarget =
          (ts.isBinaryExpression(parent) && parent.left === one && isAssignment(parent)) ||
          ts.isArrayLiteralExpression(parent) ||
          ts.isShorthandPropertyAssignment(parent) ||
          ts.isForOfStatement(parent);
        if (isTarget && this.symbols.at(one) === symbol) found = true;
      }
      ts.forEachChild(one, visit);
    };
    visit(node.getSourceFile());
    this.reassigned.set(symbol, found);
    return found;
  }
}
