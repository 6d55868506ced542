import { pluralize, singularize, underscore } from 'inflection';
import { ts } from 'ts-morph';
import type { Site } from '../../evidence.ts';
import {
  bareExpression,
  classAround,
  functionAround,
  isFunctionNode,
  isMember,
  memberName,
} from '../effects/symbols.ts';
import type { Column, ColumnType, Model, Relation } from './schema.ts';

/**
 * The models that `sources` declare for Sequelize and sequelize-typescript: with `define`, `init` or `@Table`, with the relations that
 * are set up anywhere in the sources. Defaults are those of version 6. Options of the connection hold for all models; where no
 * connection is among the sources, it is taken to have none.
 * Sources: https://sequelize.org/docs/v6/core-concepts/model-basics/, https://sequelize.org/docs/v6/core-concepts/assocs/
 */
export function readSequelizeModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const files = sources.filter(({ text }) => MENTION.test(text));
  if (!files.some(({ text }) => PACKAGE.test(text))) return [];
  const values = new Values(checker);
  const found = findSites(files);
  const connections = new Connections(found, values);
  const catalog = new Catalog(values);
  for (const site of found.declarations) catalog.declare(site, connections);
  for (const node of found.decorated) catalog.declareDecorated(node, connections);
  catalog.bind(found.bindings);
  for (const call of found.calls) applyCall(call, catalog, values);
  const associations = [
    ...found.associations.flatMap((call) => associationOf(call, catalog, values) ?? []),
    ...catalog.drafts.flatMap((draft) => decoratedAssociations(draft, catalog, values)),
  ];
  const relations = relate(associations, catalog);
  return catalog.drafts.map((draft) => modelOf(draft, relations.get(draft) ?? [], values));
}

const PACKAGE = /['"](?:sequelize|sequelize-typescript|@nestjs\/sequelize)['"]|\bsequelize\b.*\bDataTypes\b/i;
const MENTION =
  /sequelize|\bDataTypes?\b|\.(?:hasMany|hasOne|belongsTo|belongsToMany|addHook|addScope|removeAttribute)\(/i;

// ---------------------------------------------------------------------------------------------------------------------------------
// What expressions stand for

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

const NO_MEMBERS: Members = { of: new Map(), unread: [] };

/** The text of a node on one line, shortened. */
export function shown(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The place of a node, as a person opens it. */
export function siteOf(node: ts.Node): Site {
  const source = node.getSourceFile();
  return {
    path: source.fileName,
    line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
  };
}

/** The name of a property where it is written plainly. */
const plainName = (name: ts.PropertyName): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;

const isAssigned = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Follows names, members and calls of the project's own functions to what they stand for, in all files. */
export class Values {
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
    const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    if (base === undefined) return undefined;
    const found = this.follow(base.expression);
    return ts.isClassLike(found) ? found : base.expression;
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
        if (spread === undefined) unread.push(`\`${shown(property)}\``);
        for (const [name, value] of spread?.of ?? []) of.set(name, value);
        unread.push(...(spread?.unread ?? []));
        continue;
      }
      const name = this.nameOf(property.name);
      if (name === undefined) unread.push(`the computed name \`${shown(property.name)}\``);
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
      if (members === undefined) unread.push(`\`${shown(part)}\``);
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

const isUndefined = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'undefined';

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

// ---------------------------------------------------------------------------------------------------------------------------------
// Finding the places

/** A call that declares a model. */
interface Declaration {
  readonly kind: 'define' | 'init';
  readonly call: ts.CallExpression;
  /** What `define` or `init` is called on. */
  readonly receiver: ts.Expression;
}

/** A name that an object gives to a value: `db.users = …`, `{ users: … }`. */
interface Binding {
  readonly key: string;
  readonly value: ts.Expression;
}

interface Sites {
  readonly declarations: readonly Declaration[];
  readonly decorated: readonly ts.ClassLikeDeclaration[];
  readonly associations: readonly ts.CallExpression[];
  /** Calls that change a model after it is declared: hooks, scopes, `removeAttribute`. */
  readonly calls: readonly ts.CallExpression[];
  readonly bindings: readonly Binding[];
  /** What a connection is made by. */
  readonly connections: readonly (ts.NewExpression | ts.CallExpression)[];
}

const ASSOCIATES = /^(?:hasMany|hasOne|belongsTo|belongsToMany)$/;

/** Hooks that run for models. Source: https://sequelize.org/docs/v6/other-topics/hooks/ */
const HOOK =
  /^(?:(?:before|after)(?:Validate|Create|Destroy|Restore|Update|Save|Upsert|BulkCreate|BulkDestroy|BulkRestore|BulkUpdate|Find|Sync|BulkSync|Associate|Query)|validationFailed|beforeFindAfterExpandIncludeAll|beforeFindAfterOptions|beforeCount)$/;

/** Hooks of a connection that may change what is declared. */
const DECLARATION_HOOK = /^before(?:Define|Init)$/;

const isChange = (name: string): boolean =>
  /^(?:addHook|hook|addScope|removeAttribute)$/.test(name) || HOOK.test(name) || DECLARATION_HOOK.test(name);

function findSites(files: readonly ts.SourceFile[]): Sites {
  const declarations: Declaration[] = [];
  const decorated: ts.ClassLikeDeclaration[] = [];
  const associations: ts.CallExpression[] = [];
  const calls: ts.CallExpression[] = [];
  const bindings: Binding[] = [];
  const connections: (ts.NewExpression | ts.CallExpression)[] = [];
  const visitCall = (node: ts.CallExpression): void => {
    const callee = bareExpression(node.expression);
    if (!isMember(callee)) return;
    const name = memberName(callee) ?? '';
    const receiver = callee.expression;
    if ((name === 'define' || name === 'init') && node.arguments.length >= 2)
      declarations.push({ kind: name, call: node, receiver });
    if (ASSOCIATES.test(name) && node.arguments.length > 0) associations.push(node);
    if (isChange(name)) calls.push(node);
    if (/^SequelizeModule\.forRoot(?:Async)?$/.test(callee.getText())) connections.push(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) visitCall(node);
    else if (ts.isNewExpression(node) && /(?:^|\.)Sequelize$/.test(node.expression.getText()))
      connections.push(node);
    else if (ts.isClassLike(node) && decoratorsOf(node).some(({ name }) => name === 'Table'))
      decorated.push(node);
    bindings.push(...bindingsAt(node));
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return { declarations, decorated, associations, calls, bindings, connections };
}

function bindingsAt(node: ts.Node): readonly Binding[] {
  if (isAssigned(node) && isMember(node.left)) {
    const key = memberName(node.left);
    return key === undefined ? [] : [{ key, value: node.right }];
  }
  if (!ts.isObjectLiteralExpression(node) || !isContainer(node)) return [];
  return node.properties.flatMap((one) => {
    const key = one.name === undefined ? undefined : plainName(one.name);
    if (key === undefined) return [];
    if (ts.isPropertyAssignment(one)) return [{ key, value: one.initializer }];
    return ts.isShorthandPropertyAssignment(one) ? [{ key, value: one.name }] : [];
  });
}

/** Whether an object is kept by a name, exported or returned, as collections of models are. */
function isContainer(node: ts.ObjectLiteralExpression): boolean {
  let at: ts.Node = node.parent;
  while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at))
    at = at.parent;
  return (
    ts.isVariableDeclaration(at) || ts.isExportAssignment(at) || ts.isReturnStatement(at) || isAssigned(at)
  );
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Decorators

interface Decorator {
  readonly name: string;
  /** Undefined where it stands without parentheses. */
  readonly args: readonly ts.Expression[] | undefined;
  readonly expression: ts.Expression;
}

function decoratorsOf(node: ts.Node): readonly Decorator[] {
  const all = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return all.map(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return {
      name: isMember(callee) ? (memberName(callee) ?? '') : callee.getText(),
      args: ts.isCallExpression(expression) ? expression.arguments : undefined,
      expression,
    };
  });
}

const isStatic = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

// ---------------------------------------------------------------------------------------------------------------------------------
// Options of a model and of its connection

/** What the options of a model say; those of the connection are in them. */
interface Options {
  readonly table: string | undefined;
  readonly isTableFrozen: boolean;
  readonly isUnderscored: boolean;
  readonly hasTimestamps: boolean;
  /** The names of the columns; undefined where there is none. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly deletedAt: string | undefined;
  readonly isParanoid: boolean;
  readonly version: string | undefined;
  readonly singular: string;
  readonly plural: string;
  readonly hooks: readonly string[];
  readonly defaultScope: ts.Expression | undefined;
  readonly indexes: readonly Index[];
  readonly getters: readonly string[];
  readonly unread: readonly string[];
}

/** What a connection says of all its models. */
interface Defaults {
  readonly members: ReadonlyMap<string, MemberValue>;
  readonly hooks: readonly string[];
  readonly unread: readonly string[];
}

const NO_DEFAULTS: Defaults = { members: new Map(), hooks: [], unread: [] };

/** The connections of the project, and what they say of their models. */
class Connections {
  private readonly values: Values;
  private readonly defaults = new Map<ts.Node, Defaults>();

  constructor(found: Sites, values: Values) {
    this.values = values;
    for (const node of found.connections) this.defaults.set(node, this.read(node));
  }

  /** What holds for a model that is declared with the connection: that one where it is found, else what all say. */
  of(connection: ts.Node | undefined): Defaults {
    const own = connection === undefined ? undefined : this.defaults.get(this.values.follow(connection));
    if (own !== undefined) return own;
    const [first = NO_DEFAULTS, ...rest] = this.defaults.values();
    if (rest.every((other) => sameDefaults(first, other))) return first;
    return {
      ...NO_DEFAULTS,
      unread: ['options of its connection: there are several, and which one it belongs to is not known'],
    };
  }

  private read(node: ts.NewExpression | ts.CallExpression): Defaults {
    const last = node.arguments?.at(-1);
    if (last === undefined || typeof this.values.text(last) === 'string') return NO_DEFAULTS;
    const { path, line } = siteOf(node);
    const unread = `options of its connection, made in line ${line} of ${path.slice(path.lastIndexOf('/') + 1)}`;
    const whole = this.values.members(last);
    if (whole === undefined) {
      // `new Sequelize(process.env.DATABASE_URL)`
      return node.arguments?.length === 1 && /\b(?:ur[il]|\w*_UR[IL])\b/i.test(last.getText())
        ? NO_DEFAULTS
        : { ...NO_DEFAULTS, unread: [unread] };
    }
    const options = this.fromFactory(whole) ?? whole;
    const define = options.of.get('define');
    const members = define === undefined ? NO_MEMBERS : this.values.members(define);
    const hooks = options.of.get('hooks');
    const hooked = hooks === undefined ? NO_MEMBERS : this.values.members(hooks);
    const isRead =
      options.unread.length + (members?.unread.length ?? 1) + (hooked?.unread.length ?? 1) === 0 &&
      !options.of.has('useClass');
    return {
      members: members?.of ?? new Map(),
      hooks: [...(hooked?.of.keys() ?? [])].filter((one) => HOOK.test(one)),
      unread: isRead ? [] : [unread],
    };
  }

  /** The options that `useFactory` gives. */
  private fromFactory({ of }: Members): Members | undefined {
    const factory = of.get('useFactory');
    const made = factory === undefined ? undefined : this.values.function(factory);
    const given = made === undefined ? undefined : this.values.result(made);
    if (factory === undefined) return undefined;
    return (
      (given === undefined ? undefined : this.values.members(given)) ?? {
        ...NO_MEMBERS,
        unread: ['the options that a factory gives'],
      }
    );
  }
}

function sameDefaults(one: Defaults, other: Defaults): boolean {
  const asText = ({ members, hooks, unread }: Defaults): string =>
    JSON.stringify([[...members].map(([name, value]) => [name, value.getText()]), hooks, unread]);
  return asText(one) === asText(other);
}

/** Reads one option after the other, and notes those that cannot be read. */
class OptionReader {
  readonly unread: string[] = [];
  private readonly values: Values;
  private readonly own: ReadonlyMap<string, MemberValue>;
  private readonly defaults: ReadonlyMap<string, MemberValue>;

  constructor(values: Values, own: Members, defaults: Defaults) {
    this.values = values;
    this.own = own.of;
    this.defaults = defaults.members;
    this.unread.push(...own.unread.map((one) => `options from ${one}`), ...defaults.unread);
  }

  node(name: string): MemberValue | undefined {
    return this.own.get(name) ?? this.defaults.get(name);
  }

  nodes(name: string): readonly MemberValue[] {
    return [this.own.get(name), this.defaults.get(name)].filter((one) => one !== undefined);
  }

  flag(name: string, otherwise: boolean): boolean {
    const flag = this.values.flag(this.node(name));
    if (flag === UNKNOWN) this.unread.push(`the option \`${name}\``);
    return typeof flag === 'boolean' ? flag : otherwise;
  }

  text(name: string): string | undefined {
    const text = this.values.text(this.node(name));
    if (text === UNKNOWN) this.unread.push(`the option \`${name}\``);
    return typeof text === 'string' ? text : undefined;
  }

  /** The name of a column that an option can rename, or switch off. */
  column(name: string, otherwise: string | undefined): string | undefined {
    const node = this.node(name);
    const flag = this.values.flag(node);
    if (typeof flag === 'boolean') return flag ? (otherwise ?? name) : undefined;
    return this.text(name) ?? otherwise;
  }

  members(name: string): Members {
    const found = this.nodes(name).map((one) => this.values.members(one));
    if (found.includes(undefined)) this.unread.push(`the option \`${name}\``);
    const of = new Map(found.toReversed().flatMap((one) => [...(one?.of ?? [])]));
    const unread = found.flatMap((one) => one?.unread ?? []);
    this.unread.push(...unread.map((one) => `${name} from ${one}`));
    return { of, unread };
  }
}

function optionsOf(name: string, own: Members, defaults: Defaults, values: Values): Options {
  const reader = new OptionReader(values, own, defaults);
  const names = reader.members('name').of;
  const scope = reader.node('defaultScope');
  const singular = values.text(names.get('singular'));
  const plural = values.text(names.get('plural'));
  if (singular === UNKNOWN || plural === UNKNOWN) reader.unread.push('the option `name`');
  return {
    table: reader.text('tableName'),
    isTableFrozen: reader.flag('freezeTableName', false),
    isUnderscored: reader.flag('underscored', false),
    hasTimestamps: reader.flag('timestamps', true),
    createdAt: reader.column('createdAt', 'createdAt'),
    updatedAt: reader.column('updatedAt', 'updatedAt'),
    deletedAt: reader.column('deletedAt', 'deletedAt'),
    isParanoid: reader.flag('paranoid', false),
    version: reader.column('version', undefined),
    singular: typeof singular === 'string' ? singular : singularize(name),
    plural: typeof plural === 'string' ? plural : pluralize(name),
    hooks: [...new Set([...reader.members('hooks').of.keys(), ...defaults.hooks])],
    defaultScope: scope !== undefined && ts.isExpression(scope) ? scope : undefined,
    indexes: reader.nodes('indexes').flatMap((one) => indexesOf(one, values, reader.unread)),
    getters: [...reader.members('getterMethods').of.keys()],
    unread: reader.unread,
  };
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Attributes

/** A column, or what only looks like one, while the model is put together. */
interface Attribute {
  readonly name: string;
  /** The name in the database, where it is written. */
  readonly field: string | undefined;
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isVirtual: boolean;
  /** Whether a function computes what code sees of it. */
  readonly hasGetter: boolean;
  /** As it is written; undefined where it is not, or cannot be read. */
  readonly allowsNull: Written<boolean>;
  readonly isPrimaryKey: boolean;
  /** Attributes of one name are unique together. */
  readonly unique: string | undefined;
  /** Whether it is the `id` that a model without primary key is given. */
  readonly isGenerated: boolean;
}

const TYPES: Readonly<Record<string, ColumnType>> = {
  STRING: 'string',
  CHAR: 'string',
  TEXT: 'string',
  CITEXT: 'string',
  TSVECTOR: 'string',
  INET: 'string',
  CIDR: 'string',
  MACADDR: 'string',
  TIME: 'string',
  // Without a time it is a text: '2020-01-31'.
  DATEONLY: 'string',
  DATE: 'date',
  NOW: 'date',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  MEDIUMINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  DECIMAL: 'decimal',
  NUMERIC: 'decimal',
  FLOAT: 'float',
  REAL: 'float',
  DOUBLE: 'float',
  NUMBER: 'float',
  BOOLEAN: 'boolean',
  UUID: 'uuid',
  UUIDV1: 'uuid',
  UUIDV4: 'uuid',
  JSON: 'json',
  JSONB: 'json',
  HSTORE: 'json',
  BLOB: 'bytes',
  ENUM: 'enum',
  ARRAY: 'unknown',
  VIRTUAL: 'unknown',
  RANGE: 'unknown',
  GEOMETRY: 'unknown',
  GEOGRAPHY: 'unknown',
};

/** Types that are written as SQL has them. */
const SQL_TYPES: readonly (readonly [pattern: RegExp, type: ColumnType])[] = [
  [/^(?:var)?char|^character|text|citext/i, 'string'],
  [/^bigint|^bigserial/i, 'bigint'],
  [/^(?:tiny|small|medium)?int(?:eger)?\b|^serial/i, 'integer'],
  [/^(?:decimal|numeric)/i, 'decimal'],
  [/^(?:float|double|real)/i, 'float'],
  [/^bool/i, 'boolean'],
  [/^(?:timestamp|datetime)/i, 'date'],
  [/^uuid/i, 'uuid'],
  [/^json/i, 'json'],
  [/^(?:bytea|blob|varbinary)/i, 'bytes'],
];

interface WrittenType {
  readonly type: ColumnType;
  readonly written: string;
  readonly isList: boolean;
  readonly isVirtual: boolean;
}

const NO_TYPE: WrittenType = { type: 'unknown', written: '', isList: false, isVirtual: false };

/** The type that an expression such as `DataTypes.STRING(20)` stands for. */
function typeOf(node: ts.Node, values: Values): WrittenType {
  const written = node.getText().replace(/\s+/g, ' ');
  const text = ts.isStringLiteralLike(node) ? node.text : undefined;
  if (text !== undefined) {
    const type = SQL_TYPES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
    return { ...NO_TYPE, type, written: text, isList: text.endsWith('[]') };
  }
  const seen = new Set<ts.Node>();
  let args: readonly ts.Expression[] = [];
  for (let at: ts.Node | undefined = node; at !== undefined && !seen.has(at);) {
    seen.add(at);
    if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
      args = at.arguments ?? [];
      at = at.expression;
      continue;
    }
    const name: string | undefined = isMember(at)
      ? memberName(at)
      : ts.isIdentifier(at)
        ? at.text
        : undefined;
    if (name !== undefined && Object.hasOwn(TYPES, name)) return namedType(name, args, written, values);
    at = values.step(at) ?? (isMember(at) ? at.expression : undefined);
  }
  return { ...NO_TYPE, written };
}

function namedType(
  name: string,
  [first]: readonly ts.Expression[],
  written: string,
  values: Values,
): WrittenType {
  if (name === 'ARRAY' && first !== undefined)
    return { ...NO_TYPE, type: typeOf(first, values).type, written, isList: true };
  const type = TYPES[name] ?? 'unknown';
  return { type, written, isList: name === 'ARRAY', isVirtual: name === 'VIRTUAL' };
}

/** Whether a value in the first argument of `define` describes a column. */
function describesColumn(value: MemberValue, values: Values): boolean {
  if (!ts.isExpression(value)) return false;
  const type = values.members(value)?.of.get('type') ?? value;
  return /^(?:\w+\.)+[A-Z][A-Z\d]*\b/.test(type.getText());
}

/** One attribute, and what of it could not be read. */
interface ReadAttribute {
  readonly attribute: Attribute;
  readonly unread: readonly string[];
}

/** An attribute as its description says, which is a type or an object. */
function attributeOf(name: string, value: MemberValue, values: Values): ReadAttribute {
  const members = ts.isExpression(value) ? values.members(value) : undefined;
  return members === undefined
    ? { attribute: { ...blankAttribute(name), ...typeOf(value, values) }, unread: [] }
    : describedAttribute(name, members, values);
}

const blankAttribute = (name: string): Attribute => ({
  ...NO_TYPE,
  name,
  field: undefined,
  hasGetter: false,
  allowsNull: undefined,
  isPrimaryKey: false,
  unique: undefined,
  isGenerated: false,
});

function describedAttribute(name: string, members: Members, values: Values): ReadAttribute {
  const unread = members.unread.map((one) => `${COLUMNS}: \`${name}\`, in part from ${one}`);
  const cannot = (what: string): undefined => {
    unread.push(what);
    return undefined;
  };
  const type = members.of.get('type');
  const field = values.text(members.of.get('field'));
  const isPrimaryKey = values.flag(members.of.get('primaryKey'));
  const unique = uniqueGroup(name, members.of.get('unique'), values);
  const allowsNull = values.flag(members.of.get('allowNull'));
  return {
    attribute: {
      ...blankAttribute(name),
      ...(type === undefined ? {} : typeOf(type, values)),
      field: field === UNKNOWN ? cannot(`the name of the column \`${name}\` in the database`) : field,
      hasGetter: members.of.has('get'),
      allowsNull,
      isPrimaryKey:
        (isPrimaryKey === UNKNOWN
          ? cannot(`${COLUMNS} of the primary key: whether \`${name}\` is one`)
          : isPrimaryKey) ?? false,
      unique: unique === UNKNOWN ? cannot(`whether the column \`${name}\` is unique`) : unique,
    },
    unread,
  };
}

/** The name by which attributes are unique together: `unique: true` is unique alone. */
function uniqueGroup(name: string, node: MemberValue | undefined, values: Values): Written<string> {
  const flag = values.flag(node);
  if (node === undefined || flag === undefined || flag === false) return undefined;
  if (flag === true) return `\0${name}`;
  const text = values.text(node);
  if (text !== UNKNOWN) return text;
  const members = values.members(node);
  if (members === undefined || members.unread.length > 0) return UNKNOWN;
  return members.of.has('name') ? values.text(members.of.get('name')) : `\0${name}`;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Models while they are put together

/** A model while it is put together. */
class Draft {
  readonly name: string;
  readonly site: Site;
  readonly options: Options;
  /** The class, where it is one. */
  readonly declaredBy: ts.ClassLikeDeclaration | undefined;
  readonly attributes = new Map<string, Attribute>();
  readonly hooks: Set<string>;
  readonly unread: Set<string>;
  readonly virtuals = new Set<string>();
  defaultScope: ts.Expression | undefined;

  constructor(
    name: string,
    site: Site,
    options: Options,
    own: ReadonlyMap<string, Attribute>,
    declaredBy?: ts.ClassLikeDeclaration,
  ) {
    this.name = name;
    this.site = site;
    this.options = options;
    this.declaredBy = declaredBy;
    this.hooks = new Set(options.hooks);
    this.unread = new Set(options.unread);
    this.defaultScope = options.defaultScope;
    for (const getter of options.getters) this.virtuals.add(getter);
    this.fill(own);
  }

  get table(): string {
    const { table, isTableFrozen, isUnderscored } = this.options;
    if (table !== undefined) return table;
    if (isTableFrozen) return this.name;
    return isUnderscored ? underscore(pluralize(this.name)) : pluralize(this.name);
  }

  /** The first attribute of its primary key; undefined where that is not certain. */
  get primaryKey(): string | undefined {
    return [...this.attributes.values()].find(({ isPrimaryKey }) => isPrimaryKey)?.name;
  }

  columnOf({ name, field }: Attribute): string {
    return field ?? (this.options.isUnderscored ? underscore(name) : name);
  }

  set(attribute: Attribute): void {
    this.attributes.set(attribute.name, attribute);
  }

  /** Takes in the attributes of its own, `id` before them and the times of changes after them. */
  private fill(own: ReadonlyMap<string, Attribute>): void {
    const { createdAt, updatedAt, deletedAt, version, hasTimestamps, isParanoid } = this.options;
    const hasKey = [...own.values()].some(({ isPrimaryKey }) => isPrimaryKey);
    if (!hasKey && !this.hasUnreadAttributes && !own.has('id')) this.set(generatedKey());
    for (const attribute of own.values()) this.set(attribute);
    const times = hasTimestamps ? [createdAt, updatedAt, isParanoid ? deletedAt : undefined] : [];
    for (const [at, name] of times.entries()) {
      if (name !== undefined && !this.attributes.has(name)) this.set(timeAttribute(name, at === 2));
    }
    if (version !== undefined && !this.attributes.has(version))
      this.set({
        ...blankAttribute(version),
        type: 'integer',
        written: 'DataTypes.INTEGER',
        allowsNull: false,
      });
  }

  /** Whether there may be attributes that were not read. */
  get hasUnreadAttributes(): boolean {
    return [...this.unread].some((one) => one.startsWith(COLUMNS));
  }
}

/** How the clauses begin that tell of columns that were not found. */
const COLUMNS = 'columns';

const generatedKey = (): Attribute => ({
  ...blankAttribute('id'),
  type: 'integer',
  written: 'DataTypes.INTEGER',
  allowsNull: false,
  isPrimaryKey: true,
  isGenerated: true,
});

const timeAttribute = (name: string, isOfDeletion: boolean): Attribute => ({
  ...blankAttribute(name),
  type: 'date',
  written: 'DataTypes.DATE',
  allowsNull: isOfDeletion,
});

/** All models, and how expressions name them. */
class Catalog {
  readonly drafts: Draft[] = [];
  readonly values: Values;
  private readonly byNode = new Map<ts.Node, Draft>();
  private readonly byKey = new Map<string, Set<Draft>>();

  constructor(values: Values) {
    this.values = values;
  }

  /** Takes in what `define` or `init` declares, where it does. */
  declare({ kind, call, receiver }: Declaration, connections: Connections): void {
    if (kind === 'define') this.declareDefined(call, receiver, connections);
    else this.declareInitialized(call, receiver, connections);
  }

  /** Takes in a class with `@Table`. */
  declareDecorated(node: ts.ClassLikeDeclaration, connections: Connections): void {
    const lineage = this.values.lineage(node).toReversed();
    const members = lineage.map((one) => decoratedOptions(one, this.values));
    const all: Members = {
      of: new Map(members.flatMap(({ of }) => [...of])),
      unread: members.flatMap(({ unread }) => unread),
    };
    const attributes = lineage.map((one) => decoratedAttributes(one, this.values));
    const name = this.modelName(members.at(-1) ?? NO_MEMBERS, node);
    if (name.name === undefined) return;
    const options = optionsOf(name.name, all, connections.of(undefined), this.values);
    this.add(node, name.name, {
      site: node,
      options: withDecorators(options, all, lineage, this.values),
      attributes: new Map(attributes.flatMap(({ own }) => [...own])),
      unread: [...name.unread, ...attributes.flatMap(({ unread }) => unread)],
      declaredBy: node,
    });
  }

  /** Notes the names that objects give to models: `db.users = …`. */
  bind(bindings: readonly Binding[]): void {
    for (const { key, value } of bindings) {
      const draft = this.at(value);
      if (draft === undefined) continue;
      const known = this.byKey.get(key);
      if (known === undefined) this.byKey.set(key, new Set([draft]));
      else known.add(draft);
    }
  }

  /** The model that an expression stands for, where there is no doubt. */
  at(node: ts.Node): Draft | undefined {
    const seen = new Set<ts.Node>();
    for (let at: ts.Node | undefined = node; at !== undefined && !seen.has(at); at = this.values.step(at)) {
      seen.add(at);
      const known = this.byNode.get(at) ?? this.ofCall(at);
      if (known !== undefined) return known;
      const isEnd = this.values.step(at) === undefined;
      if (isEnd) return this.atEnd(at);
    }
    return undefined;
  }

  /** The model that queries call by a name, the nearest to a file of several. */
  named(name: string, path: string): Draft | undefined {
    return nearest(
      this.drafts.filter((one) => one.name === name),
      path,
    );
  }

  /** Takes in a model that is declared by the name of a join table alone. */
  addJoin(name: string, site: Site, options: Options): Draft {
    const draft = new Draft(name, site, options, new Map());
    this.drafts.push(draft);
    return draft;
  }

  private declareDefined(call: ts.CallExpression, receiver: ts.Expression, connections: Connections): void {
    const [nameNode, attributesNode, optionsNode] = call.arguments;
    const name = this.values.text(nameNode);
    if (attributesNode === undefined || typeof name !== 'string') return;
    const members = this.values.members(attributesNode);
    const isOfSequelize =
      /sequelize/i.test(receiver.getText()) ||
      [...(members?.of.values() ?? [])].some((one) => describesColumn(one, this.values));
    if (!isOfSequelize) return;
    const own = this.optionMembers(optionsNode);
    const { attributes, unread } = this.attributesOf(attributesNode);
    this.add(call, name, {
      site: call,
      options: optionsOf(name, own, connections.of(receiver), this.values),
      attributes,
      unread,
    });
  }

  private declareInitialized(
    call: ts.CallExpression,
    receiver: ts.Expression,
    connections: Connections,
  ): void {
    const [attributesNode, optionsNode] = call.arguments;
    const node = this.classOfInit(receiver);
    if (node === undefined || attributesNode === undefined || optionsNode === undefined) return;
    const own = this.values.members(optionsNode);
    const columns = this.values.members(attributesNode);
    const isDeclaration =
      own?.of.has('sequelize') === true ||
      [...(columns?.of.values() ?? [])].some((one) => describesColumn(one, this.values));
    const wrapper = receiver.kind === ts.SyntaxKind.SuperKeyword ? undefined : this.ownInit(node);
    // What the class itself passes on is found where it does.
    if (!isDeclaration || wrapper?.parent === node) return;
    const { name, unread } = this.modelName(own ?? NO_MEMBERS, node);
    if (name === undefined) return;
    const first = this.byNode.get(node);
    if (first !== undefined) {
      first.unread.add('another `init` of its class');
      return;
    }
    const read = this.attributesOf(attributesNode);
    const members = own ?? { ...NO_MEMBERS, unread: [`\`${shown(optionsNode)}\``] };
    this.add(node, name, {
      site: node,
      options: optionsOf(name, members, connections.of(members.of.get('sequelize')), this.values),
      attributes: read.attributes,
      unread: [
        ...unread,
        ...read.unread,
        ...(wrapper === undefined ? [] : [`${COLUMNS} that \`init\` of a class above it may add`]),
      ],
      declaredBy: node,
    });
  }

  /** The class that `super.init`, `this.init` or `User.init` is about. */
  private classOfInit(receiver: ts.Expression): ts.ClassLikeDeclaration | undefined {
    if (receiver.kind === ts.SyntaxKind.SuperKeyword || receiver.kind === ts.SyntaxKind.ThisKeyword)
      return classAround(receiver);
    const found = this.values.follow(receiver);
    return ts.isClassLike(found) ? found : undefined;
  }

  /** The `init` that a class of the project has instead of the library's. */
  private ownInit(node: ts.ClassLikeDeclaration): ts.ClassElement | undefined {
    return this.values
      .lineage(node)
      .flatMap(({ members }) => [...members])
      .find((one) => isStatic(one) && one.name !== undefined && plainName(one.name) === 'init');
  }

  private optionMembers(node: ts.Expression | undefined): Members {
    if (node === undefined) return NO_MEMBERS;
    return this.values.members(node) ?? { ...NO_MEMBERS, unread: [`\`${shown(node)}\``] };
  }

  private attributesOf(node: ts.Expression): {
    readonly attributes: ReadonlyMap<string, Attribute>;
    readonly unread: readonly string[];
  } {
    const members = this.values.members(node);
    if (members === undefined)
      return { attributes: new Map(), unread: [`${COLUMNS} from \`${shown(node)}\``] };
    const read = [...members.of].map(([name, value]) => attributeOf(name, value, this.values));
    return {
      attributes: new Map(read.map(({ attribute }) => [attribute.name, attribute])),
      unread: [
        ...members.unread.map((one) => `${COLUMNS} from ${one}`),
        ...read.flatMap(({ unread }) => unread),
      ],
    };
  }

  /** The name of a class's model: the option, else the class's own. */
  private modelName(
    { of }: Members,
    node: ts.ClassLikeDeclaration,
  ): { readonly name: string | undefined; readonly unread: readonly string[] } {
    const option = this.values.text(of.get('modelName'));
    const variable = ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined;
    const own =
      node.name?.text ?? (variable !== undefined && ts.isIdentifier(variable) ? variable.text : undefined);
    if (typeof option === 'string') return { name: option, unread: [] };
    return { name: own, unread: option === UNKNOWN ? ['the option `modelName`'] : [] };
  }

  private add(
    node: ts.Node,
    name: string,
    {
      site,
      options,
      attributes,
      unread,
      declaredBy,
    }: {
      readonly site: ts.Node;
      readonly options: Options;
      readonly attributes: ReadonlyMap<string, Attribute>;
      readonly unread: readonly string[];
      readonly declaredBy?: ts.ClassLikeDeclaration;
    },
  ): void {
    const whole = { ...options, unread: [...options.unread, ...unread] };
    const draft = new Draft(name, siteOf(site), whole, attributes, declaredBy);
    this.byNode.set(node, draft);
    this.drafts.push(draft);
  }

  /** The model that a call gives: `User.init(…)`, `User.scope(…)`, `sequelize.model('User')`. */
  private ofCall(node: ts.Node): Draft | undefined {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const around = classAround(node);
      return around === undefined ? undefined : this.byNode.get(around);
    }
    if (!ts.isCallExpression(node) || !isMember(node.expression)) return undefined;
    const name = memberName(node.expression) ?? '';
    const receiver = node.expression.expression;
    if (name === 'init' && receiver.kind === ts.SyntaxKind.SuperKeyword) {
      const around = classAround(receiver);
      return around === undefined ? undefined : this.byNode.get(around);
    }
    if (/^(?:init\w*|scope|unscoped|schema)$/.test(name)) return this.at(receiver);
    const [first] = node.arguments;
    const text = name === 'model' ? this.values.text(first) : undefined;
    return typeof text === 'string' ? this.named(text, node.getSourceFile().fileName) : undefined;
  }

  /** The model that a name stands for of which nothing more is known: `models.User`, `const { User } = sequelize.models`. */
  private atEnd(node: ts.Node): Draft | undefined {
    const key = openKey(node, this.values);
    const byType = ts.isExpression(node) || ts.isParameter(node) ? this.values.classByType(node) : undefined;
    if (key === undefined) return byType === undefined ? undefined : this.byNode.get(byType);
    const path = node.getSourceFile().fileName;
    const bound = key.isName ? undefined : this.byKey.get(key.name);
    const named = this.drafts.filter((one) => one.name === key.name);
    return nearest([...new Set([...(bound ?? []), ...named])], path);
  }
}

/** The name by which something is taken from an object that is not known, and whether that is the name of a model for certain. */
function openKey(
  node: ts.Node,
  values: Values,
): { readonly name: string; readonly isName: boolean } | undefined {
  if (isMember(node)) {
    const name = memberName(node);
    const isName = /\bsequelize\??\.models$/.test(node.expression.getText());
    return name === undefined ? undefined : { name, isName };
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    const from = ts.isVariableDeclaration(node.parent.parent) ? node.parent.parent.initializer : undefined;
    const isName = from !== undefined && /\bsequelize\??\.models$/.test(from.getText());
    return ts.isIdentifier(name) ? { name: name.text, isName } : undefined;
  }
  if (!ts.isImportSpecifier(node)) return undefined;
  const { moduleSpecifier } = node.parent.parent.parent;
  const { text } = node.propertyName ?? node.name;
  return values.isOwnModule(moduleSpecifier) ? { name: text, isName: false } : undefined;
}

/** The one of several models that is declared nearest to a file. */
function nearest(drafts: readonly Draft[], path: string): Draft | undefined {
  const nearness = ({ site }: Draft): number => {
    const [one, other] = [site.path.split('/').slice(0, -1), path.split('/').slice(0, -1)];
    const different = one.findIndex((part, at) => part !== other[at]);
    return different < 0 ? one.length : different;
  };
  const [first, second] = drafts.toSorted((a, b) => nearness(b) - nearness(a));
  if (first === undefined || second === undefined) return first;
  return nearness(first) > nearness(second) ? first : undefined;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Indexes

/** An index of whole columns, by the names that it is written with. */
interface Index {
  readonly fields: readonly string[];
  readonly isUnique: boolean;
}

/** The indexes of a list. Those of parts of the rows, of expressions, and of words (GIN) are none of whole columns. */
function indexesOf(node: ts.Node, values: Values, unread: string[]): readonly Index[] {
  const elements = values.elements(node);
  if (elements === undefined) unread.push('the option `indexes`');
  return (elements ?? []).flatMap((one) => {
    const members = values.members(one);
    const fields = members?.of.get('fields');
    if (members === undefined || members.unread.length > 0 || fields === undefined) {
      unread.push(`the index \`${shown(one)}\``);
      return [];
    }
    return indexOf(members, values.elements(fields) ?? [], values, unread) ?? [];
  });
}

/** Whether an index is one of rows and values as they are. */
function isPlainIndex({ of }: Members, values: Values): boolean {
  const using = values.text(of.get('using'));
  return !of.has('where') && (using === undefined || (using !== UNKNOWN && /^(?:btree|hash)$/i.test(using)));
}

function indexOf(
  members: Members,
  fields: readonly ts.Expression[],
  values: Values,
  unread: string[],
): Index | undefined {
  const names = fields.map((one) => {
    const text = values.text(one);
    if (text !== UNKNOWN) return text;
    const field = values.members(one)?.of;
    const name = values.text(field?.get('name') ?? field?.get('attribute'));
    return name === UNKNOWN ? undefined : name;
  });
  const known = names.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < names.length || !isPlainIndex(members, values)) return undefined;
  return { fields: known, isUnique: isUniqueIndex(members, known, values, unread) };
}

function isUniqueIndex(
  { of }: Members,
  fields: readonly string[],
  values: Values,
  unread: string[],
): boolean {
  const unique = values.flag(of.get('unique'));
  const type = values.text(of.get('type'));
  if (unique === UNKNOWN || type === UNKNOWN)
    unread.push(`whether the index of \`${fields.join(', ')}\` is unique`);
  return unique === true || (typeof type === 'string' && type.toLowerCase() === 'unique');
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Classes with decorators. Source: https://github.com/sequelize/sequelize-typescript#readme

/** The options that `@Table` is given. */
function decoratedOptions(node: ts.ClassLikeDeclaration, values: Values): Members {
  const table = decoratorsOf(node).find(({ name }) => name === 'Table');
  const [argument] = table?.args ?? [];
  if (argument === undefined) return NO_MEMBERS;
  return values.members(argument) ?? { ...NO_MEMBERS, unread: [`\`${shown(argument)}\``] };
}

/** A member of a class that decorators describe. */
interface DecoratedMember {
  readonly name: string;
  readonly node: ts.ClassElement;
  readonly decorators: readonly Decorator[];
}

const membersOfClass = (node: ts.ClassLikeDeclaration): readonly DecoratedMember[] =>
  node.members.flatMap((one) => {
    const name = one.name === undefined ? undefined : plainName(one.name);
    const decorators = decoratorsOf(one);
    return name === undefined || decorators.length === 0 ? [] : [{ name, node: one, decorators }];
  });

/** Adds what the decorators of members and of scopes say, which the options of `@Table` overrule. */
function withDecorators(
  options: Options,
  { of }: Members,
  lineage: readonly ts.ClassLikeDeclaration[],
  values: Values,
): Options {
  const members = lineage.flatMap(membersOfClass);
  const named = (decorator: string): string | undefined =>
    members.findLast(({ decorators }) => decorators.some(({ name }) => name === decorator))?.name;
  const [createdAt, updatedAt, deletedAt] = ['CreatedAt', 'UpdatedAt', 'DeletedAt'].map(named);
  const hasTimes = [createdAt, updatedAt, deletedAt].some((one) => one !== undefined);
  const unread: string[] = [];
  const hooks = members.flatMap(({ node, decorators }) =>
    isStatic(node)
      ? decorators
          .map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1))
          .filter((one) => HOOK.test(one))
      : [],
  );
  const scope = lineage.flatMap(decoratorsOf).findLast(({ name }) => name === 'DefaultScope')?.args?.[0];
  return {
    ...options,
    hasTimestamps: of.has('timestamps') ? options.hasTimestamps : hasTimes || options.hasTimestamps,
    createdAt: of.has('createdAt') ? options.createdAt : (createdAt ?? options.createdAt),
    updatedAt: of.has('updatedAt') ? options.updatedAt : (updatedAt ?? options.updatedAt),
    deletedAt: of.has('deletedAt') ? options.deletedAt : (deletedAt ?? options.deletedAt),
    isParanoid: of.has('paranoid') ? options.isParanoid : deletedAt !== undefined || options.isParanoid,
    hooks: [...new Set([...options.hooks, ...hooks])],
    defaultScope: scope === undefined ? options.defaultScope : resultOrItself(scope, values),
    indexes: of.has('indexes') ? options.indexes : decoratedIndexes(members, values, unread),
    unread: [...options.unread, ...unread],
  };
}

/** What a thunk gives, or the value itself. */
function resultOrItself(node: ts.Expression, values: Values): ts.Expression {
  const thunk = values.function(node);
  return (thunk === undefined ? undefined : values.result(thunk)) ?? node;
}

function decoratedIndexes(
  members: readonly DecoratedMember[],
  values: Values,
  unread: string[],
): readonly Index[] {
  const groups = new Map<unknown, { readonly options: Members; readonly fields: string[] }>();
  for (const { name, decorators } of members) {
    for (const decorator of decorators) {
      const made = indexDecoration(decorator, values);
      if (made === undefined) continue;
      const known = groups.get(made.group);
      if (known === undefined) groups.set(made.group, { options: made.options, fields: [name] });
      else known.fields.push(name);
    }
  }
  return [...groups.values()].flatMap(({ options, fields }) =>
    isPlainIndex(options, values)
      ? [{ fields, isUnique: isUniqueIndex(options, fields, values, unread) }]
      : [],
  );
}

/** What `@Index` or a decorator made by `createIndexDecorator` says; those of one group are one index. */
function indexDecoration(
  { name, args, expression }: Decorator,
  values: Values,
): { readonly group: unknown; readonly options: Members } | undefined {
  if (name === 'Index') {
    const [first] = args ?? [];
    const text = values.text(first);
    const options = first === undefined ? NO_MEMBERS : (values.members(first) ?? NO_MEMBERS);
    const written = typeof text === 'string' ? text : values.text(options.of.get('name'));
    return { group: typeof written === 'string' ? written : expression, options };
  }
  const made = values.follow(ts.isCallExpression(expression) ? expression.expression : expression);
  if (!ts.isCallExpression(made) || !/\bcreateIndexDecorator$/.test(made.expression.getText()))
    return undefined;
  const [first] = made.arguments;
  return { group: made, options: first === undefined ? NO_MEMBERS : (values.members(first) ?? NO_MEMBERS) };
}

/** The attributes that the members of one class describe. */
function decoratedAttributes(
  node: ts.ClassLikeDeclaration,
  values: Values,
): { readonly own: ReadonlyMap<string, Attribute>; readonly unread: readonly string[] } {
  const own = new Map<string, Attribute>();
  const unread: string[] = [];
  for (const member of membersOfClass(node)) {
    const column = member.decorators.find(({ name }) => name === 'Column');
    if (column === undefined) continue;
    const [argument] = column.args ?? [];
    const read =
      argument === undefined
        ? { attribute: blankAttribute(member.name), unread: [] }
        : attributeOf(member.name, argument, values);
    own.set(member.name, withColumnDecorators(read.attribute, member, values, unread));
    unread.push(...read.unread);
  }
  return { own, unread };
}

function withColumnDecorators(
  attribute: Attribute,
  { name, node, decorators }: DecoratedMember,
  values: Values,
  unread: string[],
): Attribute {
  const find = (decorator: string): Decorator | undefined => decorators.find((one) => one.name === decorator);
  const type = attribute.written === '' ? designType(node) : attribute;
  const nullable = find('AllowNull');
  const unique = find('Unique');
  const group = unique?.args?.[0] === undefined ? `\0${name}` : uniqueGroup(name, unique.args[0], values);
  if (unique !== undefined && group === UNKNOWN) unread.push(`whether the column \`${name}\` is unique`);
  return {
    ...attribute,
    ...(({ type: of, written, isList, isVirtual }) => ({ type: of, written, isList, isVirtual }))(type),
    hasGetter: attribute.hasGetter || ts.isGetAccessor(node),
    isPrimaryKey: attribute.isPrimaryKey || find('PrimaryKey') !== undefined,
    allowsNull: nullable === undefined ? attribute.allowsNull : (values.flag(nullable.args?.[0]) ?? true),
    unique: unique === undefined || group === UNKNOWN ? attribute.unique : group,
  };
}

const DESIGN_TYPES: Readonly<Record<string, ColumnType>> = {
  string: 'string',
  number: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  Date: 'date',
  Buffer: 'bytes',
};

/** The type of a column that only the type of the property tells. */
function designType(node: ts.ClassElement): WrittenType {
  const annotation = ts.isPropertyDeclaration(node) || ts.isGetAccessor(node) ? node.type : undefined;
  const parts = annotation !== undefined && ts.isUnionTypeNode(annotation) ? annotation.types : [annotation];
  const [only, other] = parts
    .map((one) => one?.getText() ?? '')
    .filter((one) => one !== 'null' && one !== 'undefined');
  if (only === undefined || other !== undefined) return NO_TYPE;
  return { ...NO_TYPE, type: DESIGN_TYPES[only] ?? 'unknown', written: only };
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Calls that change a model

/** Takes in a call of `addHook`, `addScope`, `removeAttribute` or of a hook by its name. */
function applyCall(call: ts.CallExpression, catalog: Catalog, values: Values): void {
  const callee = bareExpression(call.expression);
  if (!isMember(callee)) return;
  const name = memberName(callee) ?? '';
  const draft = catalog.at(callee.expression);
  if (draft === undefined) applyToAll(call, callee.expression, name, catalog, values);
  else if (name === 'addScope') addScope(draft, call, values);
  else if (name === 'removeAttribute') removeAttribute(draft, call, values);
  else {
    const hooks = hooksOf(call, name, values);
    if (hooks === undefined) draft.unread.add('a hook of a computed name');
    for (const hook of hooks ?? []) if (HOOK.test(hook)) draft.hooks.add(hook);
  }
}

/** The names of the hooks that a call adds; undefined where they cannot be read. */
function hooksOf(call: ts.CallExpression, name: string, values: Values): readonly string[] | undefined {
  const [first] = call.arguments;
  if (!/^(?:addHook|hook)$/.test(name)) return [name];
  return first === undefined ? undefined : values.texts(first);
}

function addScope(draft: Draft, call: ts.CallExpression, values: Values): void {
  const [first, second] = call.arguments;
  const name = values.text(first);
  if (name === UNKNOWN) draft.unread.add('a scope of a computed name');
  else if (name === 'defaultScope') draft.defaultScope = second;
}

function removeAttribute(draft: Draft, call: ts.CallExpression, values: Values): void {
  const name = values.text(call.arguments[0]);
  if (typeof name === 'string') draft.attributes.delete(name);
  else draft.unread.add(`${COLUMNS} that \`removeAttribute\` takes away`);
}

/** A call on a connection holds for every model; so may one on what is not known. */
function applyToAll(
  call: ts.CallExpression,
  receiver: ts.Expression,
  name: string,
  { drafts }: Catalog,
  values: Values,
): void {
  const made = values.follow(receiver);
  const isConnection =
    /(?:^|\.)sequelize$/i.test(receiver.getText()) ||
    (ts.isNewExpression(made) && /(?:^|\.)Sequelize$/.test(made.expression.getText()));
  const hooks = hooksOf(call, name, values);
  const ofModels = (hooks ?? []).filter((one) => HOOK.test(one));
  const { path, line } = siteOf(call);
  const where = `line ${line} of ${path.slice(path.lastIndexOf('/') + 1)}`;
  for (const draft of drafts) {
    if (isConnection) {
      for (const hook of ofModels) draft.hooks.add(hook);
      if (hooks === undefined) draft.unread.add(`a hook of all models, in ${where}`);
      if (hooks?.some((one) => DECLARATION_HOOK.test(one)) === true)
        draft.unread.add(`${COLUMNS} and options that a hook may change, in ${where}`);
    } else if (name === 'addHook' && ofModels.length > 0)
      draft.unread.add(`a hook of a model that is not found, in ${where}`);
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Associations

type AssociationKind = 'hasMany' | 'hasOne' | 'belongsTo' | 'belongsToMany';

/** A key of an association: its name where it is written, and what else is said of its column. */
interface Key {
  readonly name: string | undefined;
  readonly described: Attribute | undefined;
}

interface Through {
  readonly model: Draft | undefined;
  /** Where it is named by a text. */
  readonly name: string | undefined;
  readonly isUnique: Written<boolean>;
}

/** A call of `hasMany` and its like, as it is written. */
interface Association {
  readonly kind: AssociationKind;
  readonly source: Draft;
  readonly target: Draft;
  readonly as: Written<string>;
  readonly foreignKey: Written<Key>;
  readonly otherKey: Written<Key>;
  readonly sourceKey: Written<string>;
  readonly targetKey: Written<string>;
  readonly through: Written<Through>;
  readonly isFiltered: boolean;
  /** Why it may not be as it is written. */
  readonly doubt: string | undefined;
  readonly site: Site;
  /** The function or the file that it is called in; undefined where the order of its statements is not that of the calls. */
  readonly around: ts.Node | undefined;
  readonly shown: string;
}

function associationOf(call: ts.CallExpression, catalog: Catalog, values: Values): Association | undefined {
  const callee = bareExpression(call.expression);
  const [targetNode, optionsNode] = call.arguments;
  if (!isMember(callee) || targetNode === undefined) return undefined;
  const source = catalog.at(callee.expression);
  const target = catalog.at(targetNode);
  if (source === undefined || target === undefined) {
    source?.unread.add(`the relation to \`${shown(targetNode)}\`, which is not found`);
    target?.unread.add(`a relation that \`${shown(callee.expression)}\` has to it, which is not found`);
    return undefined;
  }
  const members = optionsNode === undefined ? NO_MEMBERS : values.members(optionsNode);
  const doubt =
    members === undefined || members.unread.length > 0
      ? 'its options'
      : isConditional(call, [callee.expression.getText(), targetNode.getText()])
        ? 'the condition that it is set up on'
        : undefined;
  return {
    ...writtenAssociation(members ?? NO_MEMBERS, call, catalog, values),
    kind: kindOf(memberName(callee)),
    source,
    target,
    isFiltered:
      members?.of.has('scope') === true ||
      hasThroughScope(members ?? NO_MEMBERS, values) ||
      /\.scope\(/.test(targetNode.getText()),
    doubt,
    shown: `${memberName(callee)}(${shown(targetNode)})`,
  };
}

const kindOf = (name: string | undefined): AssociationKind =>
  name === 'hasMany' || name === 'hasOne' || name === 'belongsTo' ? name : 'belongsToMany';

type WrittenAssociation = Pick<
  Association,
  'as' | 'foreignKey' | 'otherKey' | 'sourceKey' | 'targetKey' | 'through' | 'site' | 'around'
>;

function writtenAssociation(
  { of }: Members,
  node: ts.Node,
  catalog: Catalog,
  values: Values,
): WrittenAssociation {
  return {
    as: aliasOf(of.get('as'), values),
    foreignKey: keyOf(of.get('foreignKey'), values),
    otherKey: keyOf(of.get('otherKey'), values),
    sourceKey: values.text(of.get('sourceKey')),
    targetKey: values.text(of.get('targetKey')),
    through: throughOf(of.get('through'), catalog, values),
    site: siteOf(node),
    around: functionAround(node) ?? node.getSourceFile(),
  };
}

/** The alias; of `{ singular, plural }` the plural. */
function aliasOf(node: MemberValue | undefined, values: Values): Written<string> {
  const text = values.text(node);
  if (node === undefined || text !== UNKNOWN) return text;
  return values.text(values.members(node)?.of.get('plural')) ?? UNKNOWN;
}

/** A key that is a text, or an object with `name` and what else is said of the column. */
function keyOf(node: MemberValue | undefined, values: Values): Written<Key> {
  const text = values.text(node);
  if (node === undefined || text === undefined) return undefined;
  if (text !== UNKNOWN) return { name: text, described: undefined };
  const members = values.members(node);
  if (members === undefined || members.unread.length > 0) return UNKNOWN;
  const name = values.text(members.of.get('name') ?? members.of.get('fieldName'));
  if (name === UNKNOWN) return UNKNOWN;
  const { attribute, unread } = describedAttribute(name ?? '', members, values);
  return unread.length > 0 ? UNKNOWN : { name, described: attribute };
}

function throughOf(node: MemberValue | undefined, catalog: Catalog, values: Values): Written<Through> {
  if (node === undefined) return undefined;
  const members = values.members(node);
  const model = members?.of.get('model') ?? node;
  const isUnique = values.flag(members?.of.get('unique'));
  const text = values.text(model);
  if (typeof text === 'string')
    return { model: catalog.named(text, node.getSourceFile().fileName), name: text, isUnique };
  const thunk = values.function(model);
  const draft = catalog.at(thunk === undefined ? model : (values.result(thunk) ?? model));
  return draft === undefined ? UNKNOWN : { model: draft, name: undefined, isUnique };
}

function hasThroughScope({ of }: Members, values: Values): boolean {
  const through = of.get('through');
  return through !== undefined && values.members(through)?.of.has('scope') === true;
}

/** Whether a call is made on a condition other than that the models are there. */
function isConditional(call: ts.CallExpression, models: readonly string[]): boolean {
  let below: ts.Node = call;
  for (let at: ts.Node | undefined = call.parent; at !== undefined; below = at, at = at.parent) {
    if (isFunctionNode(at)) return false;
    if (ts.isCaseClause(at) || ts.isConditionalExpression(at) || ts.isCatchClause(at)) return true;
    if (ts.isIfStatement(at) && below !== at.expression && !isPresence(at.expression, models)) return true;
    if (
      ts.isBinaryExpression(at) &&
      at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
      at.right === below &&
      !isPresence(at.left, models)
    )
      return true;
  }
  return false;
}

/** Whether a condition only asks for models: `models.User && models.Post`. */
const isPresence = (condition: ts.Expression, models: readonly string[]): boolean =>
  condition
    .getText()
    .split('&&')
    .every((part) => models.includes(part.replace(/[()!\s]/g, '')));

/** The associations that the decorators of a class declare. */
function decoratedAssociations(draft: Draft, catalog: Catalog, values: Values): readonly Association[] {
  const node = draft.declaredBy;
  if (node === undefined) return [];
  const members = values.lineage(node).toReversed().flatMap(membersOfClass);
  return members.flatMap((member) =>
    member.decorators.flatMap(
      (decorator) => decoratedAssociation(draft, member, decorator, catalog, values) ?? [],
    ),
  );
}

function decoratedAssociation(
  source: Draft,
  member: DecoratedMember,
  { name, args, expression }: Decorator,
  catalog: Catalog,
  values: Values,
): Association | undefined {
  const kind = name.charAt(0).toLowerCase() + name.slice(1);
  const [thunk, second, third, fourth] = args ?? [];
  if (!ASSOCIATES.test(kind) || thunk === undefined) return undefined;
  const target = catalog.at(resultOrItself(thunk, values));
  if (target === undefined) {
    source.unread.add(`the relation \`${member.name}\` to \`${shown(thunk)}\`, which is not found`);
    return undefined;
  }
  const isMany = kind === 'belongsToMany';
  const members = second === undefined ? undefined : values.members(second);
  const short: ReadonlyMap<string, ts.Expression | undefined> = isMany
    ? new Map([
        ['through', second],
        ['foreignKey', third],
        ['otherKey', fourth],
      ])
    : new Map([['foreignKey', second]]);
  const of =
    members?.of ?? new Map([...short].flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const written = writtenAssociation({ of, unread: [] }, expression, catalog, values);
  const [holder, related] = kind === 'belongsTo' ? [source, target] : [target, source];
  const through = typeof written.through === 'object' ? written.through.model : undefined;
  return {
    ...written,
    kind: kindOf(kind),
    source,
    target,
    as: written.as ?? member.name,
    foreignKey: isMany
      ? withForeignKey(written.foreignKey, through, source, values, catalog)
      : withForeignKey(written.foreignKey, holder, related, values, catalog),
    otherKey: isMany ? withForeignKey(written.otherKey, through, target, values, catalog) : undefined,
    isFiltered: of.has('scope') || hasThroughScope({ of, unread: [] }, values),
    around: undefined,
    doubt: members !== undefined && members.unread.length > 0 ? 'its options' : undefined,
    shown: member.name,
  };
}

/** The key as it is written, else the property of `holder` that `@ForeignKey` says to lead to the other model. */
function withForeignKey(
  written: Written<Key>,
  holder: Draft | undefined,
  related: Draft,
  values: Values,
  catalog: Catalog,
): Written<Key> {
  if (written === UNKNOWN || written?.name !== undefined) return written;
  const name = holder === undefined ? undefined : foreignKeyOf(holder, related, values, catalog);
  return name === undefined ? UNKNOWN : { name, described: written?.described };
}

function foreignKeyOf(holder: Draft, related: Draft, values: Values, catalog: Catalog): string | undefined {
  if (holder.declaredBy === undefined) return undefined;
  const relatedClasses = related.declaredBy === undefined ? [] : values.lineage(related.declaredBy);
  const members = values.lineage(holder.declaredBy).toReversed().flatMap(membersOfClass);
  return members.find(({ decorators }) =>
    decorators.some(({ name, args }) => {
      const [thunk] = args ?? [];
      if (name !== 'ForeignKey' || thunk === undefined) return false;
      const given = resultOrItself(thunk, values);
      const found = values.follow(given);
      return catalog.at(given) === related || (ts.isClassLike(found) && relatedClasses.includes(found));
    }),
  )?.name;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Relations

/** What is settled of an association: the keys of its two sides. */
interface Settled {
  readonly association: Association;
  readonly relation: Omit<Relation, 'inverse'>;
  /** The key that the relation goes by: that of the side that holds it, or those of the join table. */
  readonly by: readonly string[];
  readonly join: Draft | undefined;
}

/** The relations of each model. Gives models the foreign keys that the associations add. */
function relate(
  associations: readonly Association[],
  catalog: Catalog,
): ReadonlyMap<Draft, readonly Relation[]> {
  const certain = associations.filter((one) => isCertain(one));
  const claims = new NullClaims();
  const direct = certain.flatMap((one) => (one.kind === 'belongsToMany' ? [] : settle(one, claims)));
  claims.decide();
  const joined = settleJoined(
    certain.filter(({ kind }) => kind === 'belongsToMany'),
    catalog,
  );
  return withInverses(withoutDoubles([...direct, ...joined].filter(hasKnownKeys)));
}

function isCertain({ doubt, source, shown: text }: Association): boolean {
  if (doubt !== undefined) source.unread.add(`the relation \`${text}\`: ${doubt}`);
  return doubt === undefined;
}

/** The name of a foreign key, as Sequelize makes it of words. */
const camelize = (text: string): string =>
  text.trim().replace(/[-_\s]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');

const aliasWritten = ({ as, kind, target }: Association): string | undefined => {
  if (as === UNKNOWN) return undefined;
  if (as !== undefined) return as;
  return kind === 'hasMany' || kind === 'belongsToMany' ? target.options.plural : target.options.singular;
};

/** The foreign key that an association goes by where none is written. */
function defaultKey({ kind, as, source, target }: Association): string | undefined {
  const key = kind === 'belongsTo' ? target.primaryKey : source.primaryKey;
  if (key === undefined) return undefined;
  if (kind === 'hasMany') return camelize(`${source.options.singular}_${key}`);
  if (as === UNKNOWN) return undefined;
  return kind === 'belongsTo'
    ? camelize(`${as ?? target.options.singular}_${key}`)
    : camelize(`${singularize(as ?? source.name)}_${key}`);
}

function settle(association: Association, claims: NullClaims): readonly Settled[] {
  const { kind, source, target, foreignKey, shown: text } = association;
  const isHeld = kind === 'belongsTo';
  const [holder, other] = isHeld ? [source, target] : [target, source];
  const written = isHeld ? association.targetKey : association.sourceKey;
  const key = written === UNKNOWN ? undefined : (written ?? other.primaryKey);
  const name = foreignKey === UNKNOWN ? undefined : (foreignKey?.name ?? defaultKey(association));
  if (name === undefined || key === undefined || foreignKey === UNKNOWN) {
    source.unread.add(`the relation \`${text}\`: its keys`);
    if (holder !== source) holder.unread.add(`a foreign key to \`${other.name}\``);
    return [];
  }
  addForeignKey(holder, name, other.attributes.get(key), foreignKey?.described);
  claims.add(holder, name, foreignKey?.described?.allowsNull, association.around);
  const alias = aliasWritten(association);
  if (alias === undefined) {
    source.unread.add(`the relation \`${text}\`: its alias`);
    return [];
  }
  const [from, to] = isHeld ? [name, key] : [key, name];
  const relation = {
    ...plainRelation(alias, association),
    kind: kind === 'hasMany' ? ('many' as const) : ('one' as const),
    from: [from],
    to: [to],
  };
  return [{ association, relation, by: [name], join: undefined }];
}

const plainRelation = (
  name: string,
  { target, isFiltered }: Association,
): Pick<Relation, 'name' | 'model' | 'isEager' | 'isLazy' | 'isFiltered'> => ({
  name,
  model: target.name,
  isEager: false,
  isLazy: false,
  isFiltered,
});

/** Gives a model the column of a foreign key, or what is said of it beside the keys of its own. */
function addForeignKey(
  holder: Draft,
  name: string,
  key: Attribute | undefined,
  described: Attribute | undefined,
): void {
  const own = holder.attributes.get(name);
  const type = described?.written ? described : (key ?? blankAttribute(name));
  holder.set({
    ...(own ?? {
      ...(described ?? blankAttribute(name)),
      type: type.type,
      written: type.written,
      isList: type.isList,
      isVirtual: false,
      allowsNull: undefined,
      name,
    }),
    unique: own?.unique ?? (described?.unique === '\0' ? `\0${name}` : described?.unique),
    isPrimaryKey: own?.isPrimaryKey === true || described?.isPrimaryKey === true,
  });
}

/** What several associations say of whether one foreign key may be null: the first to run decides. */
class NullClaims {
  private readonly all = new Map<
    Draft,
    Map<string, { readonly isNullable: Written<boolean>; readonly around: ts.Node | undefined }[]>
  >();

  add(holder: Draft, name: string, written: Written<boolean>, around: ts.Node | undefined): void {
    const ofHolder = this.all.get(holder) ?? new Map<string, never>();
    this.all.set(holder, ofHolder);
    const known = ofHolder.get(name) ?? [];
    ofHolder.set(name, [...known, { isNullable: written ?? true, around }]);
  }

  /** Settles the columns that do not say it themselves. In one function the order is known. */
  decide(): void {
    for (const [holder, ofHolder] of this.all) {
      for (const [name, claims] of ofHolder) {
        const attribute = holder.attributes.get(name);
        const [first, ...rest] = claims;
        if (attribute === undefined || first === undefined || attribute.allowsNull !== undefined) continue;
        const isSettled =
          rest.every(({ isNullable }) => isNullable === first.isNullable) ||
          (first.around !== undefined && rest.every(({ around }) => around === first.around));
        holder.set({ ...attribute, allowsNull: isSettled ? first.isNullable : UNKNOWN });
      }
    }
  }
}

/** An association of many to many with the model of its join table. */
interface Joined {
  readonly association: Association;
  readonly join: Draft;
  readonly through: Through;
}

/** The keys of one side of many to many: of the two models, and of the join table. */
interface JoinKeys {
  readonly sourceKey: string;
  readonly targetKey: string;
  readonly foreignKey: string;
  readonly otherKey: string;
}

function settleJoined(associations: readonly Association[], catalog: Catalog): readonly Settled[] {
  const joined = joinsOf(associations, catalog);
  const tables = new JoinTables();
  const settled = joined.flatMap((one) => {
    const { association, join, through } = one;
    const { source, shown: text, foreignKey, otherKey } = association;
    const alias = aliasWritten(association);
    const keys = joinKeys(one, joined);
    if (keys === undefined) {
      source.unread.add(`the relation \`${text}\`: its keys`);
      join.unread.add(`${COLUMNS} of the keys to \`${source.name}\` and \`${association.target.name}\``);
      return [];
    }
    tables.add(join, through, association, keys, [foreignKey, otherKey]);
    if (alias === undefined) {
      source.unread.add(`the relation \`${text}\`: its alias`);
      return [];
    }
    const relation = {
      ...plainRelation(alias, association),
      kind: 'many' as const,
      from: [keys.sourceKey],
      to: [keys.targetKey],
      through: join.table,
    };
    return [{ association, relation, by: [keys.foreignKey, keys.otherKey], join }];
  });
  tables.finish();
  return settled;
}

/** Finds the model of each join table; one that is named by a text alone is a model of its own. */
function joinsOf(associations: readonly Association[], catalog: Catalog): readonly Joined[] {
  const named = new Map<string, Draft>();
  return associations.flatMap((association) => {
    const { through, source, shown: text } = association;
    if (through === undefined || through === UNKNOWN) {
      source.unread.add(`the relation \`${text}\`: its join table`);
      return [];
    }
    const { model, name } = through;
    const join =
      model ??
      named.get(name ?? '') ??
      catalog.addJoin(name ?? '', association.site, joinOptions(association, name ?? ''));
    if (model === undefined) named.set(name ?? '', join);
    return [{ association, join, through }];
  });
}

/** A join table that is named alone takes most of its options from the model that names it first. */
const joinOptions = ({ source }: Association, name: string): Options => ({
  ...source.options,
  table: name,
  isParanoid: false,
  hooks: [],
  defaultScope: undefined,
  indexes: [],
  getters: [],
  unread: [],
});

function joinKeys(joined: Joined, all: readonly Joined[]): JoinKeys | undefined {
  const { source, target, as, otherKey: written, targetKey } = joined.association;
  const own = ownJoinKeys(joined.association);
  if (own === undefined || as === UNKNOWN || targetKey === UNKNOWN || written === UNKNOWN) return undefined;
  if (written !== undefined && written.name === undefined) return undefined;
  const pairs = all.filter((other) => isPair(joined, other)).map((one) => ownJoinKeys(one.association));
  const [pair, ...others] = pairs;
  const isPairKnown = !pairs.includes(undefined) && others.every((one) => sameJoinKeys(one, pair));
  if (!isPairKnown && (targetKey === undefined || written === undefined)) return undefined;
  const toKey = targetKey ?? pair?.sourceKey ?? target.primaryKey;
  if (toKey === undefined) return undefined;
  const otherName = source === target ? singularize(as ?? '') : target.options.singular;
  const otherKey = written?.name ?? pair?.foreignKey ?? camelize(`${otherName}_${toKey}`);
  return { ...own, targetKey: toKey, otherKey };
}

type OwnJoinKeys = Pick<JoinKeys, 'sourceKey' | 'foreignKey'>;

const sameJoinKeys = (one: OwnJoinKeys | undefined, other: OwnJoinKeys | undefined): boolean =>
  one?.sourceKey === other?.sourceKey && one?.foreignKey === other?.foreignKey;

/** The keys that an association of many to many settles without the one that it is paired with. */
function ownJoinKeys({ source, sourceKey: written, foreignKey }: Association): OwnJoinKeys | undefined {
  const sourceKey = written ?? source.primaryKey;
  if (sourceKey === UNKNOWN || sourceKey === undefined || foreignKey === UNKNOWN) return undefined;
  if (foreignKey !== undefined && foreignKey.name === undefined) return undefined;
  return { sourceKey, foreignKey: foreignKey?.name ?? camelize(`${source.options.singular}_${sourceKey}`) };
}

/** Whether two associations are the two sides of one join table, both of which name it in the same way. */
const isPair = (one: Joined, other: Joined): boolean =>
  one !== other &&
  one.association.source === other.association.target &&
  one.association.target === other.association.source &&
  one.join === other.join &&
  one.through.name === other.through.name;

/** Gives join tables their foreign keys, which are unique together: as the primary key where it has no other. */
class JoinTables {
  private readonly pairs = new Map<Draft, Map<string, readonly string[]>>();
  private readonly keyless = new Set<Draft>();

  add(
    join: Draft,
    { isUnique }: Through,
    { source, target }: Association,
    { foreignKey, otherKey, sourceKey, targetKey }: JoinKeys,
    [first, second]: readonly Written<Key>[],
  ): void {
    const described = (key: Written<Key>): Attribute | undefined =>
      typeof key === 'object' ? key.described : undefined;
    const generated = [...join.attributes.values()].find(({ isGenerated }) => isGenerated);
    if (generated !== undefined) {
      join.attributes.delete(generated.name);
      this.keyless.add(join);
    }
    addForeignKey(join, foreignKey, source.attributes.get(sourceKey), described(first));
    addForeignKey(join, otherKey, target.attributes.get(targetKey), described(second));
    if (isUnique === UNKNOWN) join.unread.add('whether the keys of the join table are unique');
    if (isUnique === UNKNOWN || (isUnique === false && !this.keyless.has(join))) return;
    const pairs = this.pairs.get(join) ?? new Map<string, readonly string[]>();
    this.pairs.set(join, pairs);
    const keys = [foreignKey, otherKey];
    pairs.set(keys.toSorted().join(), keys);
  }

  /** Makes the keys of each table unique, once all are known. */
  finish(): void {
    for (const [join, pairs] of this.pairs) {
      const [keys = [], other] = [...pairs.values()];
      if (other !== undefined) {
        join.unread.add('what is unique in a join table that has several pairs of keys');
        continue;
      }
      for (const name of keys) {
        const attribute = join.attributes.get(name);
        if (attribute === undefined) continue;
        const isPrimaryKey = attribute.isPrimaryKey || this.keyless.has(join);
        join.set({
          ...attribute,
          isPrimaryKey,
          unique: isPrimaryKey ? attribute.unique : `\0${keys.join()}`,
        });
      }
    }
  }
}

const mayHave = (draft: Draft, names: readonly string[]): boolean =>
  draft.hasUnreadAttributes || names.every((name) => draft.attributes.has(name));

/** Whether the keys of a relation are columns of the models. */
function hasKnownKeys({ association: { source, target, shown: text }, relation }: Settled): boolean {
  const isKnown = mayHave(source, relation.from) && mayHave(target, relation.to);
  if (!isKnown) source.unread.add(`the relation \`${text}\`: its keys are no columns`);
  return isKnown;
}

/** Of several relations of one name the last to run counts; where that is not known, none does. */
function withoutDoubles(settled: readonly Settled[]): readonly Settled[] {
  return settled.filter((one) => {
    const { source } = one.association;
    const same = settled.filter(
      (other) => other.association.source === source && other.relation.name === one.relation.name,
    );
    const last = same.at(-1);
    if (same.every((other) => isSameRelation(other, one) || isRunInOrder(other, one))) return one === last;
    source.unread.add(`the relation \`${one.relation.name}\`, which is declared twice`);
    return false;
  });
}

const isSameRelation = (one: Settled, other: Settled): boolean =>
  one.association.target === other.association.target &&
  JSON.stringify(one.relation) === JSON.stringify(other.relation);

/** Whether two associations are found in the order in which they run. */
const isRunInOrder = (one: Settled, other: Settled): boolean =>
  one.association.around !== undefined &&
  one.association.around === other.association.around &&
  one.join === undefined &&
  other.join === undefined;

function withInverses(settled: readonly Settled[]): ReadonlyMap<Draft, readonly Relation[]> {
  const relations = new Map<Draft, Relation[]>();
  for (const one of settled) {
    const candidates = settled.filter((other) => isInverse(one, other));
    const plain = candidates.filter(({ relation }) => !relation.isFiltered);
    const [only, second] = plain.length > 0 ? plain : candidates;
    const inverse = second === undefined ? only?.relation.name : undefined;
    const relation = { ...one.relation, ...(inverse === undefined ? {} : { inverse }) };
    const known = relations.get(one.association.source);
    if (known === undefined) relations.set(one.association.source, [relation]);
    else known.push(relation);
  }
  return relations;
}

const areSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

function isInverse(one: Settled, other: Settled): boolean {
  const [a, b] = [one.association, other.association];
  return (
    one !== other &&
    a.source === b.target &&
    a.target === b.source &&
    one.join === other.join &&
    areSame(one.by, one.join === undefined ? other.by : other.by.toReversed()) &&
    areSame(one.relation.from, other.relation.to) &&
    areSame(one.relation.to, other.relation.from) &&
    (one.join !== undefined || (a.kind === 'belongsTo') !== (b.kind === 'belongsTo'))
  );
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The models as they are told

function modelOf(draft: Draft, relations: readonly Relation[], values: Values): Model {
  const attributes = [...draft.attributes.values()];
  const stored = attributes.filter(({ isVirtual }) => !isVirtual);
  const isHidden = hiddenBy(draft, values);
  const primaryKey = stored.filter((one) => one.isPrimaryKey).map(({ name }) => name);
  const indexes = draft.options.indexes.map((one) => ({
    ...one,
    fields: one.fields.map((field) => codeName(draft, field)),
  }));
  return {
    orm: 'sequelize',
    name: draft.name,
    table: draft.table,
    columns: stored.map((one) => columnOf(draft, one, isHidden(one.name))),
    primaryKey,
    uniques: withoutKey(
      [...uniqueTogether(stored), ...indexes.filter(({ isUnique }) => isUnique).map(({ fields }) => fields)],
      primaryKey,
    ),
    indexes: indexes.filter(({ isUnique }) => !isUnique).map(({ fields }) => fields),
    relations: withEager(draft, relations, values),
    hooks: [...draft.hooks],
    defaultScope: scopeText(draft.defaultScope, values),
    softDelete: draft.options.isParanoid && draft.options.hasTimestamps ? draft.options.deletedAt : undefined,
    virtuals: [...new Set(virtualsOf(draft, attributes, values))],
    unread: [...draft.unread],
    seenAt: draft.site,
  };
}

const columnOf = (draft: Draft, attribute: Attribute, isHidden: boolean): Column => ({
  name: attribute.name,
  column: draft.columnOf(attribute),
  type: attribute.type,
  written: attribute.written,
  isNullable: attribute.isPrimaryKey
    ? false
    : attribute.allowsNull === UNKNOWN
      ? undefined
      : (attribute.allowsNull ?? true),
  isList: attribute.isList,
  isHidden,
});

/** The name in code of a column that an index names as code or as the database does. */
function codeName(draft: Draft, field: string): string {
  if (draft.attributes.has(field)) return field;
  return [...draft.attributes.values()].find((one) => draft.columnOf(one) === field)?.name ?? field;
}

function uniqueTogether(attributes: readonly Attribute[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { name, unique } of attributes) {
    if (unique === undefined) continue;
    const known = groups.get(unique);
    if (known === undefined) groups.set(unique, [name]);
    else known.push(name);
  }
  return [...groups.values()];
}

const setText = (names: readonly string[]): string => JSON.stringify(names.toSorted());

/** The sets without doubles, and without the primary key. */
function withoutKey(
  sets: readonly (readonly string[])[],
  primaryKey: readonly string[],
): readonly (readonly string[])[] {
  const different = new Map(sets.map((one) => [setText(one), one]));
  different.delete(setText(primaryKey));
  return [...different.values()];
}

/** Whether the default scope leaves a column out. */
function hiddenBy(draft: Draft, values: Values): (name: string) => boolean {
  const scope = draft.defaultScope;
  const attributes = scope === undefined ? undefined : values.members(scope)?.of.get('attributes');
  if (attributes === undefined) return () => false;
  const chosen = values.elements(attributes);
  const excluded = values.members(attributes)?.of.get('exclude');
  const names = (nodes: readonly ts.Expression[]): readonly Written<string>[] =>
    nodes.map((one) => values.text(one));
  if (chosen !== undefined) return (name) => !names(chosen).includes(name);
  const left = excluded === undefined ? [] : values.elements(excluded);
  if (left === undefined || values.members(attributes) === undefined)
    draft.unread.add('which columns the default scope leaves out');
  return (name) => names(left ?? []).includes(name);
}

/** A default scope as it is written; undefined where it says nothing. */
function scopeText(scope: ts.Expression | undefined, values: Values): string | undefined {
  if (scope === undefined) return undefined;
  const written = values.follow(scope);
  if (isUndefined(written)) return undefined;
  const members = values.members(scope);
  return members !== undefined && members.of.size + members.unread.length === 0
    ? undefined
    : written.getText();
}

/** The relations, of which those that the default scope includes are loaded by every query. */
function withEager(draft: Draft, relations: readonly Relation[], values: Values): readonly Relation[] {
  const scope = draft.defaultScope;
  const include = scope === undefined ? undefined : values.members(scope)?.of.get('include');
  if (include === undefined) return relations;
  const included = (values.elements(include) ?? [include]).map((one) => includedName(one, relations, values));
  if (included.includes(undefined)) draft.unread.add('what the default scope includes');
  return relations.map((one) => (included.includes(one.name) ? { ...one, isEager: true } : one));
}

/** The alias of what an `include` names. */
function includedName(node: MemberValue, relations: readonly Relation[], values: Values): string | undefined {
  const text = values.text(node);
  if (typeof text === 'string') return text;
  const members = values.members(node)?.of;
  const alias = values.text(members?.get('association') ?? members?.get('as'));
  if (typeof alias === 'string') return alias;
  const model = members?.get('model') ?? node;
  const name = ts.isExpression(model) ? bareExpression(model).getText().split('.').at(-1) : undefined;
  const [only, second] = relations.filter((one) => one.model === name);
  return second === undefined ? only?.name : undefined;
}

function* virtualsOf(draft: Draft, attributes: readonly Attribute[], values: Values): Generator<string> {
  yield* draft.virtuals;
  for (const { name, isVirtual, hasGetter } of attributes) if (isVirtual || hasGetter) yield name;
  for (const node of draft.declaredBy === undefined ? [] : values.lineage(draft.declaredBy)) {
    for (const member of node.members) {
      const name = ts.isGetAccessor(member) && !isStatic(member) ? plainName(member.name) : undefined;
      if (name !== undefined) yield name;
    }
  }
}
