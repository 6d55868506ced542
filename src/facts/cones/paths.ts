import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { FoundEffect } from '../effects/summary.ts';
import {
  bareExpression,
  functionAround,
  isFunctionNode,
  isInside,
  isMember,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { callsIn, isCommand } from './parts.ts';
import type { Reached } from './reached.ts';

/** The path of a file, as far as it is known where a function waits. */
export interface FilePath {
  /** A literal path, or its text in the function, with constants written out; `*` where neither is known. */
  readonly text: string;
  /** The same as it is written where it is used, for a sentence. */
  readonly shown: string;
  /** What it is made of: variables, parameters and properties. Undefined where that is not known. */
  readonly roots: ReadonlySet<ts.Node | string> | undefined;
  /** Its text where the file is looked at or changed; empty where no path is written there. */
  readonly written: string;
  /** Whether it is put together: a name in a folder, and not the folder itself. */
  readonly isComposed: boolean;
}

/** Calls that change their second path, and only look at the first. */
const COPIES = /(^|\.)(copyFile|cp|copy|link|symlink)(Sync)?$/;

/** Calls whose result is the path that they are given, or one below it. */
const KEEPS =
  /(^|\.)(join|resolve|normalize|dirname|String|toString|trim|concat|fileURLToPath|pathToFileURL)$/;

/** How far a path is followed to what it is made of. */
const DEPTH = 4;

/** Tells which files calls are about, seen from a function that comes to them. */
export class FilePaths {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly calls: Reached;
  private readonly known = new WeakMap<FunctionNode, Map<ts.Node, FilePath>>();

  constructor(symbols: Symbols, callees: Callees, calls: Reached) {
    this.symbols = symbols;
    this.callees = callees;
    this.calls = calls;
  }

  /** The file that an effect is about, seen from `fn`. */
  of(effect: FoundEffect, fn: FunctionNode): FilePath {
    const path = pathOf(effect);
    const name = effect.resource.kind === 'file' ? posix.normalize(effect.resource.name) : '*';
    if (path === undefined)
      return { text: name, shown: `\`${name}\``, roots: undefined, written: '', isComposed: false };
    const known = this.known.get(fn) ?? new Map<ts.Node, FilePath>();
    this.known.set(fn, known);
    const found = known.get(path) ?? {
      text: name === '*' ? (this.textOf(path, fn) ?? '*') : name,
      shown: name === '*' ? (this.shownOf(path, fn) ?? '`*`') : `\`${name}\``,
      roots: this.rootsOf(path, fn),
      written: path.getText().replace(/\s+/g, ' '),
      isComposed: this.isComposed(path, fn),
    };
    known.set(path, found);
    return found;
  }

  private isComposed(path: ts.Expression, fn: FunctionNode, depth = 0): boolean {
    const bare = bareExpression(path);
    if (isMember(bare)) return false;
    if (!ts.isIdentifier(bare)) return true;
    const [declaration] = this.symbols.declarationsOf(this.symbols.at(bare));
    const made =
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined
        ? [declaration.initializer]
        : (this.givenFor(bare, fn) ?? []);
    return depth < DEPTH && made.some((one) => this.isComposed(one, fn, depth + 1));
  }

  /** The text of a path in the function: that of an argument where it is a parameter of one that the function calls. */
  private textOf(path: ts.Expression, fn: FunctionNode, depth = 0): string | undefined {
    const bare = bareExpression(path);
    if (isInside(bare, fn)) return `\`${this.inFull(bare).replaceAll('`', "'")}\``;
    const given = depth < DEPTH && ts.isIdentifier(bare) ? this.givenFor(bare, fn) : undefined;
    const texts = new Set(given?.map((one) => this.textOf(one, fn, depth + 1)));
    return texts.size === 1 ? [...texts][0] : undefined;
  }

  /** The path as it is written in the function. */
  private shownOf(path: ts.Expression, fn: FunctionNode, depth = 0): string | undefined {
    const bare = bareExpression(path);
    if (isInside(bare, fn)) return `\`${bare.getText().replace(/\s+/g, ' ').replaceAll('`', "'")}\``;
    const [given] = depth < DEPTH && ts.isIdentifier(bare) ? (this.givenFor(bare, fn) ?? []) : [];
    return given === undefined ? undefined : this.shownOf(given, fn, depth + 1);
  }

  /** An expression as it is written, or what a constant was declared with that stands for all of it. */
  private inFull(node: ts.Expression, depth = 0): string {
    const bare = bareExpression(node);
    const [declaration] = ts.isIdentifier(bare) ? this.symbols.declarationsOf(this.symbols.at(bare)) : [];
    if (
      depth < DEPTH &&
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
    )
      return this.inFull(declaration.initializer, depth + 1);
    return bare.getText().replace(/\s+/g, ' ');
  }

  /** The arguments that a parameter is given where the function comes to it; undefined where it is no parameter, or they are not seen. */
  private givenFor(name: ts.Identifier, fn: FunctionNode): readonly ts.Expression[] | undefined {
    const [declaration] = this.symbols.declarationsOf(this.symbols.at(name));
    if (declaration === undefined || !ts.isParameter(declaration) || !ts.isIdentifier(declaration.name))
      return undefined;
    const holder = declaration.parent;
    const at = holder.parameters.indexOf(declaration);
    if (!isFunctionNode(holder) || fn.body === undefined) return undefined;
    const calls = [fn, ...this.calls.from([fn.body])]
      .flatMap(({ body }) => (body === undefined ? [] : callsIn(body)))
      .filter((one) => this.callees.of(one.expression).functions.includes(holder));
    const given = calls.map((one) => one.arguments[at]).filter((one) => one !== undefined);
    return calls.length === 0 || given.length < calls.length ? undefined : given;
  }

  /** What a path is made of, through constants of functions and parameters. */
  private rootsOf(path: ts.Expression, fn: FunctionNode): ReadonlySet<ts.Node | string> | undefined {
    const found = new Set<ts.Node | string>();
    let isKnown = true;
    const add = (name: ts.MemberName, depth: number): void => {
      const [declaration] = this.symbols.declarationsAt(name);
      if (declaration === undefined || isNoValue(declaration)) return;
      found.add(declaration);
      const isOwn = isInside(declaration, fn);
      // What walks a list gives its elements.
      const isElement = ts.isParameter(declaration) && ts.isCallExpression(declaration.parent.parent);
      if (ts.isParameter(declaration) && !isOwn && !isElement) {
        const given = depth < DEPTH && ts.isIdentifier(name) ? this.givenFor(name, fn) : undefined;
        if (given === undefined) isKnown = false;
        for (const one of given ?? []) visit(one, depth + 1);
      }
      if (ts.isBindingElement(declaration) && !isOwn) isKnown = false;
      if (
        ts.isVariableDeclaration(declaration) &&
        functionAround(declaration) !== undefined &&
        declaration.initializer !== undefined &&
        depth < DEPTH
      )
        visit(declaration.initializer, depth + 1);
    };
    const visit = (node: ts.Node, depth: number): void => {
      if (isFunctionNode(node)) return;
      // What another call gives is not made of what it is given.
      if (ts.isCallExpression(node) && !KEEPS.test(node.expression.getText())) return;
      if (ts.isIdentifier(node)) return add(node, depth);
      if (ts.isPropertyAccessExpression(node)) {
        if (this.symbols.declarationsOf(this.symbols.at(node.name)).length > 0) return add(node.name, depth);
        // A part of what is not declared in the project is told by its text.
        if (isCallee(node)) visit(node.expression, depth);
        else found.add(`${node.getText()} of ${node.getSourceFile().fileName}`);
        return;
      }
      ts.forEachChild(node, (one) => visit(one, depth));
    };
    visit(path, 0);
    return isKnown && found.size > 0 ? found : undefined;
  }
}

const isCallee = (node: ts.Expression): boolean =>
  ts.isCallExpression(node.parent) && node.parent.expression === node;

/** Whether a name stands for no value that a path could be made of: a module, a function, a type. */
const isNoValue = (node: ts.Declaration): boolean =>
  isFunctionNode(node) ||
  ts.isClassLike(node) ||
  ts.isImportClause(node) ||
  ts.isImportSpecifier(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node);

/** The argument of a call of `fs` that is the path of the file. */
function pathOf(effect: FoundEffect): ts.Expression | undefined {
  const { node } = effect;
  if (isCommand(effect) || !ts.isCallExpression(node)) return undefined;
  const isCopy = effect.access === 'write' && COPIES.test(effect.by);
  return node.arguments[isCopy ? 1 : 0];
}

/** Whether two paths of which neither is known here may well be one: by what they are made of, or else by how they are written. */
export const mayBeOne = (a: FilePath, b: FilePath): boolean =>
  a.roots !== undefined && b.roots !== undefined
    ? [...a.roots].some((one) => b.roots?.has(one) === true)
    : a.written !== '' && a.written === b.written;

/** The text that a path begins or ends with, where that is written there. */
const endsOf = ({ text }: FilePath): { readonly first: string; readonly last: string } => ({
  first: (
    /^`(?:(?:[\w.]+\.)?(?:join|resolve)\()?['"]([^'"]*)['"]/.exec(text)?.[1]?.replace(/\$\{.*/, '') ??
    /^[^`*]+$/.exec(text)?.[0] ??
    ''
  ).replace(/^\.\//, ''),
  last: /(?:^|[\w/}])(\.\w+)['"]\)*`$/.exec(text)?.[1] ?? '',
});

/** Whether what two paths begin with parts them: where one begins with the other, what follows may make up for it. */
const beginApart = (a: string, b: string): boolean =>
  a !== '' && b !== '' && !a.startsWith(b) && !b.startsWith(a);

/** A path that is written there whole, with nothing put into it. */
const isLiteral = ({ text }: FilePath): boolean =>
  /^`['"][^'"]*['"]`$|^[^`*]+$/.test(text) && !text.includes('${');

/** Whether two paths are put together alike but for their ends: `${id}-a.json`, `${id}-b.json`. */
function endOtherwise({ text }: FilePath, { text: other }: FilePath): boolean {
  if (text === other || text.startsWith('`') !== other.startsWith('`')) return false;
  let same = 0;
  while (text[same] !== undefined && text[same] === other[same]) same++;
  // What follows the last part that is put in decides, where it begins with the same.
  const inFront = text.slice(0, same);
  return (
    inFront.lastIndexOf('${') <= inFront.lastIndexOf('}') &&
    [text, other].every((one) => /^[^${}()'"]*['"]`$/.test(one.slice(same)))
  );
}

/** Whether two paths in different words can be seen to be different: both are literals, or one begins or ends otherwise. */
export function areDifferent(a: FilePath, b: FilePath): boolean {
  if (isLiteral(a) && isLiteral(b)) return a.text !== b.text;
  const [one, other] = [endsOf(a), endsOf(b)];
  const endApart = one.last !== '' && other.last !== '' && one.last !== other.last;
  return beginApart(one.first, other.first) || endApart || endOtherwise(a, b);
}

/** Whether two paths name something in the same folder, or something else that they have in common. */
export const areRelated = (a: FilePath, b: FilePath): boolean =>
  a.isComposed &&
  b.isComposed &&
  a.roots !== undefined &&
  [...a.roots].some((one) => b.roots?.has(one) === true);
