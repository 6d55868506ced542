import { isBuiltin } from 'node:module';
import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import { guessOf, isLogCall } from '../effects/guesses.ts';
import { returnsOf, type LibraryValues } from '../effects/library-values.ts';
import type { FoundEffect } from '../effects/summary.ts';
import {
  bareExpression,
  chainOf,
  functionAround,
  isAssignment,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { isBlockingPackage } from '../libraries/blocking/table.ts';
import { isQuietLibrary, keptStateOf, sharedByNameOf, type KeptState } from '../libraries/kept-state.ts';
import { isKnownPackage, libraryFactOf } from '../libraries/tables.ts';
import type { BuiltInObjects } from './built-in-objects.ts';
import type { OwnTurns } from './own-turns.ts';
import type { Reached } from './reached.ts';
import { calleeText } from './sites.ts';
import { isDropped, outermost } from './waiting.ts';

/** What keeps the state of a library: all of it, or one object that it made. */
interface Holder {
  /** Empty for what JavaScript and Node have themselves. */
  readonly package: string;
  /** The declaration of the object; undefined for what is imported itself. */
  readonly declaration?: ts.Declaration;
  /** What the object is called where it is one of JavaScript's or Node's own. */
  readonly name?: string;
  /** Whether it is a parameter: the object may have been made by who calls. */
  readonly isGiven?: boolean;
}

/** An effect on what a library keeps. */
export interface KeptEffect extends Holder, KeptState {
  /** The call as it is written: `i18n.setLocale`. */
  readonly callee: string;
}

/** Names of calls that change what they are called on, also where their result is used. */
const CHANGES =
  /^(set|add|delete|remove|put|push|pop|shift|update|increment|decrement|inc|clear|reset|register|unregister|insert|save|store|enqueue|dequeue|lock|unlock|acquire|release|switch|change|toggle|enable|disable|take|reserve|claim|consume|touch|mark|upsert)([A-Z_]|$)/;

/** Code that sets a member of a member, or of what has the name of a class or module. */
const SETS_MEMBER = /[\w$\])]\s*(\.\w+|\])\s*=[^=>]/;

/** What every process that is started has as its own from then on. */
export const ENVIRONMENT: Holder = { package: 'process.env', name: 'process.env' };

/** Packages whose calls start processes. */
const STARTS_PROCESSES = /^(child_process|execa|cross-spawn|shelljs|zx|cluster)$/;

/** How far an object is followed to what made it. */
const DEPTH = 12;

/** Whether a specifier names a package, and no file of the project. */
const isPackage = (name: string): boolean =>
  !/^([./~#]|@\/)/.test(name) && name !== 'global' && !isBuiltin(name);

/** Whether two effects may be about the same state. */
export const mayShare = (a: Holder, b: Holder): boolean =>
  a.package === b.package &&
  (a.declaration === undefined || b.declaration === undefined || a.declaration === b.declaration);

/** What code reads and changes of the state that libraries keep in the memory of the process. */
export class LibraryState {
  private readonly calls: Reached;
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly libraries: LibraryValues;
  private readonly turns: OwnTurns;
  private readonly builtIn: BuiltInObjects;
  private readonly direct = new Map<ts.Node, readonly FoundEffect[]>();
  private readonly reached = new Map<FunctionNode, readonly FoundEffect[]>();
  private readonly kept = new WeakMap<FoundEffect, KeptEffect>();

  constructor(
    symbols: Symbols,
    callees: Callees,
    libraries: LibraryValues,
    calls: Reached,
    { turns, builtIn }: { readonly turns: OwnTurns; readonly builtIn: BuiltInObjects },
  ) {
    this.calls = calls;
    this.symbols = symbols;
    this.callees = callees;
    this.libraries = libraries;
    this.turns = turns;
    this.builtIn = builtIn;
  }

  /** What running a piece of code does to what libraries keep, with everything that it calls. */
  of(node: ts.Node): readonly FoundEffect[] {
    const code = isFunctionNode(node) ? (node.body ?? node) : node;
    return [...this.directIn(code), ...this.calls.functionsIn(code).flatMap((fn) => this.ofFunction(fn))];
  }

  /** What such an effect is about; undefined for effects of other kinds. */
  keptOf(effect: FoundEffect): KeptEffect | undefined {
    return this.kept.get(effect);
  }

  private ofFunction(fn: FunctionNode): readonly FoundEffect[] {
    const known = this.reached.get(fn);
    if (known !== undefined) return known;
    const found = new Map<string, FoundEffect>();
    const within = fn.body === undefined ? [] : [fn, ...this.calls.from([fn.body])];
    for (const { body } of within) {
      for (const effect of body === undefined ? [] : this.directIn(body)) {
        const key = `${effect.access} ${effect.resource.kind === 'store' ? effect.resource.name : ''}`;
        if (!found.has(key)) found.set(key, effect);
      }
    }
    const all = [...found.values()];
    this.reached.set(fn, all);
    return all;
  }

  /** The effects of the calls that stand in a piece of code itself. */
  private directIn(code: ts.Node): readonly FoundEffect[] {
    const known = this.direct.get(code);
    if (known !== undefined) return known;
    const found: FoundEffect[] = [];
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node)) return;
      const effect = ts.isCallExpression(node)
        ? (this.ofCall(node) ?? this.ofBuiltIn(node))
        : ts.isBinaryExpression(node) && isAssignment(node)
          ? this.ofAssignment(node)
          : this.ofBuiltIn(node);
      if (effect !== undefined) found.push(effect);
      ts.forEachChild(node, visit);
    };
    visit(code);
    this.direct.set(code, found);
    return found;
  }

  private readonly ofNode = new Map<ts.Node, FoundEffect | undefined>();

  private ofCall(node: ts.CallExpression): FoundEffect | undefined {
    if (this.ofNode.has(node)) return this.ofNode.get(node);
    const found = this.findCall(node);
    this.ofNode.set(node, found);
    return found;
  }

  private findCall(node: ts.CallExpression): FoundEffect | undefined {
    const callee = bareExpression(node.expression);
    if (this.libraries.of(callee) === undefined || this.callees.of(callee).functions.length > 0)
      return undefined;
    const call = this.libraries.callOf(node);
    if (call === undefined) return undefined;
    if (STARTS_PROCESSES.test(call.package))
      return this.effect(node, callee, ENVIRONMENT, { access: 'read', isKnown: false });
    const shared = sharedByNameOf(call);
    if (shared !== undefined)
      return this.effect(node, callee, { package: shared }, { access: 'write', isKnown: false });
    if (!isPackage(call.package)) return undefined;
    const state =
      keptStateOf(call) ??
      (libraryFactOf(call) === undefined && !isKnownPackage(call.package)
        ? guessedState(node, callee)
        : this.isSetWhileServing(call.package)
          ? { access: 'read' as const, isKnown: false }
          : undefined);
    if (state === undefined || isQuietLibrary(call.package) || isBlockingPackage(call.package))
      return undefined;
    if (isLogCall(chainOf(callee))) return undefined;
    const holder = this.holderOf(callee, call.package, 0);
    if (holder === undefined || (holder.isGiven === true && !state.isKnown)) return undefined;
    return this.effect(node, callee, holder, state);
  }

  /** What names an object of JavaScript's or Node's own. */
  private ofBuiltIn(node: ts.Node): FoundEffect | undefined {
    const touch = this.builtIn.at(node);
    if (touch === undefined) return undefined;
    const { declaration, callee, access } = touch;
    const holder = { package: '', declaration, name: touch.name };
    return this.found(touch.node, callee, holder, { access, isKnown: false });
  }

  /** `Settings.defaultLocale = …`, on what is imported. */
  private ofAssignment(node: ts.BinaryExpression): FoundEffect | undefined {
    const left = bareExpression(node.left);
    if (!isMember(left)) return undefined;
    if (/^process\.env$/.test(bareExpression(left.expression).getText()))
      return this.effect(node, left, ENVIRONMENT, { access: 'write', isKnown: false });
    const value = this.libraries.of(left.expression);
    if (value === undefined || !isPackage(value.package) || isQuietLibrary(value.package)) return undefined;
    const holder = this.holderOf(left.expression, value.package, 0);
    // Properties of what a call gave are told as such.
    const isOther = holder?.declaration !== undefined && !this.isNamedBy(left.expression, holder.declaration);
    return holder === undefined || holder.isGiven === true || isOther
      ? undefined
      : this.effect(node, left, holder, { access: 'write', isKnown: false });
  }

  /** Whether a chain of members begins with the name of a declaration: `client.defaults.headers`. */
  private isNamedBy(node: ts.Expression, declaration: ts.Declaration): boolean {
    let root = bareExpression(node);
    while (isMember(root)) root = bareExpression(root.expression);
    return this.symbols.declarationsOf(this.symbols.at(root)).includes(declaration);
  }

  private set: ReadonlySet<string> | undefined;

  /**
   * Whether a function of the project sets a property of what it imports of a package, or of an object that the package has made: what is
   * called of it may read that, whatever a table says.
   */
  private isSetWhileServing(name: string): boolean {
    this.set ??= this.findSet();
    return this.set.has(name);
  }

  private findSet(): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && isAssignment(node) && functionAround(node) !== undefined) {
        const effect = this.ofAssignment(node);
        const kept = effect === undefined ? undefined : this.keptOf(effect);
        if (kept !== undefined) found.add(kept.package);
      }
      ts.forEachChild(node, visit);
    };
    const { program, isOwn } = this.symbols.whole;
    for (const source of program.getSourceFiles())
      if (isOwn(source) && !source.isDeclarationFile && SETS_MEMBER.test(source.text)) visit(source);
    return found;
  }

  private effect(node: ts.Node, callee: ts.Expression, holder: Holder, state: KeptState): FoundEffect {
    return this.found(node, calleeText(callee), holder, state);
  }

  private found(node: ts.Node, callee: string, holder: Holder, state: KeptState): FoundEffect {
    const { declaration } = holder;
    const at =
      declaration === undefined ? '' : ` ${declaration.getSourceFile().fileName}:${String(declaration.pos)}`;
    const found: FoundEffect = {
      access: state.access,
      resource: { kind: 'store', name: `kept ${holder.package}${at}` },
      by: callee,
      node,
      certainty: 'assumed',
      viaThis: false,
    };
    this.kept.set(found, { ...holder, ...state, callee });
    return found;
  }

  /** What keeps the state of what a call is made on; undefined where each call of the function around makes its own. */
  private holderOf(node: ts.Expression, name: string, depth: number): Holder | undefined {
    const whole: Holder = { package: name };
    const bare = bareExpression(node);
    if (depth > DEPTH) return whole;
    if (ts.isAwaitExpression(bare)) return this.holderOf(bare.expression, name, depth + 1);
    if (ts.isNewExpression(bare)) return undefined;
    if (ts.isCallExpression(bare)) return this.holderOfResult(bare, name, depth + 1);
    if (bare.kind === ts.SyntaxKind.ThisKeyword) return whole;
    const [declaration] = this.symbols.declarationsAt(ts.isPropertyAccessExpression(bare) ? bare.name : bare);
    if (declaration === undefined || isImported(declaration))
      return isMember(bare) ? this.holderOf(bare.expression, name, depth + 1) : whole;
    if (ts.isParameter(declaration))
      return ts.isParameterPropertyDeclaration(declaration, declaration.parent)
        ? { package: name, declaration }
        : { package: name, isGiven: true };
    const made = initializerOf(declaration);
    if (made === undefined) return { package: name, declaration };
    const bareMade = bareExpression(made);
    const isOfOneCall = ts.isVariableDeclaration(declaration) && this.turns.isOfOneCall(declaration, node);
    if (ts.isNewExpression(bareMade)) return isOfOneCall ? undefined : { package: name, declaration };
    const above = this.holderOf(made, name, depth + 1);
    // What a library made for a variable of the module is an object of its own.
    return above === undefined && !isOfOneCall ? { package: name, declaration } : above;
  }

  /** What a call gives belongs to what it is called on, unless that is the library itself, which makes it. */
  private holderOfResult(node: ts.CallExpression, name: string, depth: number): Holder | undefined {
    const callee = bareExpression(node.expression);
    const { functions } = this.callees.of(callee);
    const [returned] = functions.flatMap(returnsOf);
    if (functions.length > 0)
      return returned === undefined ? { package: name } : this.holderOf(returned, name, depth);
    const holder = this.holderOf(callee, name, depth);
    if (holder === undefined || holder.declaration !== undefined || holder.isGiven === true) return holder;
    const method = isMember(callee) ? (memberName(callee) ?? '') : ts.isIdentifier(callee) ? callee.text : '';
    // `getInstance()`, `useClient()`: one for all. A chain goes on with what it is called on: `moment(0).format()`.
    const isShared =
      guessOf(method) === 'read' || /^(use|default|shared|current|singleton|instance)/i.test(method);
    return isShared || isOfChain(node) ? holder : undefined;
  }
}

/** Whether something is called on the result of a call at once. */
const isOfChain = (node: ts.Expression): boolean => {
  const { parent } = outermost(node);
  return isMember(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
};

const isImported = (node: ts.Declaration): boolean =>
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node) ||
  ts.isExportSpecifier(node) ||
  (ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    bareExpression(node.initializer).getText().startsWith('require(')) ||
  (ts.isBindingElement(node) && /=\s*require\(/.test(node.parent.parent.getText()));

/** What a variable or a field is given where it is declared. */
function initializerOf(node: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node))
    return node.initializer;
  if (ts.isBindingElement(node)) {
    const holder = node.parent.parent;
    return ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
  }
  return undefined;
}

/** What a call of a library that no table knows looks like: one whose result nobody uses does something. */
function guessedState(node: ts.CallExpression, callee: ts.Expression): KeptState {
  const name = isMember(callee) ? (memberName(callee) ?? '') : ts.isIdentifier(callee) ? callee.text : '';
  return { access: isDropped(node) || CHANGES.test(name) ? 'write' : 'read', isKnown: false };
}
