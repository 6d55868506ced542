import { ts } from 'ts-morph';
import { libraryFactOf } from '../libraries/tables.ts';
import { ANY, keyOfMember, partOf, sharedOf } from './aliases.ts';
import type { Callees } from './callees.ts';
import type { Fresh, Freshness } from './freshness.ts';
import { builtInMethod, isLogCall } from './guesses.ts';
import type { LibraryValues } from './library-values.ts';
import {
  bareExpression,
  chainOf,
  functionAround,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  scopeOfVariable,
  type Symbols,
} from './symbols.ts';

/** How far the object that a variable is declared with can be reached by other names, and other objects through it. */
export interface Confinement {
  /** Whether another name, object or function may lead to the object or to a part of it. */
  readonly isShared: boolean;
  /** The names of the properties under which objects that are known elsewhere are put: `[]` for elements, `*` for all. */
  readonly foreign: ReadonlySet<string>;
}

const SHARED: Confinement = { isShared: true, foreign: new Set([ANY]) };

interface Found {
  isShared: boolean;
  readonly foreign: Set<string>;
  readonly home: ts.Node | undefined;
  readonly followed: Set<ts.Symbol>;
}

/** Methods of lists that call back with elements, and drop what the callback returns or only test it. */
const TESTS = /^(forEach|filter|some|every|find|findIndex|findLast|findLastIndex|sort|toSorted)$/;
/** Methods whose result is no object, or has nothing of the receiver. */
const SCALAR_RESULT =
  /^(join|includes|indexOf|lastIndexOf|some|every|findIndex|findLastIndex|forEach|has|push|unshift|delete|clear|toString|keys|charAt|toISOString|getTime|toFixed|test)$/;
/** Methods of the response of a web framework that serialize what they are given. */
const RESPONDS = /^(json|jsonp|send|render|end)$/;

/** Follows the uses of variables that hold objects made for them. */
export class Confinements {
  private readonly symbols: Symbols;
  private readonly libraries: LibraryValues;
  private readonly callees: Callees;
  private readonly freshness: Freshness;
  private readonly known = new Map<ts.VariableDeclaration, Confinement>();

  constructor(symbols: Symbols, libraries: LibraryValues, callees: Callees, freshness: Freshness) {
    this.symbols = symbols;
    this.libraries = libraries;
    this.callees = callees;
    this.freshness = freshness;
  }

  /** `initial` tells how much of the value that it is declared with is new. */
  of(node: ts.VariableDeclaration, initial: Fresh): Confinement {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    this.known.set(node, SHARED);
    const found = this.find(node, initial);
    this.known.set(node, found);
    return found;
  }

  private find(node: ts.VariableDeclaration, initial: Fresh): Confinement {
    const { name, initializer } = node;
    const symbol = ts.isIdentifier(name) ? this.symbols.at(name) : undefined;
    if (symbol === undefined || initializer === undefined) return SHARED;
    const isExported = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
    const found: Found = {
      isShared: isExported,
      foreign: new Set(),
      home: functionAround(node),
      followed: new Set(),
    };
    if (initial !== 'deep') this.put(initializer, ANY, found);
    this.follow(symbol, node, found);
    return { isShared: found.isShared, foreign: found.foreign };
  }

  /** Looks at all uses of a variable that stands for the object or a part of it. */
  private follow(symbol: ts.Symbol, declaration: ts.Declaration, found: Found): void {
    if (found.followed.has(symbol)) return;
    found.followed.add(symbol);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === symbol.name && this.isUse(node, symbol))
        this.value(node, found);
      ts.forEachChild(node, visit);
    };
    visit(scopeOfVariable(declaration));
  }

  private isUse(node: ts.Identifier, symbol: ts.Symbol): boolean {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
    if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
    if (
      (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) &&
      parent.name === node
    )
      return false;
    if (ts.isTypeNode(parent)) return false;
    // `export { list }` declares a name of its own.
    if (ts.isExportSpecifier(parent))
      return this.symbols.whole.checker.getExportSpecifierLocalTargetSymbol(parent) === symbol;
    return this.symbols.at(node) === symbol;
  }

  /** Where the value of `node`, the object or a part of it, goes. */
  private value(node: ts.Expression, found: Found): void {
    const { parent } = node;
    if (
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isAwaitExpression(parent)
    )
      return this.value(parent, found);
    if (isMember(parent)) return parent.expression === node ? this.member(parent, found) : undefined;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return this.argument(parent, node, found);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return this.returned(parent, found);
    if (ts.isBinaryExpression(parent)) return this.operand(parent, node, found);
    if (ts.isConditionalExpression(parent))
      return parent.condition === node ? undefined : this.either(parent, found);
    if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent))
      return this.inLiteral(parent, found);
    if (
      ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isSpreadAssignment(parent)
    )
      return this.inLiteral(parent.parent, found);
    if (ts.isVariableDeclaration(parent)) {
      if (isFollowed(node)) this.named(parent.name, found);
      else found.isShared = true;
      return;
    }
    if (ts.isForOfStatement(parent)) {
      if (parent.expression !== node) return;
      if (isFollowed(node) && ts.isVariableDeclarationList(parent.initializer))
        for (const { name } of parent.initializer.declarations) this.named(name, found);
      else found.isShared = true;
      return;
    }
    const isLookedAt =
      ts.isExpressionStatement(parent) ||
      ts.isIfStatement(parent) ||
      ts.isWhileStatement(parent) ||
      ts.isDoStatement(parent) ||
      ts.isForStatement(parent) ||
      ts.isForInStatement(parent) ||
      ts.isSwitchStatement(parent) ||
      ts.isPrefixUnaryExpression(parent) ||
      ts.isPostfixUnaryExpression(parent) ||
      ts.isTypeOfExpression(parent) ||
      ts.isVoidExpression(parent) ||
      ts.isDeleteExpression(parent) ||
      ts.isTemplateSpan(parent) ||
      ts.isThrowStatement(parent);
    if (!isLookedAt) found.isShared = true;
  }

  /** A literal that holds the object: it is handed on where the literal is, and is one more name for it where that is named. */
  private inLiteral(literal: ts.Node, found: Found): void {
    if (ts.isSpreadElement(literal)) {
      const { parent } = literal;
      if (ts.isArrayLiteralExpression(parent)) return this.inLiteral(parent, found);
      return ts.isCallExpression(parent) || ts.isNewExpression(parent)
        ? this.argument(parent, literal, found)
        : undefined;
    }
    let at: ts.Node = literal;
    while (
      ts.isParenthesizedExpression(at.parent) ||
      ts.isAsExpression(at.parent) ||
      ts.isSatisfiesExpression(at.parent) ||
      ts.isPropertyAssignment(at.parent) ||
      ts.isSpreadAssignment(at.parent) ||
      ts.isArrayLiteralExpression(at.parent) ||
      ts.isObjectLiteralExpression(at.parent)
    )
      at = at.parent;
    const { parent } = at;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
      return this.argument(parent, at as ts.Expression, found);
    if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return this.returned(parent, found);
    found.isShared = true;
  }

  private returned(node: ts.ReturnStatement | ts.ArrowFunction, found: Found): void {
    const fn = ts.isReturnStatement(node) ? functionAround(node) : node;
    if (fn === undefined || fn === found.home) return;
    // What a callback gives back goes to who calls it; some only test it.
    const call = fn.parent as ts.Node | undefined;
    if (call !== undefined && ts.isCallExpression(call) && isMember(call.expression)) {
      const name = memberName(call.expression) ?? '';
      if (TESTS.test(name)) return;
      if (/^(map|flatMap|reduce)$/.test(name)) return this.result(call, found);
    }
    found.isShared = true;
  }

  private operand(parent: ts.BinaryExpression, node: ts.Expression, found: Found): void {
    if (isAssignment(parent)) {
      // `list = other` gives the name to another object, `this.list = list` another name to the object.
      found.isShared = true;
      return;
    }
    if (
      /^(\|\||&&|\?\?|,)$/.test(parent.operatorToken.getText()) &&
      !(parent.left === node && /^(&&|,)$/.test(parent.operatorToken.getText()))
    )
      this.either(parent, found);
  }

  /** What gives the object or another one: `(one || other).list` may be of either. */
  private either(node: ts.Expression, found: Found): void {
    if (ts.isParenthesizedExpression(node.parent)) found.isShared = true;
    else this.value(node, found);
  }

  /** Another name for the object or a part of it. */
  private named(name: ts.BindingName, found: Found): void {
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements) {
        if (!ts.isBindingElement(element)) continue;
        // A rest holds parts of the object in a new one.
        if (element.dotDotDotToken !== undefined) found.isShared = true;
        this.named(element.name, found);
      }
      return;
    }
    if (this.symbols.isScalar(name)) return;
    const symbol = this.symbols.at(name);
    const [declaration] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined || isReassignable(declaration))
      found.isShared = true;
    else this.follow(symbol, declaration, found);
  }

  private member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, found: Found): void {
    let at: ts.Node = node;
    while (ts.isNonNullExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
    const { parent } = at;
    if (ts.isCallExpression(parent) && parent.expression === at) return this.method(node, parent, found);
    if (ts.isBinaryExpression(parent) && parent.left === at && isAssignment(parent)) {
      if (parent.operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken)
        this.put(parent.right, keyOfMember(node), found);
      return;
    }
    if (isTargetOfPattern(at)) {
      found.foreign.add(keyOfMember(node));
      return;
    }
    if (!this.symbols.isScalar(node)) this.value(at as ts.Expression, found);
  }

  private method(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    call: ts.CallExpression,
    found: Found,
  ): void {
    const name = memberName(node) ?? '';
    const does = builtInMethod(name);
    const isOwn = this.symbols.declarationsOf(
      this.symbols.at(ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression),
    ).length;
    if (does === undefined || isOwn > 0 || /^(then|catch|finally|bind)$/.test(name)) {
      found.isShared = true;
      found.foreign.add(ANY);
      return;
    }
    for (const argument of call.arguments) {
      const bare = bareExpression(argument);
      if (ts.isArrowFunction(bare) || ts.isFunctionExpression(bare)) {
        if (isFollowed(node.expression))
          for (const parameter of bare.parameters) this.named(parameter.name, found);
        else found.isShared = true;
      } else if (does === 'mutates' || /^(concat|with|toSpliced)$/.test(name))
        this.put(argument, '[]', found);
      else if (!ts.isIdentifier(bare) || !this.isPassedFunction(bare)) continue;
      else found.isShared = true;
    }
    if (SCALAR_RESULT.test(name) || this.symbols.isScalar(call)) return;
    if (partOf(name) === undefined) this.result(call, found);
    else this.value(call, found);
  }

  /** Something new that may hold the object or a part of it: it must go nowhere but where it is used. */
  private result(node: ts.Expression, found: Found): void {
    let at: ts.Node = node;
    while (
      ts.isParenthesizedExpression(at.parent) ||
      ts.isAwaitExpression(at.parent) ||
      ts.isAsExpression(at.parent)
    )
      at = at.parent;
    const { parent } = at;
    if (isMember(parent) || ts.isVariableDeclaration(parent) || ts.isForOfStatement(parent))
      found.isShared = true;
    else this.value(at as ts.Expression, found);
  }

  /** Whether it is a function of the project: `rows.map(toDto)`. */
  private isPassedFunction(node: ts.Identifier): boolean {
    const { functions, parameter } = this.callees.of(node);
    return functions.length > 0 || parameter !== undefined;
  }

  /** The object, or a literal with it, is handed to a call. */
  private argument(call: ts.CallExpression | ts.NewExpression, node: ts.Node, found: Found): void {
    if ((call.expression as ts.Node) === node) {
      found.isShared = true;
      return;
    }
    const { expression } = call;
    const library = this.libraries.callOf(call);
    const fact = library === undefined ? undefined : libraryFactOf(library);
    if (fact !== undefined) {
      const place = (call.arguments ?? []).findIndex((one) => (one as ts.Node) === node);
      if (fact.changes === place)
        for (const other of call.arguments ?? []) if (other !== node) this.put(other, ANY, found);
      // What stores rows may fill in the object, and keep it.
      const keeps = fact.writes.some(
        ({ kind }) => kind === 'table' || kind === 'field' || kind === 'variable',
      );
      if (keeps) {
        found.isShared = true;
        found.foreign.add(ANY);
      } else if (fact.fresh !== 'deep') this.result(call, found);
      return;
    }
    if (isMember(expression)) {
      const name = memberName(expression) ?? '';
      const names = chainOf(expression);
      if (isLogCall(names)) return;
      if (RESPONDS.test(name) && /^(res|response|reply|ctx|c)$/.test(names[0] ?? '')) return;
      if (/^(includes|indexOf|lastIndexOf|has|get|delete)$/.test(name)) return;
      if (name === 'concat') return this.result(call, found);
    }
    found.isShared = true;
    // A list keeps what is put into it as it is.
    if (!(isMember(expression) && builtInMethod(memberName(expression) ?? '') === 'mutates'))
      found.foreign.add(ANY);
  }

  /** A value is put into the object, under that name. */
  private put(value: ts.Expression, name: string, found: Found): void {
    const bare = bareExpression(value);
    if (ts.isObjectLiteralExpression(bare)) {
      for (const one of bare.properties) {
        if (ts.isPropertyAssignment(one))
          this.put(one.initializer, ts.isComputedPropertyName(one.name) ? ANY : one.name.text, found);
        else if (ts.isShorthandPropertyAssignment(one)) this.put(one.name, one.name.text, found);
        else if (ts.isSpreadAssignment(one)) this.put(one.expression, ANY, found);
        else if (ts.isGetAccessorDeclaration(one)) found.foreign.add(ANY);
      }
    } else if (ts.isArrayLiteralExpression(bare)) {
      for (const one of bare.elements) this.put(ts.isSpreadElement(one) ? one.expression : one, '[]', found);
    } else if (ts.isConditionalExpression(bare)) {
      this.put(bare.whenTrue, name, found);
      this.put(bare.whenFalse, name, found);
    } else if (ts.isAwaitExpression(bare)) this.put(bare.expression, name, found);
    else if (!this.isOwnValue(bare)) found.foreign.add(name);
  }

  /** Whether a value is no object, or one that nobody else knows of. */
  private isOwnValue(bare: ts.Expression): boolean {
    if (isFunctionNode(bare) || this.symbols.isScalar(bare)) return true;
    if (!ts.isCallExpression(bare) && !ts.isNewExpression(bare)) return false;
    return this.freshness.of(bare) === 'deep';
  }
}

/** Whether it can be told later on that what a name is given by `node` is the object or a part of it. */
function isFollowed(node: ts.Expression): boolean {
  const origin = sharedOf(node);
  if (typeof origin !== 'object') return false;
  let at = origin.of;
  while (isMember(at) || ts.isCallExpression(at)) {
    const name =
      ts.isCallExpression(at) && isMember(at.expression) ? (memberName(at.expression) ?? '') : undefined;
    if (ts.isCallExpression(at) && partOf(name ?? '') === undefined) return false;
    at = bareExpression(at.expression);
  }
  return ts.isIdentifier(at);
}

/** Whether it is given a value by a pattern: `[box.first] = list`, `({ a: box.first } = object)`, `for (box.first of list)`. */
function isTargetOfPattern(node: ts.Node): boolean {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent)) return parent.left === at && isAssignment(parent) && at !== node;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
    const isPattern =
      ts.isArrayLiteralExpression(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === at);
    if (!isPattern) return false;
    at = parent;
  }
}

/** Whether a name may be given another object later on. */
function isReassignable(node: ts.Declaration): boolean {
  let holder: ts.Node = node;
  while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder))
    holder = holder.parent;
  return ts.isVariableDeclaration(holder) && (ts.getCombinedNodeFlags(holder) & ts.NodeFlags.Const) === 0;
}
