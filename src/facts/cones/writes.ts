import { ts } from 'ts-morph';
import type { Resource } from '../effects/effect.ts';
import { builtInMethod } from '../effects/guesses.ts';
import { firstUseAround } from '../effects/summaries.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { declaredAt } from './parts.ts';
import { awaitsAnything } from './pauses.ts';
import type { Reached } from './reached.ts';

/** How sure it is that it does not matter to a thing whether others come between. */
export type Steadiness = 'certain' | 'likely' | 'no';

/** The targets of an assignment: those in a pattern one by one. */
function targetsOf(node: ts.Expression): readonly ts.Expression[] {
  const bare = bareExpression(node);
  if (ts.isArrayLiteralExpression(bare))
    return bare.elements.flatMap((one) => targetsOf(ts.isSpreadElement(one) ? one.expression : one));
  if (ts.isObjectLiteralExpression(bare))
    return bare.properties.flatMap((one) =>
      ts.isShorthandPropertyAssignment(one)
        ? [one.name]
        : ts.isPropertyAssignment(one)
          ? targetsOf(one.initializer)
          : ts.isSpreadAssignment(one)
            ? targetsOf(one.expression)
            : [],
    );
  return ts.isBinaryExpression(bare) && isAssignment(bare) ? targetsOf(bare.left) : [bare];
}

/** What a node changes itself: what it assigns to, one by one, counts up, deletes, or calls a changing method of a list or map on. */
export function changedBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node)) return isAssignment(node) ? targetsOf(node.left) : [];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const isCounting = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return isCounting ? targetsOf(node.operand) : [];
  }
  if (ts.isDeleteExpression(node)) return targetsOf(node.expression);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node))
    return ts.isExpression(node.initializer) ? targetsOf(node.initializer) : [];
  if (!ts.isCallExpression(node) || !isMember(node.expression)) return [];
  const isChanging = builtInMethod(memberName(node.expression) ?? '') === 'mutates';
  return isChanging ? targetsOf(node.expression.expression) : [];
}

/** Whether an assignment keeps something that was made for it, and is no mere flag. */
const keepsSomething = (target: ts.Node): boolean =>
  ts.isBinaryExpression(target.parent) && isMade(target.parent.right);

function isMade(node: ts.Expression): boolean {
  const bare = bareExpression(node);
  if (ts.isBinaryExpression(bare) && /^(\|\||\?\?)$/.test(bare.operatorToken.getText()))
    return isMade(bare.left) && isMade(bare.right);
  return (
    ts.isCallExpression(bare) ||
    ts.isNewExpression(bare) ||
    ts.isObjectLiteralExpression(bare) ||
    ts.isArrayLiteralExpression(bare)
  );
}

/** Whether what is assigned can be told from what is missing: a new object. What a call gives may be missing itself. */
function isThereFromThenOn(target: ts.Node): boolean {
  if (!ts.isBinaryExpression(target.parent)) return false;
  const made = bareExpression(target.parent.right);
  return ts.isNewExpression(made) || ts.isObjectLiteralExpression(made) || ts.isArrayLiteralExpression(made);
}

/** The block that fills something where it does not leave with it: `if (cached) return cached; …; cached = load();`. */
function fillBehindReturn(target: ts.Node): ts.Block | undefined {
  const statement = target.parent.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  const block = statement.parent;
  if (!isFunctionNode(block.parent)) return undefined;
  const [first] = block.statements;
  if (first === undefined || first === statement || !ts.isIfStatement(first)) return undefined;
  const { thenStatement, elseStatement } = first;
  const only =
    ts.isBlock(thenStatement) && thenStatement.statements.length === 1
      ? thenStatement.statements[0]
      : thenStatement;
  const isAsked = bareExpression(first.expression).getText() === target.getText();
  return isAsked && elseStatement === undefined && only !== undefined && ts.isReturnStatement(only)
    ? block
    : undefined;
}

/** What code of the project changes while the program runs: not when an object is made, and not when a module is loaded. */
export class Writes {
  private readonly symbols: Symbols;
  private readonly calls: Reached;
  private index: ReadonlyMap<string, readonly ts.Node[]> | undefined;
  private readonly askers = new Map<string, ReadonlySet<FunctionNode> | undefined>();

  constructor(symbols: Symbols, calls: Reached) {
    this.symbols = symbols;
    this.calls = calls;
  }

  /** All places that change a variable or a property, by its name. */
  to(resource: Resource): readonly ts.Node[] {
    if (resource.kind === 'field') {
      // The elements of any list are changed somewhere.
      return resource.name === '[]' || resource.owner === '*' ? [] : this.at(`.${resource.name}`);
    }
    if (resource.kind !== 'variable') return [];
    return this.at(`${declaredAt(resource.id)?.path ?? ''} ${resource.name}`);
  }

  /** A place that changes a list, by the name that it goes by. */
  toList(list: ts.Expression): ts.Node | undefined {
    const key = isMember(list)
      ? `.${memberName(list) ?? ''}`
      : ts.isIdentifier(list)
        ? `${list.getSourceFile().fileName} ${list.text}`
        : '';
    return this.at(key)[0];
  }

  /**
   * Whether something is only ever filled in one turn where it is missing, and then stays: `if (!cached) cached = load()`. Not for a
   * wait between the question and the answer, at a place or where `mayWaitIn` tells it.
   */
  areFills(resource: Resource, point: ts.Node, mayWaitIn?: (code: ts.Node) => boolean): Steadiness {
    const all = this.to(resource);
    const isFill = (one: ts.Node): boolean => {
      const whole = firstUseAround(one) ?? fillBehindReturn(one);
      return (
        whole !== undefined &&
        keepsSomething(one) &&
        !awaitsAnything(whole) &&
        !isInside(point, whole) &&
        mayWaitIn?.(whole) !== true
      );
    };
    if (all.length === 0 || !all.every(isFill)) return 'no';
    // Properties may be put in under a computed name, or by `Object.assign`.
    return resource.kind === 'variable' && all.every((one) => isThereFromThenOn(one)) ? 'certain' : 'likely';
  }

  /** Whether code does nothing else with a list of a module than to add to it. */
  isOnlyAddedTo(resource: Resource, fn: FunctionNode, code: readonly ts.Node[]): boolean {
    if (resource.kind !== 'field' || resource.name !== '[]') return false;
    if (!this.askers.has(resource.owner)) this.askers.set(resource.owner, this.askersOf(resource.owner));
    const askers = this.askers.get(resource.owner);
    if (askers === undefined) return false;
    for (let at: FunctionNode | undefined = fn; at !== undefined; at = functionAround(at))
      if (askers.has(at)) return false;
    const reached = this.calls.from(code);
    return [...askers].every((one) => !reached.has(one));
  }

  /** The functions that do something else with a list than to add to it; undefined where that is not known. */
  private askersOf(owner: string): ReadonlySet<FunctionNode> | undefined {
    const at = declaredAt(owner);
    const source = at === undefined ? undefined : this.symbols.whole.program.getSourceFile(at.path);
    if (at === undefined || source === undefined) return undefined;
    const found = new Set<FunctionNode>();
    let isHandedOut = false;
    let symbol: ts.Symbol | undefined;
    const declared = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && node.pos === at.pos && ts.isIdentifier(node.name))
        symbol = this.symbols.at(node.name);
      ts.forEachChild(node, declared);
    };
    declared(source);
    if (symbol === undefined) return undefined;
    const visit = (node: ts.Node): void => {
      if (isText(node) && node.text === symbol?.name) {
        const named = this.namedBy(node);
        if (named !== undefined && this.symbols.followed(named) === symbol && !isNaming(node)) {
          // What others know by another name may be read anywhere.
          if (!isLookedInto(node)) isHandedOut = true;
          const around = functionAround(node);
          if (around !== undefined && !isAdding(node)) found.add(around);
        }
      }
      ts.forEachChild(node, visit);
    };
    const { program, isOwn } = this.symbols.whole;
    for (const one of program.getSourceFiles()) if (isOwn(one) && one.text.includes(symbol.name)) visit(one);
    return isHandedOut ? undefined : found;
  }

  /** What a name stands for: `{ list }` names a property, and gives it what the variable holds. */
  private namedBy(node: ts.Identifier | ts.StringLiteralLike): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? this.symbols.whole.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.symbols.at(node);
  }

  private at(key: string): readonly ts.Node[] {
    this.index ??= this.indexWrites();
    return this.index.get(key) ?? [];
  }

  private indexWrites(): ReadonlyMap<string, readonly ts.Node[]> {
    const index = new Map<string, ts.Node[]>();
    const note = (one: ts.Expression): void => {
      const around = functionAround(one);
      // An object that is being made, or a module that is being loaded.
      const isMaking =
        around === undefined ||
        (ts.isConstructorDeclaration(around) &&
          isMember(one) &&
          one.expression.kind === ts.SyntaxKind.ThisKeyword);
      const name = isMember(one) ? memberName(one) : undefined;
      const key = ts.isIdentifier(one)
        ? `${one.getSourceFile().fileName} ${one.text}`
        : name === undefined
          ? undefined
          : `.${name}`;
      if (isMaking || key === undefined) return;
      const known = index.get(key);
      if (known === undefined) index.set(key, [one]);
      else known.push(one);
    };
    const visit = (node: ts.Node): void => {
      for (const one of changedBy(node)) note(one);
      ts.forEachChild(node, visit);
    };
    for (const source of this.symbols.whole.program.getSourceFiles())
      if (this.symbols.whole.isOwn(source) && !source.isDeclarationFile) visit(source);
    return index;
  }
}

/** Whether a node is a name, or one in brackets: `lib['list']`. */
const isText = (node: ts.Node): node is ts.Identifier | ts.StringLiteralLike =>
  ts.isIdentifier(node) || (ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent));

/** Whether a name only declares, imports or exports there, and gives no other name. */
const isNaming = (name: ts.Node): boolean => {
  const { parent } = name;
  return ts.isVariableDeclaration(parent)
    ? parent.name === name
    : (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) && parent.propertyName === undefined;
};

/** A name of a list, with the module before it: `lib.names`, `lib['names']`. */
const listOf = (name: ts.Identifier | ts.StringLiteralLike): ts.Expression => {
  const { parent } = name;
  const isMemberName = ts.isPropertyAccessExpression(parent)
    ? parent.name === name
    : ts.isElementAccessExpression(parent) &&
      parent.argumentExpression === name &&
      ts.isStringLiteralLike(name);
  return isMemberName && isMember(parent) ? parent : name;
};

/** Whether a list is not handed on there, but only what is in it. */
const isLookedInto = (name: ts.Identifier | ts.StringLiteralLike): boolean => {
  const list = listOf(name);
  const { parent } = list;
  if (isMember(parent))
    return parent.expression === list && !/^(sort|reverse|fill|copyWithin)$/.test(memberName(parent) ?? '');
  return ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === list);
};

/** Whether a list is only added to there: `list.push(one)`, and nobody asks how long it is. */
const isAdding = (name: ts.Identifier | ts.StringLiteralLike): boolean => {
  const list = listOf(name);
  const { parent } = list;
  return (
    isMember(parent) &&
    parent.expression === list &&
    memberName(parent) === 'push' &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent &&
    ts.isExpressionStatement(parent.parent.parent)
  );
};
