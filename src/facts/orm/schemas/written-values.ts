/**
 * Follows expressions through names and calls to the nodes that are written at their end, and reads texts, flags and objects there.
 * For Sequelize and Objection, which are known by the shape of what is written and not by imports.
 */

import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode, isMember, memberName } from '../../effects/symbols.ts';
import { baseOf, isAssigned, plainName, shortText } from './nodes.ts';

/** The value of something that is written but cannot be read. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** What is written: undefined where nothing is, `UNKNOWN` where it cannot be read. */
export type Written<T> = T | undefined | typeof UNKNOWN;

/** The value of a member of an object literal. */
export type MemberValue = ts.Expression | ts.MethodDeclaration | ts.AccessorDeclaration;

/** The members of an object, and what of it could not be read, one clause each. */
export interface Members {
  readonly of: ReadonlyMap<string, MemberValue>;
  readonly unread: readonly string[];
}

/** Of an object that is not there. */
export const NO_MEMBERS: Members = { of: new Map(), unread: [] };

/** Follows names, members and calls of the project's own functions to what they stand for, in all files. */
export class WrittenValues {
  private readonly checker: ts.TypeChecker;
  private readonly changed = new Map<ts.SourceFile, Changes>();

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** Where an expression or a declaration leads: a literal, a class, a function, or the last node that says nothing more. */
  follow(node: ts.Node): ts.Node {
    const seen = new Set<ts.Node>();
    let at = node;
    while (!seen.has(at)) {
      seen.add(at);
      const next = this.step(at);
      if (next === undefined) return at;
      at = next;
    }
    return node;
  }

  /** One step on the way that `follow` goes; undefined at its end. */
  step(node: ts.Node): ts.Node | undefined {
    if (ts.isExpression(node)) {
      const bare = bareExpression(node);
      if (bare !== node) return bare;
    }
    if (ts.isIdentifier(node)) return this.declared(node);
    if (isMember(node)) return this.member(node);
    if (ts.isCallExpression(node)) return this.required(node) ?? this.returned(node.expression);
    if (ts.isVariableDeclaration(node)) return this.isConstant(node) ? node.initializer : undefined;
    if (ts.isBindingElement(node)) return this.taken(node);
    if (ts.isExportAssignment(node)) return node.expression;
    if (ts.isPropertyAssignment(node) || ts.isEnumMember(node)) return node.initializer;
    if (ts.isShorthandPropertyAssignment(node)) return this.declared(node.name);
    if (isAssigned(node)) return node.right;
    if (ts.isPropertyDeclaration(node)) return node.initializer;
    return ts.isGetAccessor(node) ? this.result(node) : undefined;
  }

  /** A text that is written out, or a constant. */
  text(node: MemberValue | undefined): Written<string> {
    if (node === undefined) return undefined;
    const found = this.follow(node);
    if (ts.isStringLiteralLike(found)) return found.text;
    return isUndefined(found) ? undefined : UNKNOWN;
  }

  /** The texts that an expression can be: one, or all of the list that a loop or `forEach` goes through. */
  texts(node: ts.Node): readonly string[] | undefined {
    const found = this.follow(node);
    if (ts.isStringLiteralLike(found)) return [found.text];
    const list = listGoneThrough(found);
    const texts = list === undefined ? undefined : this.elements(list)?.map((one) => this.text(one));
    return texts?.every((one) => typeof one === 'string') === true ? texts : undefined;
  }

  /** A flag that is written out, or a constant; null is false. */
  flag(node: MemberValue | undefined): Written<boolean> {
    if (node === undefined) return undefined;
    const found = this.follow(node);
    if (found.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (found.kind === ts.SyntaxKind.FalseKeyword || found.kind === ts.SyntaxKind.NullKeyword) return false;
    return isUndefined(found) ? undefined : UNKNOWN;
  }

  /** The elements of a list that is written out. */
  elements(node: ts.Node): readonly ts.Expression[] | undefined {
    const found = this.follow(node);
    return ts.isArrayLiteralExpression(found) && !found.elements.some((one) => ts.isSpreadElement(one))
      ? found.elements
      : undefined;
  }

  /** The members of an object that is written out; undefined where there is none. */
  members(node: ts.Node): Members | undefined {
    const found = this.follow(node);
    if (ts.isObjectLiteralExpression(found)) return this.withAdded(found);
    if (!ts.isCallExpression(found)) return undefined;
    const callee = found.expression.getText();
    const [first, ...rest] = found.arguments;
    if (callee === 'Object.freeze' && first !== undefined) return this.members(first);
    if (callee !== 'Object.assign' || first === undefined) return undefined;
    return this.merged([first, ...rest]);
  }

  /** The function that an expression stands for. */
  function(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
    const found = this.follow(node);
    return isFunctionNode(found) ? found : undefined;
  }

  /** What a function always gives. */
  result(node: ts.FunctionLikeDeclaration): ts.Expression | undefined {
    if (node.body === undefined) return undefined;
    if (!ts.isBlock(node.body)) return node.body;
    const returned = returnsOf(node.body);
    const [only] = returned;
    return returned.length === 1 ? only : undefined;
  }

  /** The class whose constructor a value is by its type: `user: typeof User`. */
  classByType(node: ts.Node): ts.ClassLikeDeclaration | undefined {
    const type = this.checker.getTypeAtLocation(node);
    const declaration = type.getSymbol()?.valueDeclaration;
    return declaration !== undefined &&
      ts.isClassLike(declaration) &&
      type.getConstructSignatures().length > 0
      ? declaration
      : undefined;
  }

  /** The class of the project that a class extends, or the expression that stands for another one. */
  baseOf(node: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration | ts.Expression | undefined {
    const base = baseOf(node);
    if (base === undefined) return undefined;
    const found = this.follow(base);
    return ts.isClassLike(found) ? found : base;
  }

  /** A class and the classes of the project above it, the nearest first. */
  lineage(node: ts.ClassLikeDeclaration): readonly ts.ClassLikeDeclaration[] {
    const line = [node];
    for (let at = this.baseOf(node); at !== undefined && ts.isClassLike(at); at = this.baseOf(at)) {
      if (line.includes(at)) break;
      line.push(at);
    }
    return line;
  }

  /** Whether an import leads to a file of the project. */
  isOwnModule(specifier: ts.Expression): boolean {
    return (
      (ts.isStringLiteralLike(specifier) && specifier.text.startsWith('.')) ||
      this.checker.getSymbolAtLocation(specifier) !== undefined
    );
  }

  private declared(node: ts.Identifier): ts.Node | undefined {
    const symbol =
      ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
        ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
        : this.checker.getSymbolAtLocation(node);
    return symbol === undefined ? undefined : this.declarationOf(symbol);
  }

  private declarationOf(symbol: ts.Symbol): ts.Node | undefined {
    const target =
      (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol);
    const [first] = target.declarations ?? symbol.declarations ?? [];
    const declaration = target.valueDeclaration ?? first;
    if (declaration === undefined || isSignature(declaration)) return undefined;
    // `db.User = …` in more than one place.
    if (isMember(declaration) || ts.isIdentifier(declaration) || ts.isBinaryExpression(declaration)) {
      if ((target.declarations?.length ?? 0) > 1) return undefined;
      const assignment = ts.isBinaryExpression(declaration) ? declaration : declaration.parent;
      return isAssigned(assignment) ? assignment.right : undefined;
    }
    return declaration;
  }

  private member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): ts.Node | undefined {
    const name = memberName(node);
    if (name === undefined) return undefined;
    const symbol = this.checker.getSymbolAtLocation(
      ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression,
    );
    return (
      (symbol === undefined ? undefined : this.declarationOf(symbol)) ?? this.memberOf(node.expression, name)
    );
  }

  private memberOf(owner: ts.Expression, name: string): ts.Node | undefined {
    const found = this.follow(owner);
    if (ts.isSourceFile(found)) {
      const module = this.checker.getSymbolAtLocation(found);
      const symbol =
        module === undefined
          ? undefined
          : this.checker.getExportsOfModule(module).find((one) => one.name === name);
      return symbol === undefined ? undefined : this.declarationOf(symbol);
    }
    return ts.isObjectLiteralExpression(found) ? this.membersOfLiteral(found).of.get(name) : undefined;
  }

  /** What a pattern takes out of an object. */
  private taken(node: ts.BindingElement): ts.Node | undefined {
    const name = node.propertyName ?? node.name;
    const pattern = node.parent;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isIdentifier(name) || node.dotDotDotToken !== undefined)
      return undefined;
    const initializer = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
    return initializer === undefined ? undefined : this.memberOf(initializer, name.text);
  }

  /** What `require('./file')` gives. */
  private required(node: ts.CallExpression): ts.Node | undefined {
    const [specifier] = node.arguments;
    if (!ts.isIdentifier(node.expression) || node.expression.text !== 'require' || specifier === undefined)
      return undefined;
    const module = this.checker.getSymbolAtLocation(specifier);
    if (module === undefined) return undefined;
    const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
    return this.declarationOf(whole ?? module);
  }

  private returned(callee: ts.Expression): ts.Node | undefined {
    const called = this.function(callee);
    return called === undefined ? undefined : this.result(called);
  }

  private isConstant(node: ts.VariableDeclaration): boolean {
    if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0) return true;
    return ts.isIdentifier(node.name) && !this.changesIn(node).assigned.has(node.name.text);
  }

  private changesIn(node: ts.Node): Changes {
    const source = node.getSourceFile();
    const changes = this.changed.get(source) ?? changesIn(source);
    this.changed.set(source, changes);
    return changes;
  }

  /** The members of a literal, where those may not be all: `options.paranoid = true` comes later. */
  private withAdded(node: ts.ObjectLiteralExpression): Members {
    const members = this.membersOfLiteral(node);
    const name = ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
    return name !== undefined && this.changesIn(node).added.has(name)
      ? { ...members, unread: [...members.unread, `what is added to \`${name}\``] }
      : members;
  }

  private membersOfLiteral(node: ts.ObjectLiteralExpression): Members {
    const of = new Map<string, MemberValue>();
    const unread: string[] = [];
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.members(property.expression);
        if (spread === undefined) unread.push(`\`${shortText(property)}\``);
        for (const [name, value] of spread?.of ?? []) of.set(name, value);
        unread.push(...(spread?.unread ?? []));
        continue;
      }
      const name = this.nameOf(property.name);
      if (name === undefined) unread.push(`the computed name \`${shortText(property.name)}\``);
      else if (ts.isPropertyAssignment(property)) of.set(name, property.initializer);
      else if (ts.isShorthandPropertyAssignment(property)) of.set(name, property.name);
      else of.set(name, property);
    }
    return { of, unread };
  }

  private nameOf(name: ts.PropertyName): string | undefined {
    if (!ts.isComputedPropertyName(name)) return plainName(name);
    const text = this.text(name.expression);
    return typeof text === 'string' ? text : undefined;
  }

  private merged(parts: readonly ts.Expression[]): Members {
    const of = new Map<string, MemberValue>();
    const unread: string[] = [];
    for (const part of parts) {
      const members = this.members(part);
      if (members === undefined) unread.push(`\`${shortText(part)}\``);
      for (const [name, value] of members?.of ?? []) of.set(name, value);
      unread.push(...(members?.unread ?? []));
    }
    return { of, unread };
  }
}

/** The list whose elements a variable of a loop, or the parameter of a function for `forEach`, stands for. */
function listGoneThrough(node: ts.Node): ts.Expression | undefined {
  if (ts.isParameter(node) && node.parent.parameters[0] === node) {
    const call = node.parent.parent;
    const callee = ts.isCallExpression(call) ? bareExpression(call.expression) : undefined;
    return callee !== undefined && isMember(callee) && memberName(callee) === 'forEach'
      ? callee.expression
      : undefined;
  }
  const loop = ts.isVariableDeclaration(node) ? node.parent.parent : undefined;
  return loop !== undefined && ts.isForOfStatement(loop) ? loop.expression : undefined;
}

/** Whether an expression is the word `undefined`. */
export const isUndefined = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'undefined';

/** Whether a declaration only tells of a type. */
const isSignature = (node: ts.Node): boolean =>
  ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isInterfaceDeclaration(node);

/** The expressions that a function's own `return`s give. */
function returnsOf(body: ts.Block): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

/** What a file changes after its declaration, by the names of variables. */
interface Changes {
  readonly assigned: ReadonlySet<string>;
  /** Those whose members are assigned. */
  readonly added: ReadonlySet<string>;
}

function changesIn(source: ts.SourceFile): Changes {
  const assigned = new Set<string>();
  const added = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (isAssigned(node)) {
      const { left } = node;
      if (ts.isIdentifier(left)) assigned.add(left.text);
      else if (isMember(left) && ts.isIdentifier(left.expression)) added.add(left.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { assigned, added };
}
