/**
 * Follows names to what they stand for, and reads constants and options there, also where parameters stand for the arguments of a
 * call. For TypeORM and MikroORM, whose decorators may be given by functions of the project.
 */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../effects/symbols.ts';
import type { ColumnType } from '../schema.ts';
import { CONSTRUCTORS } from './column-types.ts';
import { isStatic, plainName, returnedBy } from './nodes.ts';

/** A value that is written out, or a name for one. */
export type Constant = string | number | boolean | null | undefined;

/** In place of what is there but cannot be read. */
export const UNREAD = Symbol('unread');

/** What a name stands for: a declaration or an expression of the project, or what a package gives. */
type Meaning = { readonly node: ts.Node } | { readonly package: string; readonly name: string };

/** The options of a call: an object that is written out, with its spreads followed. */
export class Options {
  readonly values: Values;
  /** Whether it is an object; a call may also be given none. */
  readonly isObject: boolean;
  /** Whether all of it could be read. */
  readonly isWhole: boolean;
  private readonly entries: ReadonlyMap<string, ts.Expression>;

  constructor(
    values: Values,
    entries: ReadonlyMap<string, ts.Expression>,
    isWhole: boolean,
    isObject: boolean,
  ) {
    this.values = values;
    this.entries = entries;
    this.isWhole = isWhole;
    this.isObject = isObject;
  }

  get keys(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Whether an option is given, or may be. */
  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  at(key: string): ts.Expression | undefined {
    return this.entries.get(key);
  }

  /** The value of an option: undefined where it is not given. */
  value(key: string): Constant | typeof UNREAD {
    const node = this.entries.get(key);
    if (node === undefined) return this.isWhole ? undefined : UNREAD;
    const constant = this.values.constantOf(node);
    return constant === undefined ? UNREAD : constant.value;
  }

  /** The value of an option that is a text. */
  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
}

/** Follows names to what they stand for, through imports, constants, enums, objects and parameters that are bound. */
export interface Values {
  meaningOf(node: ts.Expression): Meaning | undefined;
  /** The meaning of a node, or of what it gives where it is a function: `() => User`. */
  givenBy(node: ts.Expression): Meaning | undefined;
  constantOf(node: ts.Expression): { readonly value: Constant } | undefined;
  textOf(node: ts.Expression): string | undefined;
  /** Whether it is a text by its type. */
  isText(node: ts.Expression): boolean;
  elementsOf(node: ts.Expression): readonly ts.Expression[] | undefined;
  optionsOf(node: ts.Expression | undefined): Options;
  /** What the name of a type stands for, if it is also that of a value. */
  meaningOfName(node: ts.EntityName): Meaning | undefined;
  /** What values of a type that is written are: the compiler's `design:type`. */
  typeOf(node: ts.TypeNode): ColumnType;
  /** What a value is by its type. */
  typeOfValue(node: ts.Expression): ColumnType;
  /** The same with parameters that stand for arguments; undefined for those that are not given. */
  bound(parameters: ReadonlyMap<ts.ParameterDeclaration, ts.Expression | undefined>): Values;
}

/** How many names are followed to find what one stands for. */
const FARTHEST = 20;

type Bindings = ReadonlyMap<ts.ParameterDeclaration, ts.Expression | undefined>;

/** Makes what follows names, with the checker of a program in which packages are not entered. */
export function createValues(checker: ts.TypeChecker, bindings: Bindings = new Map()): Values {
  function meaningOf(node: ts.Expression, depth = 0): Meaning | undefined {
    const bare = bareExpression(node);
    if (depth > FARTHEST) return undefined;
    if (ts.isIdentifier(bare)) {
      const symbol = symbolAt(bare);
      return symbol === undefined ? { node: bare } : meaningOfSymbol(symbol, depth + 1);
    }
    if (isMember(bare)) return meaningOfMember(bare, depth + 1);
    const required = requiredBy(bare);
    if (required === undefined) return { node: bare };
    const module = checker.getSymbolAtLocation(required);
    if (module !== undefined) return meaningOfSymbol(module, depth + 1);
    return required.text.startsWith('.') ? undefined : { package: required.text, name: '*' };
  }

  const symbolAt = (node: ts.Identifier): ts.Symbol | undefined =>
    ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);

  function meaningOfMember(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    depth: number,
  ): Meaning | undefined {
    const at = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
    const symbol = ts.isPropertyAccessExpression(node) ? checker.getSymbolAtLocation(at) : undefined;
    const isTyped = symbol?.declarations?.some((one) => ts.isTypeElement(one)) ?? false;
    if (symbol !== undefined && !isTyped) return meaningOfSymbol(symbol, depth);
    const name = memberName(node) ?? textOf(at);
    const base = meaningOf(node.expression, depth);
    if (base === undefined || name === undefined) return undefined;
    if ('package' in base)
      return base.name === '*' || base.name === 'default' ? { ...base, name } : undefined;
    const value = ts.isExpression(base.node) ? optionsOf(base.node, depth).at(name) : undefined;
    return value === undefined ? undefined : meaningOf(value, depth);
  }

  function meaningOfSymbol(symbol: ts.Symbol, depth: number): Meaning | undefined {
    if (depth > FARTHEST) return undefined;
    if ((symbol.flags & ts.SymbolFlags.Alias) === 0) {
      const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
      return declaration === undefined ? undefined : meaningOfDeclaration(declaration, depth);
    }
    const target = checker.getAliasedSymbol(symbol);
    if ((target.declarations?.length ?? 0) > 0) return meaningOfSymbol(target, depth + 1);
    const declaration = symbol.declarations?.[0];
    return declaration === undefined ? undefined : meaningOfImport(declaration, depth + 1);
  }

  /** What an import or a re-export stands for that leads out of the project, perhaps through files of it. */
  function meaningOfImport(node: ts.Declaration, depth: number): Meaning | undefined {
    const [from, name] = importedBy(node);
    if (from === undefined || name === undefined) {
      return ts.isVariableDeclaration(node) || ts.isBindingElement(node)
        ? meaningOfDeclaration(node, depth)
        : undefined;
    }
    const module = checker.getSymbolAtLocation(from);
    if (module === undefined) return from.text.startsWith('.') ? undefined : { package: from.text, name };
    return meaningInModule(module, name, depth);
  }

  function meaningInModule(module: ts.Symbol, name: string, depth: number): Meaning | undefined {
    const exported = checker.getExportsOfModule(module).find((one) => one.name === name);
    if (exported !== undefined) return meaningOfSymbol(exported, depth + 1);
    for (const source of module.declarations ?? []) {
      if (!ts.isSourceFile(source) || depth > FARTHEST) continue;
      for (const statement of source.statements) {
        if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
        const from = statement.moduleSpecifier;
        if (from === undefined || !ts.isStringLiteral(from)) continue;
        const next = checker.getSymbolAtLocation(from);
        const found =
          next === undefined ? { package: from.text, name } : meaningInModule(next, name, depth + 1);
        if (found !== undefined && !from.text.startsWith('.')) return found;
        if (found !== undefined && next !== undefined) return found;
      }
    }
    return undefined;
  }

  function meaningOfDeclaration(node: ts.Declaration, depth: number): Meaning | undefined {
    if (ts.isVariableDeclaration(node)) {
      const { initializer } = node;
      const isFixed = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
      if (initializer === undefined) return { node };
      return isFixed || isRequired(initializer) ? meaningOf(initializer, depth + 1) : undefined;
    }
    if (ts.isBindingElement(node)) return meaningOfElement(node, depth + 1);
    if (ts.isParameter(node)) {
      const value = bindings.get(node) ?? (bindings.has(node) ? node.initializer : undefined);
      return value === undefined ? { node } : meaningOf(value, depth + 1);
    }
    if (ts.isPropertyAssignment(node)) return meaningOf(node.initializer, depth + 1);
    if (ts.isShorthandPropertyAssignment(node)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(node);
      return symbol === undefined ? undefined : meaningOfSymbol(symbol, depth + 1);
    }
    if (ts.isPropertyDeclaration(node))
      return node.initializer === undefined || !isStatic(node)
        ? undefined
        : meaningOf(node.initializer, depth + 1);
    if (ts.isExportAssignment(node)) return meaningOf(node.expression, depth + 1);
    if (ts.isBinaryExpression(node)) return meaningOf(node.right, depth + 1);
    if (isMember(node) && ts.isBinaryExpression(node.parent)) return meaningOf(node.parent.right, depth + 1);
    if (ts.isSourceFile(node)) {
      const exported = exportedBy(node);
      return exported === undefined ? { node } : meaningOf(exported, depth + 1);
    }
    return { node };
  }

  /** `{ User }` of `const { User } = require('./models')`. */
  function meaningOfElement(node: ts.BindingElement, depth: number): Meaning | undefined {
    const { parent } = node.parent;
    if (!ts.isObjectBindingPattern(node.parent) || !ts.isVariableDeclaration(parent)) return undefined;
    const key = node.propertyName ?? node.name;
    if (!ts.isIdentifier(key) || node.dotDotDotToken !== undefined || parent.initializer === undefined)
      return undefined;
    const base = meaningOf(parent.initializer, depth);
    if (base === undefined) return undefined;
    if ('package' in base) return base.name === '*' ? { ...base, name: key.text } : undefined;
    const value = ts.isExpression(base.node) ? optionsOf(base.node, depth).at(key.text) : undefined;
    return value === undefined ? undefined : meaningOf(value, depth);
  }

  function givenBy(node: ts.Expression): Meaning | undefined {
    const meaning = meaningOf(node);
    const returned = meaning !== undefined && 'node' in meaning ? returnedBy(meaning.node) : undefined;
    return returned === undefined ? meaning : meaningOf(returned);
  }

  function constantOf(node: ts.Expression, depth = 0): { readonly value: Constant } | undefined {
    const meaning = meaningOf(node, depth);
    if (meaning === undefined || 'package' in meaning) return undefined;
    const { node: at } = meaning;
    if (ts.isStringLiteralLike(at)) return { value: at.text };
    if (ts.isNumericLiteral(at)) return { value: Number(at.text) };
    if (at.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
    if (at.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
    if (at.kind === ts.SyntaxKind.NullKeyword) return { value: null };
    if (ts.isIdentifier(at) && at.text === 'undefined') return { value: undefined };
    if (ts.isParameter(at) && bindings.has(at)) return { value: undefined };
    if (ts.isEnumMember(at)) return { value: checker.getConstantValue(at) };
    if (ts.isTemplateExpression(at))
      return concatenated(
        [at.head.text, ...at.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text])],
        depth,
      );
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return concatenated([at.left, at.right], depth);
    return undefined;
  }

  /** Texts one after the other; numbers alone are not added up. */
  function concatenated(
    parts: readonly (string | ts.Expression)[],
    depth: number,
  ): { readonly value: string } | undefined {
    const values = parts.map((one) => (typeof one === 'string' ? one : constantOf(one, depth + 1)?.value));
    const isKnown = values.every((one) => typeof one === 'string' || typeof one === 'number');
    return isKnown && values.some((one) => typeof one === 'string') ? { value: values.join('') } : undefined;
  }

  function textOf(node: ts.Expression): string | undefined {
    const value = constantOf(node)?.value;
    return typeof value === 'string' ? value : undefined;
  }

  function isText(node: ts.Expression): boolean {
    return textOf(node) !== undefined || kindOf(checker.getTypeAtLocation(node)) === 'string';
  }

  function elementsOf(node: ts.Expression, depth = 0): readonly ts.Expression[] | undefined {
    const meaning = meaningOf(node, depth);
    if (meaning === undefined || 'package' in meaning || !ts.isArrayLiteralExpression(meaning.node))
      return undefined;
    const all = meaning.node.elements.map((one) =>
      ts.isSpreadElement(one) ? elementsOf(one.expression, depth + 1) : [one],
    );
    return all.every((one) => one !== undefined) ? all.flat() : undefined;
  }

  function optionsOf(node: ts.Expression | undefined, depth = 0): Options {
    const entries = new Map<string, ts.Expression>();
    const meaning = node && meaningOf(node, depth);
    if (node === undefined || (meaning !== undefined && 'node' in meaning && isAbsent(meaning.node)))
      return new Options(self, entries, true, false);
    if (meaning === undefined || 'package' in meaning || !ts.isObjectLiteralExpression(meaning.node))
      return new Options(self, entries, false, false);
    let isWhole = true;
    for (const property of meaning.node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = optionsOf(property.expression, depth + 1);
        // What is spread and not known may replace what comes before it.
        if (!spread.isWhole) entries.clear();
        isWhole &&= spread.isWhole;
        for (const key of spread.keys) setEntry(entries, key, spread.at(key));
        continue;
      }
      const name = propertyNameOf(property.name, self);
      if (name === undefined) isWhole = false;
      else setEntry(entries, name, valueOfProperty(property));
      if (name !== undefined && !entries.has(name)) isWhole = false;
    }
    return new Options(self, entries, isWhole, true);
  }

  const isAbsent = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isParameter(node) && bindings.has(node));

  const self: Values = {
    meaningOf: (node) => meaningOf(node),
    givenBy,
    constantOf: (node) => constantOf(node),
    textOf,
    isText,
    elementsOf: (node) => elementsOf(node),
    optionsOf: (node) => optionsOf(node),
    typeOf: (node) => CONSTRUCTORS[node.getText()] ?? kindOf(checker.getTypeFromTypeNode(node)),
    typeOfValue: (node) => kindOf(checker.getTypeAtLocation(node)),
    meaningOfName: (node) => {
      const symbol = checker.getSymbolAtLocation(node);
      return symbol === undefined ? undefined : meaningOfSymbol(symbol, 0);
    },
    bound: (parameters) => createValues(checker, new Map([...bindings, ...parameters])),
  };
  return self;
}

function setEntry(entries: Map<string, ts.Expression>, key: string, value: ts.Expression | undefined): void {
  entries.delete(key);
  if (value !== undefined) entries.set(key, value);
}

/** The value of a property of an object; undefined for accessors and methods. */
function valueOfProperty(node: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(node)) return node.initializer;
  return ts.isShorthandPropertyAssignment(node) ? node.name : undefined;
}

function kindOf(type: ts.Type): ColumnType {
  const kinds = new Set((type.isUnion() ? type.types : [type]).map(kindOfOne));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : 'unknown';
}

function kindOfOne(type: ts.Type): ColumnType {
  if ((type.flags & ts.TypeFlags.StringLike) !== 0) return 'string';
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return 'integer';
  if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return 'boolean';
  if ((type.flags & ts.TypeFlags.BigIntLike) !== 0) return 'bigint';
  return type.symbol?.name === 'Date' ? 'date' : 'unknown';
}

/** The name of a property, where it is written out or a constant. */
export function propertyNameOf(name: ts.PropertyName | undefined, values: Values): string | undefined {
  if (name === undefined) return undefined;
  return ts.isComputedPropertyName(name) ? values.textOf(name.expression) : plainName(name);
}

/** The module that `require('./user')` loads. */
function requiredBy(node: ts.Node): ts.StringLiteralLike | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const [from] = node.arguments;
  return node.expression.text === 'require' && from !== undefined && ts.isStringLiteralLike(from)
    ? from
    : undefined;
}

const isRequired = (node: ts.Expression): boolean => {
  const bare = bareExpression(node);
  return (
    requiredBy(bare) !== undefined ||
    (isMember(bare) && requiredBy(bareExpression(bare.expression)) !== undefined)
  );
};

/** The module that an import or re-export is from, and the name that it has there. */
function importedBy(node: ts.Declaration): readonly [from?: ts.StringLiteral | undefined, name?: string] {
  if (ts.isImportSpecifier(node))
    return [specifierOf(node.parent.parent.parent), (node.propertyName ?? node.name).text];
  if (ts.isImportClause(node)) return [specifierOf(node.parent), 'default'];
  if (ts.isNamespaceImport(node)) return [specifierOf(node.parent.parent), '*'];
  if (ts.isNamespaceExport(node)) return [specifierOf(node.parent), '*'];
  if (ts.isExportSpecifier(node))
    return [specifierOf(node.parent.parent), (node.propertyName ?? node.name).text];
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const { expression } = node.moduleReference;
    return ts.isStringLiteral(expression) ? [expression, '*'] : [];
  }
  return [];
}

const specifierOf = (node: ts.Node): ts.StringLiteral | undefined =>
  (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
  node.moduleSpecifier !== undefined &&
  ts.isStringLiteral(node.moduleSpecifier)
    ? node.moduleSpecifier
    : undefined;

/** What a CommonJS file exports as a whole: `module.exports = …`. */
function exportedBy(source: ts.SourceFile): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (left.getText() === 'module.exports') return right;
  }
  return undefined;
}
