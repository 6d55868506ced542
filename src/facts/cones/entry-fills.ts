import { ts } from 'ts-morph';
import { builtInMethod } from '../effects/guesses.ts';
import { firstUseAround } from '../effects/summaries.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  isMissingTest,
  isPrimitiveNode,
  memberName,
  type Symbols,
} from '../effects/symbols.ts';
import { awaitsAnything } from './pauses.ts';
import { outermost } from './waiting.ts';

/** Finds caches by key: maps and objects of a module whose entries are only put in where they are missing, and never changed there. */
export class EntryFills {
  private readonly symbols: Symbols;
  private readonly known = new Map<ts.Declaration, readonly ts.Node[] | undefined>();

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /**
   * The places that put entries into a variable; undefined where entries are also changed, where others know it by another name, or where one
   * that puts an entry in may wait before it does: at `point`, or where `mayWaitIn` tells it.
   */
  of(
    variable: ts.Declaration,
    point: ts.Node,
    mayWaitIn?: (code: ts.Node) => boolean,
  ): readonly ts.Node[] | undefined {
    if (!this.known.has(variable)) this.known.set(variable, this.find(variable));
    const found = this.known.get(variable);
    const isWhole = found?.every((one) => {
      const around = functionAround(one);
      return around?.body !== undefined && !isInside(point, around) && mayWaitIn?.(around.body) !== true;
    });
    return isWhole === true ? found : undefined;
  }

  private find(variable: ts.Declaration): readonly ts.Node[] | undefined {
    if (!ts.isVariableDeclaration(variable) || !ts.isIdentifier(variable.name)) return undefined;
    if ((ts.getCombinedNodeFlags(variable) & ts.NodeFlags.Const) === 0) return undefined;
    const symbol = this.symbols.at(variable.name);
    if (symbol === undefined) return undefined;
    const uses: EntryUse[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === symbol.name && node !== variable.name) {
        const found = this.symbols.at(node);
        if (found !== undefined && this.symbols.followed(found) === symbol) uses.push(useOf(node));
      }
      ts.forEachChild(node, visit);
    };
    const { program, isOwn } = this.symbols.whole;
    for (const one of program.getSourceFiles()) if (isOwn(one) && one.text.includes(symbol.name)) visit(one);
    const isEmptied = uses.some(({ kind }) => kind === 'removal');
    const isOther = uses.some(
      // What is taken out again, and gives nothing, is a lock.
      (use) => use.kind === 'other' || (use.kind === 'fill' && isEmptied && !use.isGiven),
    );
    const fills = uses.flatMap((use) => (use.kind === 'fill' ? [use.node] : []));
    return isOther || fills.length === 0 ? undefined : fills;
  }
}

type EntryUse =
  /** An entry is put in where it is missing; `isGiven` tells whether what is there is what the function gives. */
  | { readonly kind: 'fill'; readonly node: ts.Node; readonly isGiven: boolean }
  | { readonly kind: 'read' | 'removal' | 'other' };

const READ: EntryUse = { kind: 'read' };
const OTHER: EntryUse = { kind: 'other' };

/** What is done with a map where its name stands. */
function useOf(name: ts.Identifier): EntryUse {
  const list = isMember(name.parent) && name.parent.expression !== name ? name.parent : name;
  const { parent } = list;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent))
    return parent.propertyName === undefined ? READ : OTHER;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword) return READ;
  if (ts.isCallExpression(parent)) return /^Object\.keys$/.test(parent.expression.getText()) ? READ : OTHER;
  if (!isMember(parent) || parent.expression !== list) return OTHER;
  const outer = parent.parent;
  if (ts.isCallExpression(outer) && outer.expression === parent)
    return useByCall(outer, memberName(parent) ?? '');
  if (ts.isDeleteExpression(outer)) return { kind: 'removal' };
  if (!ts.isBinaryExpression(outer) || !isAssignment(outer) || outer.left !== parent)
    return isLookedAt(parent) ? READ : OTHER;
  return firstUseAround(parent) !== undefined && isInOneTurn(outer)
    ? { kind: 'fill', node: parent, isGiven: isObject(outer.right) }
    : OTHER;
}

function useByCall(call: ts.CallExpression, method: string): EntryUse {
  if (/^(delete|clear)$/.test(method)) return { kind: 'removal' };
  if (method === 'has' || method === 'keys') return READ;
  if (method === 'get') return isLookedAt(call) ? READ : OTHER;
  if (method !== 'set' && method !== 'add') return OTHER;
  const [, value] = call.arguments;
  const fill = isInOneTurn(call) ? fillOf(call) : undefined;
  if (fill === undefined) return OTHER;
  return { kind: 'fill', node: call, isGiven: value !== undefined && isObject(value) && !fill.throws };
}

/** Whether a value may be something that was made for it, and is no mere flag. */
const isObject = (value: ts.Expression): boolean => !isPrimitiveNode(bareExpression(value));

/** Whether an entry is only read there: nothing is put into it, and it gets no name under which something may be. */
function isLookedAt(entry: ts.Expression): boolean {
  const at = outermost(entry);
  const { parent } = at;
  if (isMember(parent) && parent.expression === at) {
    const call = parent.parent;
    if (ts.isCallExpression(call) && call.expression === parent)
      return builtInMethod(memberName(parent) ?? '') !== 'mutates';
    return isLookedAt(parent);
  }
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) && isNameLookedAt(parent.name);
  if (ts.isBinaryExpression(parent)) return !isAssignment(parent) || parent.right === at;
  return (
    !ts.isPostfixUnaryExpression(parent) &&
    !(ts.isPrefixUnaryExpression(parent) && parent.operator !== ts.SyntaxKind.ExclamationToken) &&
    !ts.isDeleteExpression(parent) &&
    !ts.isForOfStatement(parent) &&
    !ts.isSpreadElement(parent)
  );
}

function isNameLookedAt(name: ts.Identifier): boolean {
  const around = functionAround(name);
  const visit = (node: ts.Node): boolean => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name)
      return ts.forEachChild(node, (one) => !visit(one) || undefined) !== true;
    const { parent } = node;
    const isOther =
      (isMember(parent) && parent.expression !== node) ||
      // It is given another value.
      (ts.isBinaryExpression(parent) && parent.left === node);
    return isOther || isLookedAt(node);
  };
  return around !== undefined && visit(around);
}

/** Whether nothing is waited for in the function that a place stands in. */
const isInOneTurn = (node: ts.Node): boolean => {
  const around = functionAround(node);
  return around?.body !== undefined && !awaitsAnything(around.body);
};

/**
 * How an entry is only put in where it is missing: `if (!map.has(key)) map.set(…)`, `const known = map.get(key); if (known) return known; …`;
 * undefined where it is put in anyway.
 */
function fillOf(call: ts.CallExpression): { readonly throws: boolean } | undefined {
  for (let at: ts.Node = call; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIterationStatement(parent, false) && parent.statement !== at) return undefined;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && asksMissing(parent.expression, call))
      return { throws: false };
    if (!ts.isBlock(parent)) continue;
    for (const one of parent.statements) {
      if (one.pos >= at.pos || !ts.isIfStatement(one) || !asksThere(one.expression, call)) continue;
      const last = lastOf(one.thenStatement);
      if (last === undefined) continue;
      if (ts.isReturnStatement(last) || ts.isThrowStatement(last))
        return { throws: !ts.isReturnStatement(last) || last.expression === undefined };
    }
  }
  return undefined;
}

const lastOf = (node: ts.Statement): ts.Statement | undefined =>
  ts.isBlock(node) ? node.statements.at(-1) : node;

function asksMissing(test: ts.Expression, call: ts.CallExpression): boolean {
  const bare = bareExpression(test);
  if (ts.isPrefixUnaryExpression(bare) && bare.operator === ts.SyntaxKind.ExclamationToken)
    return isAsked(bare.operand, call);
  return ts.isBinaryExpression(bare) && isMissingTest(bare, bare.left.getText()) && isAsked(bare.left, call);
}

function asksThere(test: ts.Expression, call: ts.CallExpression): boolean {
  const bare = bareExpression(test);
  if (
    ts.isBinaryExpression(bare) &&
    /^!==?$/.test(bare.operatorToken.getText()) &&
    /^(null|undefined)$/.test(bare.right.getText())
  )
    return isAsked(bare.left, call);
  return isAsked(bare, call);
}

/** Whether it is asked for the entry that a call puts in: by `get`, `has`, or a name for what `get` gave. */
function isAsked(node: ts.Expression, call: ts.CallExpression): boolean {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare)) {
    const given = initializerOf(bare, call);
    return given !== undefined && isAsked(given, call);
  }
  if (!ts.isCallExpression(bare) || !isMember(bare.expression) || !isMember(call.expression)) return false;
  return (
    /^(get|has)$/.test(memberName(bare.expression) ?? '') &&
    bare.expression.expression.getText() === call.expression.expression.getText() &&
    bare.arguments[0]?.getText() === call.arguments[0]?.getText()
  );
}

/** What a name is declared with in the function that a call stands in. */
function initializerOf(name: ts.Identifier, call: ts.CallExpression): ts.Expression | undefined {
  const around = functionAround(call);
  const visit = (node: ts.Node): ts.Expression | undefined => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name.text && node.initializer !== undefined)
      return ts.isIdentifier(bareExpression(node.initializer)) ? undefined : node.initializer;
    return isFunctionNode(node) && node !== around ? undefined : ts.forEachChild(node, visit);
  };
  return around === undefined ? undefined : visit(around);
}
