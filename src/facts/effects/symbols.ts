import { ts } from 'ts-morph';
import type { WholeProgram } from './whole-program.ts';

/** A function of the project whose body can be looked into. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

export const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isGetAccessorDeclaration(node) ||
  ts.isSetAccessorDeclaration(node);

/** An expression without parentheses, assertions and `!`. */
export function bareExpression(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isTypeAssertionExpression(at)
  )
    at = at.expression;
  return at;
}

/** The call in the place of a pattern's element, where it takes apart `await Promise.all([…])`. */
export function elementOfAll(node: ts.BindingElement): ts.Expression | undefined {
  const pattern = node.parent;
  if (!ts.isArrayBindingPattern(pattern) || !ts.isVariableDeclaration(pattern.parent)) return undefined;
  const { initializer } = pattern.parent;
  const awaited = initializer === undefined ? undefined : bareExpression(initializer);
  if (awaited === undefined || !ts.isAwaitExpression(awaited)) return undefined;
  const call = bareExpression(awaited.expression);
  if (!ts.isCallExpression(call) || call.expression.getText() !== 'Promise.all') return undefined;
  const [list] = call.arguments;
  if (
    list === undefined ||
    !ts.isArrayLiteralExpression(list) ||
    list.elements.some((one) => ts.isSpreadElement(one))
  )
    return undefined;
  return list.elements[pattern.elements.indexOf(node)];
}

/** The nearest function around a node; undefined at the top of a file. */
export function functionAround(node: ts.Node): FunctionNode | undefined {
  for (let at = node.parent as ts.Node | undefined; at !== undefined; at = at.parent)
    if (isFunctionNode(at)) return at;
  return undefined;
}

/** The nearest class around a node. */
export function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at = node.parent as ts.Node | undefined; at !== undefined; at = at.parent) {
    if (ts.isClassLike(at)) return at;
    // `this` in a plain function is not that of the class around it.
    if (ts.isFunctionDeclaration(at) || ts.isFunctionExpression(at)) return undefined;
  }
  return undefined;
}

/** The name of a property of a member expression, where it is written or a literal. */
export function memberName(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const { argumentExpression: key } = node;
  return ts.isStringLiteralLike(key) ? key.text : undefined;
}

export const isMember = (node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

/** Whether it assigns: `=`, `+=`, `??=`, … */
export const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

/** The names of a chain of members and calls, from its root on: `db.user.find().sort` → db, user, find, sort. */
export function chainOf(node: ts.Expression): readonly string[] {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare)) return [bare.text];
  if (bare.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (ts.isCallExpression(bare) || ts.isAwaitExpression(bare)) return chainOf(bare.expression);
  if (isMember(bare)) return [...chainOf(bare.expression), memberName(bare) ?? '*'];
  return ['*'];
}

/** Where a variable is visible: the block, loop or function that holds it. */
export function scopeOfVariable(node: ts.Declaration): ts.Node {
  let at: ts.Node = node;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at))
    at = at.parent;
  if (ts.isParameter(at)) return at.parent;
  const isBlockScoped =
    ts.isVariableDeclaration(at) && (ts.getCombinedNodeFlags(at) & ts.NodeFlags.BlockScoped) !== 0;
  for (let up = at.parent; ; up = up.parent) {
    if (
      isFunctionNode(up) ||
      ts.isSourceFile(up) ||
      ts.isModuleBlock(up) ||
      ts.isClassStaticBlockDeclaration(up)
    )
      return up;
    const isBlock =
      ts.isBlock(up) ||
      ts.isForStatement(up) ||
      ts.isForOfStatement(up) ||
      ts.isForInStatement(up) ||
      ts.isCaseBlock(up) ||
      ts.isCatchClause(up);
    if (isBlockScoped && isBlock) return up;
  }
}

/** Whether a node is a part of another one, or that one itself. */
export const isInside = (node: ts.Node, outer: ts.Node): boolean =>
  node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;

/** Expressions whose value is no object. */
const PRIMITIVE: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.TypeOfExpression,
  ts.SyntaxKind.VoidExpression,
]);

/** Whether an expression gives no object, as it is written. */
export const isPrimitiveNode = (node: ts.Expression): boolean =>
  PRIMITIVE.has(node.kind) ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isBinaryExpression(node) &&
    !/^(\|\||&&|\?\?|,)$/.test(node.operatorToken.getText()) &&
    !isAssignment(node));

/** Names of keys of rows: nobody changes a part of one. */
const KEY_NAME = /^_?(id|uuid)$|[a-z\d](Id|ID|_id|Uuid)$/;

/** Names and what declares them, in the whole program. */
export class Symbols {
  readonly whole: WholeProgram;
  private readonly aliases = new Map<ts.Symbol, ts.Symbol | undefined>();
  /** What was asked before of what is below. */
  private readonly known = new Map<ts.Symbol, readonly ts.ClassLikeDeclaration[]>();
  private extendedBy: Map<ts.Symbol, ts.ClassLikeDeclaration[]> | undefined;

  constructor(whole: WholeProgram) {
    this.whole = whole;
  }

  /** The symbol that an identifier or the name of a member stands for, imports not followed. */
  at(node: ts.Node): ts.Symbol | undefined {
    const { checker } = this.whole;
    if (ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node)
      return checker.getShorthandAssignmentValueSymbol(node.parent);
    return checker.getSymbolAtLocation(node);
  }

  /** What an import stands for; undefined where it leads out of the project. */
  followed(symbol: ts.Symbol): ts.Symbol | undefined {
    if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
    if (this.aliases.has(symbol)) return this.aliases.get(symbol);
    const target = this.whole.checker.getAliasedSymbol(symbol);
    const found = (target.declarations?.length ?? 0) > 0 ? target : undefined;
    this.aliases.set(symbol, found);
    return found;
  }

  /** The declarations of a symbol in the project. */
  declarationsOf(symbol: ts.Symbol | undefined): readonly ts.Declaration[] {
    return (symbol?.declarations ?? []).filter((one) => this.whole.isOwn(one.getSourceFile()));
  }

  /** What declares, in the project, what a name stands for; imports are followed where they lead to it. */
  declarationsAt(name: ts.Node): readonly ts.Declaration[] {
    const symbol = this.at(name);
    return this.declarationsOf(symbol === undefined ? undefined : (this.followed(symbol) ?? symbol));
  }

  /** Whether JavaScript's own library declares it. */
  isOfLibrary(symbol: ts.Symbol | undefined): boolean {
    const declarations = symbol?.declarations ?? [];
    return declarations.length > 0 && declarations.every((one) => !this.whole.isOwn(one.getSourceFile()));
  }

  /** Whether a value is no object by its type or, where that is not known, by its name (`userId`). */
  isScalar(node: ts.Expression | ts.BindingName): boolean {
    const bare =
      ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node) ? undefined : bareExpression(node);
    if (bare === undefined) return false;
    if (isPrimitiveNode(bare)) return true;
    const name = ts.isIdentifier(bare) ? bare.text : isMember(bare) ? memberName(bare) : undefined;
    if (name !== undefined && KEY_NAME.test(name)) return true;
    const type = this.whole.checker.getTypeAtLocation(bare);
    const primitive =
      ts.TypeFlags.StringLike |
      ts.TypeFlags.NumberLike |
      ts.TypeFlags.BooleanLike |
      ts.TypeFlags.BigIntLike |
      ts.TypeFlags.Null |
      ts.TypeFlags.Undefined;
    return type.isUnion()
      ? type.types.every(({ flags }) => (flags & primitive) !== 0)
      : (type.flags & primitive) !== 0;
  }

  /** The classes of the project that extend or implement the class or interface, at any distance. */
  below(symbol: ts.Symbol): readonly ts.ClassLikeDeclaration[] {
    const known = this.known.get(symbol);
    if (known !== undefined) return known;
    this.extendedBy ??= this.indexHeritage();
    const found = new Set<ts.ClassLikeDeclaration>();
    const ahead = [symbol];
    for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
      for (const declaration of this.extendedBy.get(one) ?? []) {
        if (found.has(declaration)) continue;
        found.add(declaration);
        const own = declaration.name === undefined ? undefined : this.at(declaration.name);
        if (own !== undefined) ahead.push(own);
      }
    }
    const all = [...found];
    this.known.set(symbol, all);
    return all;
  }

  private indexHeritage(): Map<ts.Symbol, ts.ClassLikeDeclaration[]> {
    const index = new Map<ts.Symbol, ts.ClassLikeDeclaration[]>();
    const visit = (node: ts.Node): void => {
      if ((ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) && node.heritageClauses !== undefined) {
        for (const { expression } of node.heritageClauses.flatMap(({ types }) => [...types])) {
          const symbol = this.at(expression);
          const base = symbol === undefined ? undefined : this.followed(symbol);
          if (base === undefined || !ts.isClassLike(node)) continue;
          const known = index.get(base);
          if (known === undefined) index.set(base, [node]);
          else known.push(node);
        }
      }
      ts.forEachChild(node, visit);
    };
    for (const source of this.whole.program.getSourceFiles()) {
      if (this.whole.isOwn(source) && /\bclass\b/.test(source.text)) visit(source);
    }
    return index;
  }
}

/** Whether a test holds where the value of that text is missing. */
export function isMissingTest(test: ts.Expression, text: string): boolean {
  const bare = bareExpression(test);
  if (ts.isPrefixUnaryExpression(bare))
    return (
      bare.operator === ts.SyntaxKind.ExclamationToken && bareExpression(bare.operand).getText() === text
    );
  return (
    ts.isBinaryExpression(bare) &&
    /^===?$/.test(bare.operatorToken.getText()) &&
    bare.left.getText() === text &&
    /^(null|undefined)$/.test(bare.right.getText())
  );
}
