import { ts } from 'ts-morph';
import type { Argument, LibraryCall, LibraryValue, Step } from '../libraries/library.ts';
import {
  bareExpression,
  classAround,
  elementOfAll,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from './symbols.ts';

/** How far a value is followed from declaration to declaration. */
const DEPTH = 24;

const packageName = (specifier: string): string => specifier.replace(/^node:/, '');

/** The path of steps as tables match it. */
export function pathOf(steps: readonly Step[]): string {
  let path = '';
  for (const step of steps) {
    if (step.kind === 'member') path += (path === '' ? '' : '.') + step.name;
    else if (step.kind === 'call') path += '()';
    else path += step.kind === 'instance' ? '#' : `<${step.name}>`;
  }
  return path;
}

const isReturnedFrom = (fn: FunctionNode, at: ts.Node): boolean => {
  for (let node = at.parent; node !== fn; node = node.parent) if (isFunctionNode(node)) return false;
  return true;
};

/** What functions return that were looked at before, as long as anybody has their tree. */
const returnedBefore = new WeakMap<FunctionNode, readonly ts.Expression[]>();

/** What a function returns, in its own body. */
export function returnsOf(fn: FunctionNode): readonly ts.Expression[] {
  const { body } = fn;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const known = returnedBefore.get(fn);
  if (known !== undefined) return known;
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined && isReturnedFrom(fn, node))
      found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  returnedBefore.set(fn, found);
  return found;
}

const lastName = (node: ts.Expression): string | undefined => {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare)) return bare.text;
  if (isMember(bare)) return memberName(bare);
  return undefined;
};

/** Whether `this` is the class and not one of its objects. */
function isInStatic(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at) && !ts.isClassLike(at); at = at.parent) {
    if (!ts.isClassElement(at)) continue;
    return (
      ts.canHaveModifiers(at) &&
      (ts.getModifiers(at) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    );
  }
  return false;
}

/** The library that the parameter of a transaction's callback belongs to, by that of the opener. */
const MANAGERS: ReadonlyMap<string, readonly Step[]> = new Map([
  [
    'typeorm',
    [
      { kind: 'member', name: 'EntityManager' },
      { kind: 'instance', args: [], typeArguments: [] },
    ],
  ],
]);
const SAME_CLIENT = /^(@prisma\/client|knex|objection|drizzle-orm.*|kysely|@mikro-orm\/.*|postgres|slonik)$/;

/** Which values come from a package, and on which way. */
export class LibraryValues {
  private readonly symbols: Symbols;
  /** Whole answers, and how much deeper the search for each led. */
  private readonly known = new Map<
    ts.Node,
    { readonly value: LibraryValue | undefined; readonly height: number }
  >();
  /** Answers of searches that were cut off for their depth, by the depth at which they were begun: begun elsewhere, they may find more. */
  private readonly cutOff = new Map<ts.Node, Map<number, LibraryValue | undefined>>();
  private readonly underWay = new Set<ts.Node>();
  /** How deep the search under way has led. */
  private deepest = 0;
  private readonly assigned = new Map<ts.Symbol, readonly ts.Expression[]>();
  /** The functions that a call may run; set by who resolves them. */
  functionsOf: (callee: ts.Expression) => readonly FunctionNode[] = () => [];

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /** The way on which the value of an expression came from a package; undefined where it did not, or nobody can tell. */
  of(node: ts.Expression, depth = 0): LibraryValue | undefined {
    const bare = bareExpression(node);
    const known = this.known.get(bare);
    if (known !== undefined && this.isWithin(depth + known.height)) return known.value;
    const cutOff = this.cutOff.get(bare);
    if (cutOff?.has(depth) === true) {
      this.deepest = DEPTH + 1;
      return cutOff.get(depth);
    }
    // A value that leads back to itself is not known.
    if (this.underWay.has(bare) || !this.isWithin(depth)) return undefined;
    const outer = this.deepest;
    this.deepest = depth;
    this.underWay.add(bare);
    try {
      const value = this.find(bare, depth + 1);
      if (this.deepest <= DEPTH) this.known.set(bare, { value, height: this.deepest - depth });
      else this.cutOff.set(bare, (cutOff ?? new Map()).set(depth, value));
      return value;
    } finally {
      this.underWay.delete(bare);
      this.deepest = Math.max(outer, this.deepest);
    }
  }

  /** Whether a search may lead so deep; what is found does not depend on what was asked before. */
  private isWithin(depth: number): boolean {
    this.deepest = Math.max(this.deepest, depth);
    return depth <= DEPTH;
  }

  /** The call as tables match it, where its callee came from a package. */
  callOf(node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression): LibraryCall | undefined {
    const value = this.of(node);
    if (value === undefined) return undefined;
    const last = value.steps.at(-1);
    if (last?.kind !== 'call' && last?.kind !== 'instance') return undefined;
    return { ...value, path: pathOf(value.steps), args: last.args };
  }

  private find(node: ts.Expression, depth: number): LibraryValue | undefined {
    if (ts.isIdentifier(node)) return this.ofIdentifier(node, depth);
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const around = classAround(node);
      if (around === undefined) return undefined;
      return isInStatic(node) ? this.ofClass(around, depth) : this.instanceOf(around, depth);
    }
    if (node.kind === ts.SyntaxKind.SuperKeyword) {
      const base = classAround(node)?.heritageClauses?.find(
        ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
      )?.types[0];
      const value = base === undefined ? undefined : this.of(base.expression, depth);
      return value === undefined
        ? undefined
        : this.with(value, { kind: 'instance', args: [], typeArguments: [] });
    }
    if (isMember(node)) return this.ofMember(node, depth);
    if (ts.isCallExpression(node)) return this.ofCall(node, depth);
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = this.of(node.tag, depth);
      if (tag === undefined) return undefined;
      const { template } = node;
      const string = ts.isNoSubstitutionTemplateLiteral(template)
        ? template.text
        : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join('?');
      return this.with(tag, {
        kind: 'call',
        args: [{ text: template.getText().slice(0, 200), string, isFunction: false }],
        typeArguments: [],
      });
    }
    if (ts.isNewExpression(node)) {
      const base = this.of(node.expression, depth);
      if (base === undefined) return undefined;
      return this.with(base, {
        kind: 'instance',
        args: (node.arguments ?? []).map((one) => this.argument(one)),
        typeArguments: (node.typeArguments ?? []).map((one) => one.getText()),
      });
    }
    if (ts.isAwaitExpression(node)) return this.of(node.expression, depth);
    if (ts.isConditionalExpression(node))
      return this.of(node.whenTrue, depth) ?? this.of(node.whenFalse, depth);
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken)
        return this.of(node.left, depth) ?? this.of(node.right, depth);
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.of(node.right, depth);
      if (kind === ts.SyntaxKind.EqualsToken) return this.of(node.right, depth);
    }
    if (ts.isClassExpression(node)) return this.ofClass(node, depth);
    return undefined;
  }

  private with(value: LibraryValue, ...steps: readonly Step[]): LibraryValue {
    return { package: value.package, steps: [...value.steps, ...steps] };
  }

  private fromPackage(specifier: string, name?: string): LibraryValue {
    // The client that Prisma generates is imported from wherever the project puts it.
    const isPrisma = name === 'PrismaClient' || (name === 'Prisma' && /prisma/i.test(specifier));
    const isDefault = name === undefined || name === 'default';
    return {
      package: isPrisma ? '@prisma/client' : packageName(specifier),
      steps: isDefault ? [] : [{ kind: 'member', name }],
    };
  }

  private ofIdentifier(node: ts.Identifier, depth: number): LibraryValue | undefined {
    if (node.text === 'undefined') return undefined;
    const symbol = this.symbols.at(node);
    if (symbol === undefined || this.symbols.isOfLibrary(symbol))
      return { package: 'global', steps: [{ kind: 'member', name: node.text }] };
    return this.ofSymbol(symbol, depth);
  }

  private ofSymbol(symbol: ts.Symbol, depth: number): LibraryValue | undefined {
    const target = this.symbols.followed(symbol);
    for (const declaration of this.symbols.declarationsOf(target ?? symbol)) {
      const value = this.ofDeclaration(declaration, depth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private ofDeclaration(node: ts.Declaration, depth: number): LibraryValue | undefined {
    if (!this.isWithin(depth)) return undefined;
    if (ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node)) {
      let at: ts.Node = node;
      while (!ts.isImportDeclaration(at)) {
        at = at.parent;
        if (ts.isSourceFile(at)) return undefined;
      }
      const { moduleSpecifier } = at;
      if (!ts.isStringLiteral(moduleSpecifier)) return undefined;
      const name = ts.isImportSpecifier(node) ? (node.propertyName ?? node.name).text : undefined;
      return this.fromPackage(moduleSpecifier.text, name);
    }
    if (ts.isExportSpecifier(node)) {
      const { moduleSpecifier } = node.parent.parent;
      if (moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier))
        return this.fromPackage(moduleSpecifier.text, (node.propertyName ?? node.name).text);
      return undefined;
    }
    if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference } = node;
      return ts.isExternalModuleReference(moduleReference) && ts.isStringLiteral(moduleReference.expression)
        ? this.fromPackage(moduleReference.expression.text)
        : undefined;
    }
    if (ts.isVariableDeclaration(node)) {
      // An element of a list came on the same way as the list.
      if (ts.isForOfStatement(node.parent.parent)) return this.of(node.parent.parent.expression, depth);
      const value = node.initializer === undefined ? undefined : this.of(node.initializer, depth);
      return value ?? this.ofType(node.type, depth) ?? this.ofAssignments(node.name, depth);
    }
    if (ts.isBindingElement(node)) return this.ofBinding(node, depth);
    if (ts.isParameter(node)) return this.ofParameter(node, depth);
    if (ts.isPropertyDeclaration(node)) {
      const value = node.initializer === undefined ? undefined : this.of(node.initializer, depth);
      return value ?? this.ofType(node.type, depth) ?? this.ofAssignments(node.name, depth);
    }
    if (ts.isPropertySignature(node)) return this.ofType(node.type, depth);
    if (ts.isPropertyAssignment(node)) return this.of(node.initializer, depth);
    if (ts.isShorthandPropertyAssignment(node)) {
      const symbol = this.symbols.whole.checker.getShorthandAssignmentValueSymbol(node);
      return symbol === undefined ? undefined : this.ofSymbol(symbol, depth + 1);
    }
    if (ts.isGetAccessorDeclaration(node))
      return this.ofReturns([node], depth) ?? this.ofType(node.type, depth);
    if (ts.isClassLike(node)) return this.ofClass(node, depth);
    // In JavaScript: `this.x = …`, `exports.x = …`.
    if (
      isMember(node as ts.Node) &&
      ts.isBinaryExpression(node.parent) &&
      node.parent.left === (node as ts.Node)
    )
      return this.of(node.parent.right, depth);
    if (ts.isBinaryExpression(node)) return this.of(node.right, depth);
    if (ts.isExportAssignment(node)) return this.of(node.expression, depth);
    return undefined;
  }

  /** What a variable or field without an initialiser is given somewhere in its file. */
  private ofAssignments(name: ts.Node, depth: number): LibraryValue | undefined {
    const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? this.symbols.at(name) : undefined;
    if (symbol === undefined) return undefined;
    for (const right of this.assignmentsTo(symbol, name)) {
      const value = this.of(right, depth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private assignmentsTo(symbol: ts.Symbol, name: ts.Node): readonly ts.Expression[] {
    const known = this.assigned.get(symbol);
    if (known !== undefined) return known;
    const found: ts.Expression[] = [];
    const text = name.getText();
    const visit = (node: ts.Node): void => {
      if (
        ts.isBinaryExpression(node) &&
        (node.operatorToken.kind === ts.SyntaxKind.EqualsToken ||
          node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken)
      ) {
        const { left } = node;
        const last = ts.isIdentifier(left)
          ? left
          : ts.isPropertyAccessExpression(left)
            ? left.name
            : undefined;
        if (last?.text === text && this.symbols.at(last) === symbol) found.push(node.right);
      }
      ts.forEachChild(node, visit);
    };
    visit(name.getSourceFile());
    this.assigned.set(symbol, found);
    return found;
  }

  private ofBinding(node: ts.BindingElement, depth: number): LibraryValue | undefined {
    const pattern = node.parent;
    if (ts.isArrayBindingPattern(pattern)) {
      const { parent } = pattern;
      const element = elementOfAll(node);
      if (element !== undefined) return this.of(element, depth);
      return ts.isVariableDeclaration(parent) && parent.initializer !== undefined
        ? this.of(parent.initializer, depth)
        : undefined;
    }
    const name = node.propertyName ?? node.name;
    if (!ts.isIdentifier(name) || node.dotDotDotToken !== undefined) return undefined;
    const holder = pattern.parent;
    if (ts.isVariableDeclaration(holder) && holder.initializer !== undefined) {
      const base = this.of(holder.initializer, depth);
      if (base !== undefined) return this.with(base, { kind: 'member', name: name.text });
    }
    const type = this.symbols.whole.checker.getTypeAtLocation(pattern);
    const property = type.getProperty(name.text);
    return property === undefined ? undefined : this.ofSymbol(property, depth + 1);
  }

  private ofParameter(node: ts.ParameterDeclaration, depth: number): LibraryValue | undefined {
    const typed = this.ofType(node.type, depth);
    if (typed !== undefined) return typed;
    // `async (tx) => …` that a transaction is opened with.
    const fn = node.parent;
    const call = fn.parent as ts.Node | undefined;
    if (call === undefined || !ts.isCallExpression(call) || !isMember(call.expression)) return undefined;
    const method = memberName(call.expression) ?? '';
    if (/^(map|forEach|filter|flatMap|some|every|find|then)$/.test(method)) {
      const list = this.of(call.expression.expression, depth);
      return list?.package === 'global' ? undefined : list;
    }
    if (!/transaction|\.begin$/i.test(call.expression.getText())) return undefined;
    if ('parameters' in fn && fn.parameters.indexOf(node) !== 0) return undefined;
    let opened = bareExpression(call.expression.expression);
    // Kysely: `db.transaction().execute(async (trx) => …)`.
    if (ts.isCallExpression(opened) && isMember(opened.expression))
      opened = bareExpression(opened.expression.expression);
    const opener = this.of(opened, depth);
    if (opener === undefined) return undefined;
    const steps = MANAGERS.get(opener.package);
    if (steps !== undefined) return { package: opener.package, steps };
    return SAME_CLIENT.test(opener.package) ? opener : undefined;
  }

  private ofReturns(functions: readonly FunctionNode[], depth: number): LibraryValue | undefined {
    for (const fn of functions) {
      for (const returned of returnsOf(fn)) {
        const value = this.of(returned, depth);
        if (value !== undefined) return value;
      }
      const value = fn.type === undefined ? undefined : this.ofType(fn.type, depth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private ofMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
  ): LibraryValue | undefined {
    const name = memberName(node);
    if (name === undefined) {
      const list = ts.isElementAccessExpression(node) ? this.of(node.expression, depth) : undefined;
      return list?.package === 'global' ? undefined : list;
    }
    const declarations = this.symbols.declarationsAt(
      ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression,
    );
    if (declarations.length > 0) {
      for (const declaration of declarations) {
        const value = this.ofDeclaration(declaration, depth);
        if (value !== undefined) return value;
      }
      // A method of the project that a class from a package has too is the project's own.
      if (declarations.some((one) => isFunctionNode(one))) return undefined;
    }
    const base = this.of(node.expression, depth);
    if (base === undefined) return undefined;
    return name === 'default' && base.steps.length === 0 ? base : this.with(base, { kind: 'member', name });
  }

  private ofCall(node: ts.CallExpression, depth: number): LibraryValue | undefined {
    const callee = bareExpression(node.expression);
    const [first] = node.arguments;
    if (
      callee.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(callee) && callee.text === 'require')
    ) {
      if (first === undefined || !ts.isStringLiteralLike(first)) return undefined;
      const resolved = this.symbols.at(first);
      if (resolved === undefined) return this.fromPackage(first.text);
      const whole = resolved.exports?.get(ts.InternalSymbolName.ExportEquals);
      return whole === undefined ? undefined : this.ofSymbol(whole, depth + 1);
    }
    const base = this.of(callee, depth);
    if (base !== undefined) {
      // `promisify(fs.readFile)` is called as the function is.
      if (
        base.package === 'util' &&
        base.steps.length === 1 &&
        pathOf(base.steps) === 'promisify' &&
        first !== undefined
      )
        return this.of(first, depth);
      return this.with(base, {
        kind: 'call',
        args: node.arguments.map((one) => this.argument(one)),
        typeArguments: (node.typeArguments ?? []).map((one) => one.getText()),
      });
    }
    const functions = this.functionsOf(callee);
    // What such a function returns itself may be a part of anything: `kept.get(name)`.
    return this.ofKept(functions, node.arguments, depth) ?? this.ofReturns(functions, depth);
  }

  /**
   * What a function that keeps a value gives: `remember('db', () => new PrismaClient())`. By its type, `(name, make: () => T) => T`, it can
   * only give what the function that it is handed made.
   */
  private ofKept(
    functions: readonly FunctionNode[],
    args: readonly ts.Expression[],
    depth: number,
  ): LibraryValue | undefined {
    const [fn, ...others] = functions;
    const type = fn?.type;
    if (fn === undefined || others.length > 0 || type === undefined || !ts.isTypeReferenceNode(type))
      return undefined;
    const name = type.typeName.getText();
    if (fn.typeParameters?.some((one) => one.name.text === name) !== true) return undefined;
    const makes = fn.parameters.flatMap((one, index) =>
      one.type !== undefined && ts.isFunctionTypeNode(one.type) && one.type.type.getText() === name
        ? [index]
        : [],
    );
    const made = makes.length === 1 ? args[makes[0] ?? 0] : undefined;
    const bare = made === undefined ? undefined : bareExpression(made);
    return bare !== undefined && isFunctionNode(bare) ? this.ofReturns([bare], depth) : undefined;
  }

  private ofClass(node: ts.ClassLikeDeclaration, depth: number): LibraryValue | undefined {
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    if (base === undefined) return undefined;
    const value = this.of(base.expression, depth);
    if (value === undefined || value.package === 'global') return undefined;
    return this.with(value, { kind: 'subclass', name: node.name?.text ?? '*' });
  }

  private instanceOf(node: ts.ClassLikeDeclaration, depth: number): LibraryValue | undefined {
    const value = this.ofClass(node, depth);
    return value === undefined
      ? undefined
      : this.with(value, { kind: 'instance', args: [], typeArguments: [] });
  }

  /** A value that is declared to be of a type. */
  private ofType(node: ts.TypeNode | undefined, depth: number): LibraryValue | undefined {
    if (node === undefined || !this.isWithin(depth)) return undefined;
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) {
      for (const one of node.types) {
        const value = this.ofType(one, depth + 1);
        if (value !== undefined) return value;
      }
      return undefined;
    }
    if (ts.isParenthesizedTypeNode(node)) return this.ofType(node.type, depth + 1);
    if (ts.isTypeQueryNode(node))
      return ts.isIdentifier(node.exprName) ? this.ofIdentifier(node.exprName, depth) : undefined;
    if (ts.isImportTypeNode(node)) {
      const { argument, qualifier } = node;
      if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return undefined;
      const name = qualifier === undefined ? undefined : qualifier.getText().split('.').at(-1);
      return this.asInstance(this.fromPackage(argument.literal.text, name), []);
    }
    if (!ts.isTypeReferenceNode(node)) return undefined;
    const { typeName, typeArguments = [] } = node;
    const text = typeName.getText();
    const [inner] = typeArguments;
    if (/^(Promise|Awaited|NonNullable|Readonly|Required|Partial|Ref)$/.test(text))
      return this.ofType(inner, depth + 1);
    if (
      text === 'ReturnType' &&
      inner !== undefined &&
      ts.isTypeQueryNode(inner) &&
      ts.isIdentifier(inner.exprName)
    ) {
      const fn = this.ofIdentifier(inner.exprName, depth);
      if (fn !== undefined) return this.with(fn, { kind: 'call', args: [], typeArguments: [] });
      return this.ofReturns(this.functionsOf(inner.exprName), depth);
    }
    if ((text === 'Omit' || text === 'Pick') && inner !== undefined) return this.ofType(inner, depth + 1);
    const names = typeArguments.map((one) => one.getText());
    if (ts.isQualifiedName(typeName)) {
      const left = typeName.left;
      if (!ts.isIdentifier(left)) return undefined;
      const base = this.ofIdentifier(left, depth);
      if (base === undefined || base.package === 'global') return undefined;
      return this.asInstance(this.with(base, { kind: 'member', name: typeName.right.text }), names);
    }
    for (const declaration of this.symbols.declarationsAt(typeName)) {
      if (ts.isTypeAliasDeclaration(declaration)) return this.ofType(declaration.type, depth + 1);
      if (ts.isClassLike(declaration)) return this.instanceOf(declaration, depth + 1);
      if (ts.isInterfaceDeclaration(declaration)) {
        for (const { expression } of (declaration.heritageClauses ?? []).flatMap(({ types }) => [...types])) {
          const base = this.of(expression, depth + 1);
          if (base !== undefined && base.package !== 'global') return this.asInstance(base, names);
        }
        continue;
      }
      const value = this.ofDeclaration(declaration, depth + 1);
      if (value !== undefined && value.package !== 'global') return this.asInstance(value, names);
    }
    return undefined;
  }

  private asInstance(value: LibraryValue, typeArguments: readonly string[]): LibraryValue {
    return this.with(value, { kind: 'instance', args: [], typeArguments });
  }

  private argument(node: ts.Expression): Argument {
    const bare = bareExpression(node);
    const name = lastName(bare);
    const string = this.textOf(bare);
    const isFunction =
      ts.isArrowFunction(bare) ||
      ts.isFunctionExpression(bare) ||
      (ts.isIdentifier(bare) && this.functionsOf(bare).length > 0);
    const properties = ts.isObjectLiteralExpression(bare) ? bare.properties : [];
    const named = properties.flatMap((one) =>
      one.name !== undefined && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name))
        ? [[one.name.text, ts.isPropertyAssignment(one) ? one.initializer.getText() : one.name.text] as const]
        : [],
    );
    return {
      text: bare.getText().slice(0, 200),
      isFunction,
      ...(string === undefined ? {} : { string }),
      ...(name === undefined ? {} : { name }),
      ...(ts.isObjectLiteralExpression(bare)
        ? {
            keys: named.map(([key]) => key),
            values: Object.fromEntries(named.map(([key, text]) => [key, text.slice(0, 200)])),
          }
        : {}),
    };
  }

  /** The text that an expression is known to be; the holes of a template are `?`. */
  private textOf(node: ts.Expression, depth = 0): string | undefined {
    const bare = bareExpression(node);
    if (ts.isStringLiteralLike(bare)) return bare.text;
    if (ts.isTemplateExpression(bare))
      return [bare.head.text, ...bare.templateSpans.map(({ literal }) => literal.text)].join('?');
    if (ts.isBinaryExpression(bare) && bare.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const left = this.textOf(bare.left, depth + 1);
      const right = this.textOf(bare.right, depth + 1);
      return left === undefined && right === undefined ? undefined : `${left ?? '?'}${right ?? '?'}`;
    }
    if (ts.isIdentifier(bare) && depth < 4) {
      const symbol = this.symbols.at(bare);
      const [declaration] = this.symbols.declarationsOf(
        symbol === undefined ? undefined : this.symbols.followed(symbol),
      );
      if (
        declaration !== undefined &&
        ts.isVariableDeclaration(declaration) &&
        declaration.initializer !== undefined &&
        (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
      )
        return this.textOf(declaration.initializer, depth + 1);
    }
    return undefined;
  }
}
