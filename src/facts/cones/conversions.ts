import { ts } from 'ts-morph';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type Symbols,
} from '../effects/symbols.ts';
import type { Surroundings } from './around.ts';
import { isOpen, LostTypes } from './lost-types.ts';

/** What only shows a value, or looks at it, and gives it to nobody. */
const ONLY_LOOKS =
  /^(console\.\w+|JSON\.stringify|String|Boolean|expect|assert(\.\w+)?|sinon\.\w+|util\.inspect)$/;

/** Whether an expression is an instance of no class, by how it is written: its type need not be asked for. */
const isNoInstance = (node: ts.Expression): boolean =>
  isFunctionNode(node) ||
  ts.isLiteralExpression(node) ||
  ts.isTemplateExpression(node) ||
  ts.isObjectLiteralExpression(node) ||
  ts.isArrayLiteralExpression(node);

/** What puts all members of one object into another one, whatever the type of that says. */
const COPIES = /\b(assign|extend|merge|defaults|defaultsDeep|mixin|inherits|setPrototypeOf)$/i;

/** Whether a module is loaded, by a name that leads to no source: what it exports is of no type then. */
function isLoaded(node: ts.CallExpression): boolean {
  const { expression } = node;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require') ||
    (isMember(expression) && /^(require|requireActual)$/.test(memberName(expression) ?? ''))
  );
}

/** The name of a file that a path leads to, without its ending; that of its folder where it is an index. */
function nameOfModule(path: string): string {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return stem.slice(stem.lastIndexOf('/') + 1);
}

/** What came to where nothing is known of it any more. */
interface Forgotten {
  /** Classes, by their instances, and object literals that went there themselves. */
  readonly nodes: ReadonlySet<ts.Node>;
  readonly types: LostTypes;
  /** Names of modules that are loaded where no types are; all of them where the name is computed. */
  readonly modules: ReadonlySet<string> | 'all';
}

/**
 * Tells which instances of classes and which object literals come to where nothing is known of them any more: to a parameter of type `any`,
 * into a `Record<string, unknown>`.
 */
export class Conversions {
  private readonly symbols: Symbols;
  private readonly isTest: (path: string) => boolean;
  private readonly isInRun: (path: string) => boolean;
  private found: Forgotten | undefined;
  private readonly known = new Map<ts.Node, boolean>();

  /** What tests do with their objects is their own business. */
  constructor(symbols: Symbols, around: Surroundings) {
    this.symbols = symbols;
    this.isTest = (path) => around.kindOf(path) === 'test';
    this.isInRun = around.isInRun;
  }

  /** Whether that happens to any instance of a class of the project, or to the object that a literal makes. */
  isForgotten(holder: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression): boolean {
    let answer = this.known.get(holder);
    if (answer === undefined) {
      answer = this.ask(holder);
      this.known.set(holder, answer);
    }
    return answer;
  }

  /** Looks at the whole project, which every later question needs. */
  prepare(): Forgotten {
    this.found ??= this.find();
    return this.found;
  }

  private ask(holder: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression): boolean {
    const { nodes, types, modules } = this.prepare();
    if (nodes.has(holder)) return true;
    if (!ts.isObjectLiteralExpression(holder)) return false;
    const isLoadedSo = modules === 'all' || modules.has(nameOfModule(holder.getSourceFile().fileName));
    return (
      (isLoadedSo && functionAround(holder) === undefined) ||
      types.has(this.symbols.whole.checker.getTypeAtLocation(holder))
    );
  }

  private find(): Forgotten {
    const { whole } = this.symbols;
    const { checker } = whole;
    const nodes = new Set<ts.Node>();
    const types = new LostTypes(whole);
    const modules = new Set<string>();
    let isAnyModule = false;
    const anything = checker.getAnyType();
    /** What an expression gives goes to where it is of the type `target`. */
    const pass = (expression: ts.Expression, target: ts.Type): void => {
      const bare = bareExpression(expression);
      if (bare !== expression && bare.kind !== expression.kind) return pass(bare, target);
      if (ts.isConditionalExpression(bare)) {
        pass(bare.whenTrue, target);
        return pass(bare.whenFalse, target);
      }
      if (ts.isObjectLiteralExpression(bare)) return passLiteral(bare, target);
      if (ts.isArrayLiteralExpression(bare) && isOpen(target)) {
        for (const one of bare.elements) pass(ts.isSpreadElement(one) ? one.expression : one, anything);
        return undefined;
      }
      if (ts.isLiteralExpression(bare) || ts.isTemplateExpression(bare)) return undefined;
      const type = checker.getTypeAtLocation(bare);
      types.pass(type, target);
      if (isFunctionNode(bare) || ts.isArrayLiteralExpression(bare) || !isOpen(target)) return undefined;
      for (const one of this.classesOf(type)) nodes.add(one);
      return undefined;
    };
    const passLiteral = (literal: ts.ObjectLiteralExpression, target: ts.Type): void => {
      if (!isOpen(target)) {
        types.pass(checker.getTypeAtLocation(literal), target, 0, true);
        return;
      }
      nodes.add(literal);
      const values = target.getStringIndexType() ?? anything;
      for (const one of literal.properties) {
        if (ts.isPropertyAssignment(one)) pass(one.initializer, values);
        else if (ts.isShorthandPropertyAssignment(one)) pass(one.name, values);
      }
    };
    const note = (expression: ts.Expression | undefined, target: () => ts.Type | undefined): void => {
      if (expression === undefined || ts.isLiteralExpression(expression)) return;
      const to = target();
      if (to === undefined) return;
      if (ts.isSpreadElement(expression)) {
        if (isOpen(to)) pass(expression.expression, anything);
      } else pass(expression, to);
    };
    const contextual = (expression: ts.Expression): void =>
      note(expression, () => checker.getContextualType(expression));
    const visitCall = (node: ts.CallExpression | ts.NewExpression): void => {
      const [first] = node.arguments ?? [];
      if (ts.isCallExpression(node) && first !== undefined && isLoaded(node)) {
        // What an installed package loads by a computed name is its own, or for tools.
        if (!ts.isStringLiteralLike(first)) isAnyModule ||= this.isInRun(node.getSourceFile().fileName);
        else if (checker.getSymbolAtLocation(first) === undefined) modules.add(nameOfModule(first.text));
        return;
      }
      const callee = node.expression.getText();
      if (ONLY_LOOKS.test(callee)) return;
      const isCopied = COPIES.test(callee);
      for (const [at, one] of (node.arguments ?? []).entries())
        note(one, () =>
          isCopied && at > 0 ? anything : (this.parameterOf(node, at) ?? checker.getContextualType(one)),
        );
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
      else if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node))
        this.noteForced(node, pass, types);
      else if (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) pass(node.expression, anything);
      else if (ts.isThrowStatement(node)) pass(node.expression, anything);
      else if (ts.isBinaryExpression(node) && isAssignment(node))
        note(node.right, () => this.typeOfTarget(node.left));
      else if (
        ts.isVariableDeclaration(node) ||
        ts.isPropertyDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node)
      ) {
        if (node.initializer !== undefined && (ts.isBindingElement(node) || node.type !== undefined))
          note(node.initializer, () => checker.getTypeAtLocation(node.name));
      } else if (ts.isPropertyAssignment(node)) contextual(node.initializer);
      else if (ts.isShorthandPropertyAssignment(node)) contextual(node.name);
      else if (ts.isArrayLiteralExpression(node)) for (const one of node.elements) contextual(one);
      else if (
        (ts.isReturnStatement(node) || ts.isYieldExpression(node) || ts.isJsxExpression(node)) &&
        node.expression !== undefined
      )
        contextual(node.expression);
      else if (ts.isArrowFunction(node) && ts.isExpression(node.body)) contextual(node.body);
      else if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer))
        pass(node.expression, anything);
      else if (ts.isElementAccessExpression(node) && memberName(node) === undefined)
        this.noteMember(node, types);
      ts.forEachChild(node, visit);
    };
    for (const source of whole.program.getSourceFiles())
      if (whole.isOwn(source) && !source.isDeclarationFile && !this.isTest(source.fileName)) visit(source);
    return { nodes, types, modules: isAnyModule ? 'all' : modules };
  }

  /** A value is given another type by force. What has more members than the value is said to have is no longer found by its type. */
  private noteForced(
    node: ts.AsExpression | ts.TypeAssertion,
    pass: (expression: ts.Expression, target: ts.Type) => void,
    types: LostTypes,
  ): void {
    if (ts.isConstTypeReference(node.type)) return;
    const { checker } = this.symbols.whole;
    const target = checker.getTypeAtLocation(node);
    pass(node.expression, target);
    if (isNoInstance(bareExpression(node.expression))) return;
    const source = checker.getTypeAtLocation(node.expression);
    if (!isOpen(target) && !isOpen(source) && !checker.isTypeAssignableTo(source, target)) types.lose(source);
  }

  /** What is read under a computed name has no type where the object has no such members: `modules[name]`. */
  private noteMember(node: ts.ElementAccessExpression, types: LostTypes): void {
    const { checker } = this.symbols.whole;
    if (!isOpen(checker.getTypeAtLocation(node))) return;
    const type = checker.getTypeAtLocation(node.expression);
    if (!isOpen(type)) types.lose(type);
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

  /** The declared type of a parameter of a function of the project: it may be any type that the caller likes, as in `show<T>(value: T)`. */
  private parameterOf(call: ts.CallExpression | ts.NewExpression, at: number): ts.Type | undefined {
    const { checker, isOwn } = this.symbols.whole;
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
