import { ts } from 'ts-morph';
import {
  bareExpression,
  isAssignment,
  isFunctionNode,
  memberName,
  type Symbols,
} from '../effects/symbols.ts';
import { isOpen, tellsNothing } from './lost-types.ts';

/** Something of the type `source` goes to where it has the type `target`; without one nothing is known of it any more. */
export interface Passage {
  readonly source: ts.Type;
  readonly target: ts.Type | undefined;
  /** Whether it is an object that is written down there, which nobody holds yet. */
  readonly isNew: boolean;
}

/** What a file hands on. */
export interface Passages {
  /** What goes to where nothing is known of it any more: classes, by their instances, and object literals that go there themselves. */
  readonly forgotten: ReadonlySet<ts.Node>;
  readonly passed: readonly Passage[];
}

/** What only shows a value, or looks at it, and gives it to nobody. */
const ONLY_LOOKS =
  /^(console\.\w+|JSON\.stringify|String|Boolean|expect|assert(\.\w+)?|sinon\.\w+|util\.inspect)$/;

/** What puts all members of one object into another one, whatever the type of that says. */
const COPIES = /\b(assign|extend|merge|defaults|defaultsDeep|mixin|inherits|setPrototypeOf)$/i;

/** Whether an expression is an instance of no class, by how it is written: its type need not be asked for. */
const isNoInstance = (node: ts.Expression): boolean =>
  isFunctionNode(node) ||
  ts.isLiteralExpression(node) ||
  ts.isTemplateExpression(node) ||
  ts.isObjectLiteralExpression(node) ||
  ts.isArrayLiteralExpression(node);

/** Whether a module is loaded, by a name that may lead to no source: what it exports is of no type then. */
export function isLoading(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return false;
  const { expression } = node;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require') ||
    ((ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) &&
      /^(require|requireActual)$/.test(memberName(expression) ?? ''))
  );
}

/** What a source hands on to where it has another type: to a parameter, into a property, out of a function. */
export function passagesIn(source: ts.SourceFile, symbols: Symbols): Passages {
  return new Reading(symbols).run(source);
}

/** One walk through a file. */
class Reading {
  private readonly symbols: Symbols;
  private readonly checker: ts.TypeChecker;
  private readonly anything: ts.Type;
  private readonly forgotten = new Set<ts.Node>();
  private readonly passed: Passage[] = [];

  constructor(symbols: Symbols) {
    this.symbols = symbols;
    this.checker = symbols.whole.checker;
    this.anything = this.checker.getAnyType();
  }

  run(source: ts.SourceFile): Passages {
    const visit = (node: ts.Node): void => {
      this.visit(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return { forgotten: this.forgotten, passed: this.passed };
  }

  private visit(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) this.visitCall(node);
    else if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) this.force(node);
    else if (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node))
      this.pass(node.expression, this.anything);
    else if (ts.isThrowStatement(node)) this.pass(node.expression, this.anything);
    else if (ts.isBinaryExpression(node) && isAssignment(node))
      this.note(node.right, () => this.typeOfTarget(node.left));
    else if (
      ts.isVariableDeclaration(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node)
    ) {
      if (node.initializer !== undefined && (ts.isBindingElement(node) || node.type !== undefined))
        this.note(node.initializer, () => this.checker.getTypeAtLocation(node.name));
    } else if (ts.isPropertyAssignment(node)) this.fill(node.initializer);
    else if (ts.isShorthandPropertyAssignment(node)) this.fill(node.name);
    else if (ts.isArrayLiteralExpression(node)) for (const one of node.elements) this.fill(one);
    else if (
      (ts.isReturnStatement(node) || ts.isYieldExpression(node) || ts.isJsxExpression(node)) &&
      node.expression !== undefined
    )
      this.fill(node.expression);
    else if (ts.isArrowFunction(node) && ts.isExpression(node.body)) this.fill(node.body);
    else if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer))
      this.pass(node.expression, this.anything);
    else if (ts.isElementAccessExpression(node) && memberName(node) === undefined) this.readMember(node);
  }

  private visitCall(node: ts.CallExpression | ts.NewExpression): void {
    if (isLoading(node)) return;
    const callee = node.expression.getText();
    if (ONLY_LOOKS.test(callee)) return;
    const isCopied = COPIES.test(callee);
    for (const [at, one] of (node.arguments ?? []).entries())
      this.note(one, () =>
        isCopied && at > 0
          ? this.anything
          : (this.parameterOf(node, at) ?? this.checker.getContextualType(one)),
      );
  }

  /** An expression fills what its surroundings say the type of. */
  private fill(expression: ts.Expression): void {
    this.note(expression, () => this.checker.getContextualType(expression));
  }

  private note(expression: ts.Expression, target: () => ts.Type | undefined): void {
    // To tell where it goes takes longer than to tell what it is.
    if (ts.isLiteralExpression(expression) || this.isOfNoMatter(expression)) return;
    const to = target();
    if (to === undefined) return;
    if (ts.isSpreadElement(expression)) {
      if (isOpen(to)) this.pass(expression.expression, this.anything);
    } else this.pass(expression, to);
  }

  /** Whether nothing is to be known of a value, wherever it goes. */
  private isOfNoMatter(expression: ts.Expression): boolean {
    if (ts.isSpreadElement(expression)) return false;
    const bare = bareExpression(expression);
    if (ts.isLiteralExpression(bare) || ts.isTemplateExpression(bare)) return true;
    if (isNoInstance(bare) || ts.isConditionalExpression(bare)) return false;
    const type = this.checker.getTypeAtLocation(bare);
    // `this` is of a type that stands for any class below its own.
    return tellsNothing(type) && (type.flags & ts.TypeFlags.TypeParameter) === 0;
  }

  /** What an expression gives goes to where it is of the type `target`. */
  private pass(expression: ts.Expression, target: ts.Type): void {
    const bare = bareExpression(expression);
    if (ts.isConditionalExpression(bare)) {
      this.pass(bare.whenTrue, target);
      this.pass(bare.whenFalse, target);
    } else if (ts.isObjectLiteralExpression(bare)) this.passLiteral(bare, target);
    else if (ts.isArrayLiteralExpression(bare) && isOpen(target)) {
      for (const one of bare.elements)
        this.pass(ts.isSpreadElement(one) ? one.expression : one, this.anything);
    } else if (!ts.isLiteralExpression(bare) && !ts.isTemplateExpression(bare)) {
      const source = this.checker.getTypeAtLocation(bare);
      this.add({ source, target, isNew: false });
      if (isFunctionNode(bare) || ts.isArrayLiteralExpression(bare) || !isOpen(target)) return;
      for (const one of this.classesOf(source)) this.forgotten.add(one);
    }
  }

  private passLiteral(literal: ts.ObjectLiteralExpression, target: ts.Type): void {
    if (!isOpen(target)) {
      this.add({ source: this.checker.getTypeAtLocation(literal), target, isNew: true });
      return;
    }
    this.forgotten.add(literal);
    const values = target.getStringIndexType() ?? this.anything;
    for (const one of literal.properties) {
      if (ts.isPropertyAssignment(one)) this.pass(one.initializer, values);
      else if (ts.isShorthandPropertyAssignment(one)) this.pass(one.name, values);
    }
  }

  private add(passage: Passage): void {
    if (passage.source !== passage.target && !tellsNothing(passage.source)) this.passed.push(passage);
  }

  private lose(source: ts.Type): void {
    this.add({ source, target: undefined, isNew: false });
  }

  /** A value is given another type by force. What has more members than the value is said to have is no longer found by its type. */
  private force(node: ts.AsExpression | ts.TypeAssertion): void {
    if (ts.isConstTypeReference(node.type)) return;
    const { checker } = this;
    const target = checker.getTypeAtLocation(node);
    this.pass(node.expression, target);
    if (isNoInstance(bareExpression(node.expression))) return;
    const source = checker.getTypeAtLocation(node.expression);
    if (!isOpen(target) && !isOpen(source) && !checker.isTypeAssignableTo(source, target)) this.lose(source);
  }

  /** What is read under a computed name has no type where the object has no such members: `modules[name]`. */
  private readMember(node: ts.ElementAccessExpression): void {
    if (!isOpen(this.checker.getTypeAtLocation(node))) return;
    const type = this.checker.getTypeAtLocation(node.expression);
    if (!isOpen(type)) this.lose(type);
  }

  /** The type of what is assigned to; of a property that JavaScript declares by assigning to it, the type that is read off all of that. */
  private typeOfTarget(target: ts.Expression): ts.Type {
    const { checker } = this;
    const symbol = ts.isPropertyAccessExpression(target) ? this.symbols.at(target.name) : undefined;
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined || !ts.isBinaryExpression(declaration))
      return checker.getTypeAtLocation(target);
    return checker.getTypeOfSymbol(symbol);
  }

  /** The declared type of a parameter of a function of the project: it may be any type that the caller likes, as in `show<T>(value: T)`. */
  private parameterOf(call: ts.CallExpression | ts.NewExpression, at: number): ts.Type | undefined {
    const { checker } = this;
    const { isOwn } = this.symbols.whole;
    const declaration = checker.getResolvedSignature(call)?.declaration;
    if (declaration === undefined || !isOwn(declaration.getSourceFile()) || ts.isJSDocSignature(declaration))
      return undefined;
    const last = declaration.parameters.at(-1);
    const parameter = declaration.parameters[at] ?? last;
    if (parameter?.type === undefined) return undefined;
    const declared = checker.getTypeFromTypeNode(parameter.type);
    return parameter === last && parameter.dotDotDotToken !== undefined
      ? (declared.getNumberIndexType() ?? declared)
      : declared;
  }

  /** The classes of the project that something of a type may be an instance of, with those that they extend. */
  private classesOf(type: ts.Type): readonly ts.ClassLikeDeclaration[] {
    if (type.isUnionOrIntersection()) return type.types.flatMap((one) => this.classesOf(one));
    const { checker } = this;
    const { isOwn } = this.symbols.whole;
    const own = (type.getSymbol()?.declarations ?? []).filter(
      (one): one is ts.ClassLikeDeclaration => ts.isClassLike(one) && isOwn(one.getSourceFile()),
    );
    if (own.length === 0) return [];
    const bases = own.flatMap((one) =>
      (one.heritageClauses ?? [])
        .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
        .flatMap(({ types }) =>
          types.map((base) => checker.getTypeAtLocation(bareExpression(base.expression))),
        ),
    );
    return [
      ...own,
      ...bases.flatMap((base) =>
        base.getConstructSignatures().flatMap((one) => this.classesOf(one.getReturnType())),
      ),
    ];
  }
}
