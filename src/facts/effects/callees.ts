import { ts } from 'ts-morph';
import { returnsOf } from './library-values.ts';
import {
  bareExpression,
  functionAround,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from './symbols.ts';

/** What a callee of the project's own may run. */
export interface OwnCallee {
  /** Functions with bodies: all that may be meant. */
  readonly functions: readonly FunctionNode[];
  /** The parameter that the callee is, where it is a function that was passed in. */
  readonly parameter?: ts.ParameterDeclaration;
  /** Whether one of another class or package may be meant as well. */
  readonly isOpen: boolean;
  /** The parameters of wrappers that the functions were passed for. */
  readonly provided?: readonly ts.ParameterDeclaration[];
}

const NONE: OwnCallee = { functions: [], isOpen: false };

const isStatic = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

/** Whether it may be overridden or implemented below. */
const isOverridable = (node: ts.Node): boolean =>
  (ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node)) &&
  (ts.isClassLike(node.parent) || ts.isInterfaceDeclaration(node.parent)) &&
  !isStatic(node);

/** Whether a member is none that is declared: `{ [key: string]: … }` stands for all. */
const isIndexSignature = (symbol: ts.Symbol | undefined): boolean =>
  symbol?.declarations?.some((one) => ts.isIndexSignatureDeclaration(one)) === true;

/** By their names, the variables of a file that are assigned to with `=`, wherever that is done. */
function assignedIn(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  const found = new Map<string, ts.Identifier[]>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(node.left)
    ) {
      const known = found.get(node.left.text);
      if (known === undefined) found.set(node.left.text, [node.left]);
      else known.push(node.left);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Finds the functions of the project that a callee may be. */
export class Callees {
  private readonly symbols: Symbols;
  private readonly known = new Map<ts.Node, OwnCallee>();
  /** The functions whose returned values are being looked at. */
  private readonly entered = new Set<FunctionNode>();
  private readonly assigned = new Map<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();
  /** Whether a call of a package gives a function that runs the one that is passed in, and does nothing else; set by who knows packages. */
  isKnownWrapper: (call: ts.CallExpression) => boolean = () => false;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /** The functions that a call of the expression runs. */
  of(node: ts.Expression): OwnCallee {
    const bare = bareExpression(node);
    const known = this.known.get(bare);
    if (known !== undefined) return known;
    // A function that is defined by itself has no body.
    this.known.set(bare, NONE);
    const found = this.find(bare, 0);
    this.known.set(bare, found);
    return found;
  }

  /** The functions that a member of an object or a module may be. */
  ofMember(member: ts.Symbol): OwnCallee {
    return this.ofSymbol(member, 0);
  }

  /** The functions that the constructor of a class runs: its own, or the nearest above. */
  constructorsOf(node: ts.ClassLikeDeclaration): readonly FunctionNode[] {
    const own = node.members.filter(
      (one): one is ts.ConstructorDeclaration => ts.isConstructorDeclaration(one) && one.body !== undefined,
    );
    if (own.length > 0) return own;
    const base = this.baseOf(node);
    return base === undefined ? [] : this.constructorsOf(base);
  }

  /** The class of the project that a class extends. */
  baseOf(node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration | undefined {
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return base === undefined ? undefined : this.classOf(base.expression);
  }

  /** The class of the project that a class extends in the end: itself, where it extends none. */
  rootOf(node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration {
    const seen = new Set<ts.ClassLikeDeclaration>();
    let at = node;
    for (let base = this.baseOf(at); base !== undefined && !seen.has(base); base = this.baseOf(at)) {
      seen.add(base);
      at = base;
    }
    return at;
  }

  /** The class of the project that an expression stands for. */
  classOf(node: ts.Expression): ts.ClassLikeDeclaration | undefined {
    const bare = bareExpression(node);
    if (ts.isClassExpression(bare)) return bare;
    const symbol = this.symbols.at(ts.isPropertyAccessExpression(bare) ? bare.name : bare);
    const target = symbol === undefined ? undefined : this.symbols.followed(symbol);
    for (const declaration of this.symbols.declarationsOf(target)) {
      if (ts.isClassLike(declaration)) return declaration;
      if (
        ts.isVariableDeclaration(declaration) &&
        declaration.initializer !== undefined &&
        ts.isClassExpression(bareExpression(declaration.initializer))
      )
        return bareExpression(declaration.initializer) as ts.ClassExpression;
    }
    return undefined;
  }

  private find(node: ts.Expression, depth: number): OwnCallee {
    if (depth > 12) return NONE;
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
      return { functions: [node], isOpen: false };
    if (ts.isIdentifier(node)) return this.ofSymbol(this.symbols.at(node), depth);
    if (node.kind === ts.SyntaxKind.SuperKeyword) {
      let at: ts.Node = node;
      while (!ts.isClassLike(at)) {
        if (at.parent === undefined) return NONE;
        at = at.parent;
      }
      const base = this.baseOf(at);
      return base === undefined ? NONE : { functions: this.constructorsOf(base), isOpen: false };
    }
    if (isMember(node)) {
      const name = memberName(node);
      // `f.bind(x)` is found as a call; `f.call(x, …)` and `f.apply(x, …)` run `f`.
      if (name === 'call' || name === 'apply') {
        const inner = this.find(bareExpression(node.expression), depth + 1);
        if (inner.functions.length > 0) return inner;
      }
      if (name === undefined) return this.ofEvery(node, depth);
      const symbol = this.symbols.at(
        ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression,
      );
      // `super.run()` runs the one above and no other.
      if (node.expression.kind === ts.SyntaxKind.SuperKeyword)
        return { ...this.ofSymbol(symbol, depth, false), isOpen: false };
      if (isIndexSignature(symbol)) return this.ofEvery(node, depth, name);
      return this.ofSymbol(symbol, depth);
    }
    if (ts.isCallExpression(node)) return this.ofModule(node, depth) ?? this.ofWrapped(node, depth);
    if (ts.isConditionalExpression(node))
      return this.union([
        this.find(bareExpression(node.whenTrue), depth + 1),
        this.find(bareExpression(node.whenFalse), depth + 1),
      ]);
    if (ts.isBinaryExpression(node) && /^(\|\||\?\?)$/.test(node.operatorToken.getText()))
      return this.union([
        this.find(bareExpression(node.left), depth + 1),
        this.find(bareExpression(node.right), depth + 1),
      ]);
    return NONE;
  }

  /** `require('./load')`, where the module is a function itself. */
  private ofModule(node: ts.CallExpression, depth: number): OwnCallee | undefined {
    const [from] = node.arguments;
    if (from === undefined || !ts.isStringLiteralLike(from) || !ts.isIdentifier(node.expression))
      return undefined;
    if (node.expression.text !== 'require') return undefined;
    const target = this.symbols.at(from)?.exports?.get(ts.InternalSymbolName.ExportEquals);
    return target === undefined ? undefined : this.ofSymbol(target, depth);
  }

  private union(all: readonly OwnCallee[]): OwnCallee {
    const functions = [...new Set(all.flatMap((one) => one.functions))];
    const isOpen = all.some(
      (one) => one.isOpen || (one.functions.length === 0 && one.parameter === undefined),
    );
    return { functions, isOpen };
  }

  /** `handlers[name]()`: any function of the object; where a name is given those under it. */
  private ofEvery(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
    name?: string,
  ): OwnCallee {
    const object = bareExpression(node.expression);
    if (!ts.isIdentifier(object)) return NONE;
    const symbol = this.symbols.at(object);
    const [declaration] = this.symbols.declarationsOf(
      symbol === undefined ? undefined : this.symbols.followed(symbol),
    );
    if (
      declaration === undefined ||
      !ts.isVariableDeclaration(declaration) ||
      declaration.initializer === undefined
    )
      return NONE;
    const literal = bareExpression(declaration.initializer);
    if (!ts.isObjectLiteralExpression(literal) || literal.properties.length === 0) return NONE;
    const meant = literal.properties.filter((one) => name === undefined || one.name?.getText() === name);
    if (meant.length === 0) return NONE;
    const all = meant.map((one) => {
      if (ts.isMethodDeclaration(one)) return { functions: [one], isOpen: false };
      if (ts.isPropertyAssignment(one)) return this.find(bareExpression(one.initializer), depth + 1);
      if (ts.isShorthandPropertyAssignment(one))
        return this.ofSymbol(this.symbols.whole.checker.getShorthandAssignmentValueSymbol(one), depth + 1);
      return NONE;
    });
    return this.union(all);
  }

  /**
   * `wrap(async () => …)`: calling the result runs the function that is passed in, and what the wrapper returns, where it is
   * one of the project's own.
   */
  private ofWrapped(node: ts.CallExpression, depth: number): OwnCallee {
    const callee = bareExpression(node.expression);
    if (isMember(callee) && memberName(callee) === 'bind')
      return this.find(bareExpression(callee.expression), depth + 1);
    const passed = node.arguments.map((one) => {
      const bare = bareExpression(one);
      return ts.isArrowFunction(bare) ||
        ts.isFunctionExpression(bare) ||
        ts.isIdentifier(bare) ||
        isMember(bare)
        ? this.find(bare, depth + 1)
        : NONE;
    });
    const wrappers = this.find(callee, depth + 1);
    const returned = wrappers.functions.flatMap((fn) => this.returnedBy(fn, depth));
    const functions = [...new Set([...passed, ...returned].flatMap((one) => one.functions))];
    if (functions.length === 0) return NONE;
    const provided = wrappers.functions.flatMap((fn) =>
      fn.parameters.filter((_, index) => (passed[index]?.functions.length ?? 0) > 0),
    );
    return { functions, isOpen: wrappers.functions.length === 0 && !this.isKnownWrapper(node), provided };
  }

  /** What a function returns, where that are functions; what it gives by calling itself is among that already. */
  private returnedBy(fn: FunctionNode, depth: number): readonly OwnCallee[] {
    if (this.entered.has(fn)) return [];
    this.entered.add(fn);
    try {
      return returnsOf(fn).map((one) => this.find(bareExpression(one), depth + 1));
    } finally {
      this.entered.delete(fn);
    }
  }

  private ofSymbol(symbol: ts.Symbol | undefined, depth: number, below = true): OwnCallee {
    const target = symbol === undefined ? undefined : this.symbols.followed(symbol);
    if (target === undefined || depth > 12) return NONE;
    const found: OwnCallee[] = [];
    for (const declaration of this.symbols.declarationsOf(target)) {
      const one = this.ofDeclaration(declaration, target, depth + 1, below);
      if (one !== undefined) found.push(one);
    }
    if (found.length === 0) return NONE;
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    // Overloads have no bodies: what is left are the implementation, or several that a name is given.
    const withBodies = found.filter((one) => one.functions.length > 0);
    return withBodies.length === 0
      ? NONE
      : {
          functions: [...new Set(withBodies.flatMap((one) => one.functions))],
          isOpen: withBodies.some((one) => one.isOpen),
        };
  }

  private ofDeclaration(
    node: ts.Declaration,
    symbol: ts.Symbol,
    depth: number,
    below: boolean,
  ): OwnCallee | undefined {
    if (isFunctionNode(node) && !ts.isGetAccessorDeclaration(node) && !ts.isSetAccessorDeclaration(node)) {
      const own = node.body === undefined ? [] : [node];
      if (below && isOverridable(node)) return this.withOverrides(own, node, symbol);
      return own.length === 0 ? undefined : { functions: own, isOpen: false };
    }
    if (ts.isGetAccessorDeclaration(node)) {
      const returned = returnsOf(node).map((one) => this.find(bareExpression(one), depth + 1));
      return returned.length === 0 ? undefined : this.union(returned);
    }
    if (ts.isMethodSignature(node) || ts.isPropertySignature(node))
      return this.withOverrides([], node, symbol);
    if (ts.isParameter(node)) {
      const value =
        node.initializer === undefined ? NONE : this.find(bareExpression(node.initializer), depth + 1);
      return { ...value, parameter: node, isOpen: true };
    }
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) {
      if (ts.isVariableDeclaration(node) && this.isReassigned(node, symbol)) return undefined;
      return node.initializer === undefined
        ? undefined
        : this.find(bareExpression(node.initializer), depth + 1);
    }
    if (ts.isShorthandPropertyAssignment(node))
      return this.ofSymbol(this.symbols.whole.checker.getShorthandAssignmentValueSymbol(node), depth + 1);
    if (ts.isBindingElement(node)) {
      const name = node.propertyName ?? node.name;
      if (!ts.isIdentifier(name) || !ts.isObjectBindingPattern(node.parent)) return undefined;
      const property = this.symbols.whole.checker.getTypeAtLocation(node.parent).getProperty(name.text);
      if (property !== undefined) return this.ofSymbol(property, depth + 1);
      const fn = functionAround(node);
      const parameter = fn?.parameters.find((one) => one.name === node.parent);
      return parameter === undefined ? undefined : { functions: [], parameter, isOpen: true };
    }
    if (ts.isExportAssignment(node)) return this.find(bareExpression(node.expression), depth + 1);
    if (ts.isBinaryExpression(node)) return this.find(bareExpression(node.right), depth + 1);
    if (
      isMember(node as ts.Node) &&
      ts.isBinaryExpression(node.parent) &&
      node.parent.left === (node as ts.Node)
    )
      return this.find(bareExpression(node.parent.right), depth + 1);
    return undefined;
  }

  private isReassigned(node: ts.VariableDeclaration, symbol: ts.Symbol): boolean {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0) return false;
    const source = node.getSourceFile();
    let assigned = this.assigned.get(source);
    if (assigned === undefined) {
      assigned = assignedIn(source);
      this.assigned.set(source, assigned);
    }
    const places = assigned.get(node.name.getText()) ?? [];
    return places.some((one) => this.symbols.at(one) === symbol);
  }

  /** A method with what overrides or implements it in the classes below. */
  private withOverrides(own: readonly FunctionNode[], node: ts.Node, { name }: ts.Symbol): OwnCallee {
    const holder = node.parent;
    if (!(ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder)) || holder.name === undefined)
      return { functions: own, isOpen: own.length === 0 };
    const above = this.symbols.at(holder.name);
    const others = (above === undefined ? [] : this.symbols.below(above)).flatMap((one) =>
      one.members.flatMap((member): readonly FunctionNode[] => {
        if (member.name === undefined || !ts.isIdentifier(member.name) || member.name.text !== name)
          return [];
        if (ts.isMethodDeclaration(member) && member.body !== undefined) return [member];
        if (ts.isPropertyDeclaration(member) && member.initializer !== undefined)
          return this.find(bareExpression(member.initializer), 1).functions;
        return [];
      }),
    );
    const functions = [...new Set([...own, ...others])];
    return { functions, isOpen: functions.length === 0 };
  }
}
