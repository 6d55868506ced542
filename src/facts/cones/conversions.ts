import { ts } from 'ts-morph';
import { bareExpression, isAssignment, isFunctionNode, type Symbols } from '../effects/symbols.ts';

/** What only shows a value, or looks at it, and gives it to nobody. */
const ONLY_LOOKS =
  /^(console\.\w+|JSON\.stringify|String|Boolean|expect|assert(\.\w+)?|sinon\.\w+|util\.inspect)$/;

/** Whether a type says nothing of the members of its values, so that they are read by any name. */
function isOpen(type: ts.Type | undefined): boolean {
  if (type === undefined) return false;
  if (type.isUnion()) return type.types.some(isOpen);
  const { flags } = type;
  if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) !== 0) return true;
  if ((flags & ts.TypeFlags.TypeParameter) !== 0 || type.getStringIndexType() !== undefined) return true;
  // `{}`
  return (
    (flags & ts.TypeFlags.Object) !== 0 &&
    type.getProperties().length === 0 &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0
  );
}

/** Whether an expression is an instance of no class, by how it is written: its type need not be asked for. */
const isNoInstance = (node: ts.Expression): boolean =>
  isFunctionNode(node) ||
  ts.isLiteralExpression(node) ||
  ts.isTemplateExpression(node) ||
  ts.isObjectLiteralExpression(node) ||
  ts.isArrayLiteralExpression(node);

/** Tells of which classes instances come to where nothing is known of them any more: to a parameter of type `any`, into a `Record<string, unknown>`. */
export class Conversions {
  private readonly symbols: Symbols;
  private readonly isTest: (path: string) => boolean;
  private classes: ReadonlySet<ts.Node> | undefined;

  /** What tests do with their objects, which `isTest` tells, is their own business. */
  constructor(symbols: Symbols, isTest: (path: string) => boolean) {
    this.symbols = symbols;
    this.isTest = isTest;
  }

  /** Whether that happens to any instance of a class of the project. */
  isForgotten(declaration: ts.ClassLikeDeclaration): boolean {
    this.classes ??= this.find();
    return this.classes.has(declaration);
  }

  private find(): ReadonlySet<ts.Node> {
    const { whole } = this.symbols;
    const found = new Set<ts.Node>();
    const note = (expression: ts.Expression | undefined, target: () => ts.Type | undefined): void => {
      if (expression === undefined || isNoInstance(bareExpression(expression))) return;
      const declarations = this.classesOf(whole.checker.getTypeAtLocation(expression));
      if (declarations.every((one) => found.has(one)) || !isOpen(target())) return;
      for (const one of declarations) found.add(one);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        if (!ONLY_LOOKS.test(node.expression.getText()))
          for (const [at, one] of (node.arguments ?? []).entries())
            note(one, () => this.parameterOf(node, at) ?? whole.checker.getContextualType(one));
      } else if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node))
        note(node.expression, () => whole.checker.getTypeAtLocation(node));
      else if (ts.isSpreadAssignment(node)) note(node.expression, () => whole.checker.getAnyType());
      else if (ts.isBinaryExpression(node) && isAssignment(node))
        note(node.right, () => this.typeOfTarget(node.left));
      else if (
        (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node)) &&
        node.type !== undefined &&
        node.initializer !== undefined
      )
        note(node.initializer, () => whole.checker.getTypeAtLocation(node.name));
      else if (ts.isPropertyAssignment(node))
        note(node.initializer, () => whole.checker.getContextualType(node.initializer));
      else if (ts.isShorthandPropertyAssignment(node))
        note(node.name, () => whole.checker.getContextualType(node.name));
      else if (ts.isReturnStatement(node) && node.expression !== undefined) {
        const { expression } = node;
        note(expression, () => whole.checker.getContextualType(expression));
      } else if (ts.isArrowFunction(node) && ts.isExpression(node.body)) {
        const { body } = node;
        note(body, () => whole.checker.getContextualType(body));
      }
      ts.forEachChild(node, visit);
    };
    for (const source of whole.program.getSourceFiles())
      if (whole.isOwn(source) && !source.isDeclarationFile && !this.isTest(source.fileName)) visit(source);
    return found;
  }

  /** The type of what is assigned to; of a property that JavaScript declares by assigning to it, the type that is read off all of that. */
  private typeOfTarget(target: ts.Expression): ts.Type {
    const { checker } = this.symbols.whole;
    const symbol = ts.isPropertyAccessExpression(target) ? this.symbols.at(target.name) : undefined;
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined || !ts.isBinaryExpression(declaration))
      return checker.getTypeAtLocation(target);
    return checker.getTypeOfSymbol(symbol);
  }

  /** The declared type of a parameter of a function of the project, where it is any type that the caller likes: `show<T>(value: T)`. */
  private parameterOf(call: ts.CallExpression | ts.NewExpression, at: number): ts.Type | undefined {
    const { checker, isOwn } = this.symbols.whole;
    const declaration = checker.getResolvedSignature(call)?.declaration;
    if (declaration === undefined || !isOwn(declaration.getSourceFile()) || ts.isJSDocSignature(declaration))
      return undefined;
    const { type } = declaration.parameters[at] ?? {};
    const declared = type === undefined ? undefined : checker.getTypeFromTypeNode(type);
    return declared !== undefined && (declared.flags & ts.TypeFlags.TypeParameter) !== 0
      ? declared
      : undefined;
  }

  /** The classes of the project that something of a type may be an instance of, with those that they extend. */
  private classesOf(type: ts.Type): readonly ts.ClassLikeDeclaration[] {
    if (type.isUnionOrIntersection()) return type.types.flatMap((one) => this.classesOf(one));
    const { checker, isOwn } = this.symbols.whole;
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
