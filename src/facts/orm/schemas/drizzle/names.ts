/** Follows names to exports of Drizzle, to nodes of the project, and to the columns of the table that is being declared. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';

/** What a name stands for while an expression is read. */
export type Known =
  /** An export of Drizzle; `*` for a module of it as a whole. */
  | { readonly kind: 'library'; readonly module: string; readonly name: string }
  /** An expression or a function of the project, and what it is the value of. */
  | { readonly kind: 'node'; readonly node: ts.Node; readonly declaration: ts.Node | undefined }
  /** The columns of the table that is being declared, or one of them. */
  | { readonly kind: 'row' }
  | { readonly kind: 'column'; readonly name: string };

/** Where an expression is read. */
export interface Reading {
  readonly checker: ts.TypeChecker;
  /** What the parameters of the functions stand for whose bodies are being read. */
  readonly bound: ReadonlyMap<ts.Symbol, Known>;
}

/** How many names and calls are followed, one through the other. */
export const DEPTH = 20;

const isDrizzle = (specifier: string): boolean => /^drizzle-orm(?:\/|$)/.test(specifier);

/** What an expression stands for, through variables, imports and members. */
export function resolve(expression: ts.Expression, at: Reading, depth = 0): Known | undefined {
  const node = bareExpression(expression);
  if (depth > DEPTH) return undefined;
  if (ts.isIdentifier(node)) {
    const symbol = at.checker.getSymbolAtLocation(node);
    return symbol === undefined ? undefined : resolveSymbol(symbol, at, depth + 1);
  }
  if (isMember(node)) return resolveMember(node, at, depth);
  if (ts.isCallExpression(node) && node.expression.getText() === 'require') {
    const [specifier] = node.arguments;
    if (specifier !== undefined && ts.isStringLiteralLike(specifier) && isDrizzle(specifier.text)) {
      return { kind: 'library', module: specifier.text, name: '*' };
    }
  }
  return { kind: 'node', node, declaration: undefined };
}

function resolveMember(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  at: Reading,
  depth: number,
): Known | undefined {
  const name = memberName(node);
  if (name === undefined) return undefined;
  const symbol = at.checker.getSymbolAtLocation(
    ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression,
  );
  const known = symbol === undefined ? undefined : resolveSymbol(symbol, at, depth + 1);
  if (known !== undefined) return known;
  const base = resolve(node.expression, at, depth + 1);
  if (base?.kind === 'library' && base.name === '*') return { ...base, name };
  if (base?.kind === 'row') return { kind: 'column', name };
  return { kind: 'node', node, declaration: undefined };
}

/** What a symbol stands for. */
export function resolveSymbol(symbol: ts.Symbol, at: Reading, depth: number): Known | undefined {
  const bound = at.bound.get(symbol);
  if (bound !== undefined) {
    return bound.kind === 'node' && bound.declaration === undefined && ts.isExpression(bound.node)
      ? resolve(bound.node, at, depth + 1)
      : bound;
  }
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (declaration === undefined || depth > DEPTH) return undefined;
  if ((symbol.flags & ts.SymbolFlags.Alias) !== 0) return resolveAlias(symbol, declaration, at, depth);
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) {
    return declaration.initializer === undefined
      ? undefined
      : valueOf(declaration, declaration.initializer, at, depth);
  }
  if (ts.isBindingElement(declaration)) return resolveElement(declaration, at, depth);
  if (ts.isShorthandPropertyAssignment(declaration)) {
    const value = at.checker.getShorthandAssignmentValueSymbol(declaration);
    return value === undefined ? undefined : resolveSymbol(value, at, depth + 1);
  }
  if (ts.isExportAssignment(declaration)) return resolve(declaration.expression, at, depth + 1);
  if (ts.isFunctionDeclaration(declaration)) return { kind: 'node', node: declaration, declaration };
  if (ts.isSourceFile(declaration)) return undefined;
  // `exports.users = …`
  const assignment = ts.isBinaryExpression(declaration) ? declaration : declaration.parent;
  return ts.isBinaryExpression(assignment) && assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? valueOf(assignment, assignment.right, at, depth)
    : undefined;
}

/** What a variable or property holds: whatever its value stands for, or the value itself as that of `declaration`. */
function valueOf(
  declaration: ts.Node,
  initializer: ts.Expression,
  at: Reading,
  depth: number,
): Known | undefined {
  const known = resolve(initializer, at, depth + 1);
  return known?.kind === 'node' && known.declaration === undefined ? { ...known, declaration } : known;
}

/** A name that a pattern takes out of an object. */
function resolveElement(element: ts.BindingElement, at: Reading, depth: number): Known | undefined {
  const holder = element.parent.parent;
  if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined) return undefined;
  const name = (element.propertyName ?? element.name).getText();
  const base = resolve(holder.initializer, at, depth + 1);
  if (base?.kind === 'library' && base.name === '*') return { ...base, name };
  const type = at.checker.getTypeAtLocation(holder.initializer);
  const property = type.getProperty(name);
  return property === undefined ? undefined : resolveSymbol(property, at, depth + 1);
}

/** A name that is imported, or exported again. */
function resolveAlias(
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  at: Reading,
  depth: number,
): Known | undefined {
  const specifier = moduleOf(declaration);
  const name = nameInModule(declaration);
  if (specifier !== undefined && isDrizzle(specifier.text)) {
    return { kind: 'library', module: specifier.text, name };
  }
  const next = at.checker.getImmediateAliasedSymbol(symbol);
  if (next?.declarations !== undefined) return resolveSymbol(next, at, depth + 1);
  const module = specifier === undefined ? undefined : at.checker.getSymbolAtLocation(specifier);
  const library = libraryBehind(module, at, depth);
  return library === undefined ? undefined : { kind: 'library', module: library, name };
}

/** The text that names the module of an import; `const { users } = require('./schema')` in JavaScript is one, too. */
function moduleOf(declaration: ts.Declaration): ts.StringLiteralLike | undefined {
  let at: ts.Node = declaration;
  while (!ts.isImportDeclaration(at) && !ts.isExportDeclaration(at) && !ts.isVariableDeclaration(at)) {
    if (ts.isSourceFile(at)) return undefined;
    at = at.parent;
  }
  const required = ts.isVariableDeclaration(at) ? at.initializer : undefined;
  const specifier = ts.isVariableDeclaration(at)
    ? required !== undefined && ts.isCallExpression(required)
      ? required.arguments[0]
      : undefined
    : at.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier : undefined;
}

const nameInModule = (declaration: ts.Declaration): string =>
  ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration) || ts.isBindingElement(declaration)
    ? (declaration.propertyName ?? declaration.name).getText()
    : '*';

/** The module of Drizzle all of which a module of the project exports again. */
function libraryBehind(module: ts.Symbol | undefined, at: Reading, depth: number): string | undefined {
  const source = module?.valueDeclaration;
  if (source === undefined || !ts.isSourceFile(source) || depth > DEPTH) return undefined;
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
    const specifier = statement.moduleSpecifier;
    if (specifier === undefined || !ts.isStringLiteral(specifier)) continue;
    if (isDrizzle(specifier.text)) return specifier.text;
    const library = libraryBehind(at.checker.getSymbolAtLocation(specifier), at, depth + 1);
    if (library !== undefined) return library;
  }
  return undefined;
}
