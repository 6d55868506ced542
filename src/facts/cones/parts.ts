import { ts } from 'ts-morph';
import type { Callees } from '../effects/callees.ts';
import type { Resource } from '../effects/effect.ts';
import { returnsOf, type LibraryValues } from '../effects/library-values.ts';
import type { Summaries } from '../effects/summaries.ts';
import { keyOf, ONLY, type FoundEffect } from '../effects/summary.ts';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
} from '../effects/symbols.ts';
import { blockingCallOf, isBlockingPackage } from '../libraries/blocking/table.ts';
import type { LibraryState } from './library-state.ts';
import { awaitsAnything, type Pauses } from './pauses.ts';
import { siteOf } from './sites.ts';
import { isAsync } from './waiting.ts';

/** What a function does before, at and after a place where it waits. */
export interface Parts {
  /** Where no pause of today lies between that and the place. */
  readonly before: readonly FoundEffect[];
  readonly at: readonly FoundEffect[];
  readonly after: readonly FoundEffect[];
  /** What the call at the place does before and after it waits itself: all that it does, where that cannot be told apart. */
  readonly atBefore: readonly FoundEffect[];
  readonly atAfter: readonly FoundEffect[];
  /** Whether those two are told apart. */
  readonly isSplit: boolean;
  /** Whether something is done in calls that are waited for today, and nowhere else. */
  isAside(effect: FoundEffect): boolean;
  /** Whether what a call gives that has the first effect, and is waited for today, is handed to one that has the second, or decides whether it is come to. */
  leadsTo(one: FoundEffect, other: FoundEffect): boolean;
  /** Whether other turns always come between, today, before the place is come to, or before the function ends. */
  readonly isPausedBefore: boolean;
  readonly isPausedAfter: boolean;
  /** What a piece of code of the function does. */
  effectsOf(code: ts.Node): readonly FoundEffect[];
  /** Whether code has a call that blocks, or comes to one that does: it may wait there one day. */
  mayWaitIn(code: ts.Node): boolean;
  /** The code that runs before it, as far as no pause of today lies between. */
  readonly recent: readonly ts.Node[];
  /** The code that runs before and after it, whatever pauses there are. */
  readonly earlier: readonly ts.Node[];
  readonly later: readonly ts.Node[];
}

/** What is asked about pairs of effects before and after a place. */
export interface Asked {
  /** Whether a sentence of that key is not said yet. */
  once(key: string): boolean;
  /** Whether a wait of today very likely lies between two effects, though it is not proved that it always does. */
  isParted(one: FoundEffect, other: FoundEffect): boolean;
  /** Whether code runs before the place without a wait of today that very likely lies between. */
  isRecent(node: ts.Node): boolean;
}

type Loop = ts.ForStatement | ts.ForOfStatement | ts.ForInStatement | ts.WhileStatement | ts.DoStatement;

const isLoop = (node: ts.Node): node is Loop =>
  ts.isForStatement(node) ||
  ts.isForOfStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isWhileStatement(node) ||
  ts.isDoStatement(node);

/** The line of a node, for sentences. */
export const lineOf = (node: ts.Node): number => siteOf(node).line;

/** The position of a declaration that the id of a variable or an owner tells. */
export function declaredAt(text: string): { readonly path: string; readonly pos: number } | undefined {
  const found = /^(?:only )?(?:variable )?(.*):(\d+)$/.exec(text);
  return found === null ? undefined : { path: found[1] ?? '', pos: Number(found[2]) };
}

/** The function whose calls have variables of their own: a callback that becomes the body of a loop shares those around it. */
export function homeOf(fn: FunctionNode): FunctionNode {
  const { parent } = fn;
  const isWalked =
    ts.isCallExpression(parent) &&
    parent.arguments.some((one) => one === fn) &&
    isMember(parent.expression) &&
    memberName(parent.expression) === 'forEach' &&
    !isAsync(fn);
  const around = isWalked ? functionAround(fn) : undefined;
  return around === undefined ? fn : homeOf(around);
}

/** Whether each call of the function has a thing of its own: what is declared in it. */
export function isLocal(resource: Resource, fn: FunctionNode): boolean {
  const id =
    resource.kind === 'variable'
      ? resource.id
      : resource.kind === 'field' && /^(only )?variable /.test(resource.owner)
        ? resource.owner
        : undefined;
  const at = id === undefined ? undefined : declaredAt(id.startsWith(ONLY) ? id.slice(ONLY.length) : id);
  return at !== undefined && at.path === fn.getSourceFile().fileName && at.pos >= fn.pos && at.pos < fn.end;
}

/** Whether another program does it, to files that nobody knows. */
export const isCommand = ({ by }: FoundEffect): boolean =>
  /(^|\.)(exec|execFile|spawn|fork|execa|execaCommand|command)(Sync)?$/.test(by);

/** Whether a node stands in the arguments of a call, or in what it is called on: that is told for itself. */
const isInArguments = (node: ts.Node, call: ts.CallExpression): boolean =>
  node !== call &&
  (isInside(node, call.expression) ||
    call.arguments.some((one) => !isFunctionNode(one) && isInside(node, one)));

/** The calls in a piece of code that run with it: those in functions left out. */
export function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if (ts.isCallExpression(one)) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

export interface PartsTools {
  readonly callees: Callees;
  readonly libraries: LibraryValues;
  readonly summaries: Summaries;
  readonly state: LibraryState;
}

/** Code that runs before or after a place. */
interface Piece {
  readonly node: ts.Node;
  /** Whether it runs whenever the place is come to, or left. */
  readonly isCertain: boolean;
  /** Whether all of it counts, whatever pauses there are in it: a loop comes round again. */
  readonly isWhole: boolean;
  /** What it does, where that is not all that its code does. */
  readonly effects?: readonly FoundEffect[];
}

/** The nearest piece comes first. */
interface Around {
  readonly before: Piece[];
  readonly after: Piece[];
}

/** What a call does before and after the waits in it. */
interface Inner {
  readonly before: readonly FoundEffect[];
  readonly after: readonly FoundEffect[];
}

const codeOf = (pieces: readonly Piece[]): readonly ts.Node[] =>
  pieces.filter(({ effects }) => effects === undefined).map(({ node }) => node);

const effectKey = ({ access, resource }: FoundEffect): string => `${access} ${keyOf(resource)}`;

const among = (all: readonly FoundEffect[], some: readonly FoundEffect[]): readonly FoundEffect[] => {
  const keys = new Set(all.map(effectKey));
  return some.filter((one) => keys.has(effectKey(one)));
};

/** The expression that a statement consists of, or one in parentheses. */
function onlyExpression(node: ts.Node): ts.Expression | undefined {
  if (ts.isExpressionStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node))
    return node.expression;
  if (ts.isVariableStatement(node)) {
    const [one, ...others] = node.declarationList.declarations;
    return others.length === 0 ? one?.initializer : undefined;
  }
  return ts.isExpression(node) && bareExpression(node) !== node ? bareExpression(node) : undefined;
}

/** The `return` of nothing in a piece of code, functions in it left out. */
function bareReturnsOf(node: ts.Node): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if (ts.isReturnStatement(one) && one.expression === undefined) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** The names that a piece of code declares or assigns, functions in it left out. */
function namesGivenBy(piece: ts.Node): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: ts.Node): void => {
    if (ts.isIdentifier(name)) found.add(name.text);
    else ts.forEachChild(name, add);
  };
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node)) return;
    if (ts.isVariableDeclaration(node)) add(node.name);
    if (ts.isBinaryExpression(node) && isAssignment(node)) add(node.left);
    ts.forEachChild(node, visit);
  };
  visit(piece);
  return found;
}

/** Whether a piece of code may be left before its end, or by an error that it throws itself; what it does where something else failed is left out. */
function mayTurnAway(node: ts.Node): boolean {
  if (isFunctionNode(node) || ts.isCatchClause(node)) return false;
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node))
    return true;
  return ts.forEachChild(node, (one) => mayTurnAway(one) || undefined) ?? false;
}

/** Whether what a piece of code gives goes into some of the pieces behind it, or decides how it goes on there. */
function decides(piece: ts.Node, behind: readonly ts.Node[], some: ReadonlySet<ts.Node>): boolean {
  // What is a part of a condition decides what follows.
  if (!ts.isStatement(piece) || mayTurnAway(piece)) return true;
  const names = namesGivenBy(piece);
  const uses = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && names.has(node.text)) ||
    (ts.forEachChild(node, (one) => uses(one) || undefined) ?? false);
  return (
    names.size > 0 &&
    behind.some((one) => (some.has(one) || !ts.isStatement(one) || mayTurnAway(one)) && uses(one))
  );
}

/** Whether a call lets nobody else run until it is done. */
function isBlocking(call: ts.CallExpression, libraries: LibraryValues): boolean {
  // A function of the project that gives what a library gave is not the library.
  const library = libraries.of(call.expression) === undefined ? undefined : libraries.callOf(call);
  if (library === undefined || !isBlockingPackage(library.package)) return false;
  return /sync/i.test(library.path) || blockingCallOf(library, { isResultUsed: true }) !== undefined;
}

/** Whether a function may wait in a loop until the clock says so. */
const mayWatchTheClock = (fn: FunctionNode): boolean =>
  /\b(while|for|do)\b/.test(fn.getText()) &&
  /\bDate\b|\bperformance\b|\bhrtime\b|\bAtomics\b/.test(fn.getText());

/** Tells what functions do before and after a place, as far as no other turn comes between today. */
export class PartsOf {
  private readonly tools: PartsTools;
  private readonly pauses: Pauses;
  private readonly effects = new WeakMap<ts.Node, readonly FoundEffect[]>();
  private readonly heads = new Map<FunctionNode, readonly FoundEffect[]>();
  private readonly tails = new Map<FunctionNode, readonly FoundEffect[]>();
  private readonly waits = new Map<FunctionNode, readonly ts.CallExpression[] | undefined>();
  private readonly inners = new Map<FunctionNode, Inner | undefined>();

  constructor(tools: PartsTools, pauses: Pauses) {
    this.tools = tools;
    this.pauses = pauses;
  }

  /** What the function does before, at and after the expression, by the order in which it runs. */
  of(fn: FunctionNode, point: ts.Expression): Parts {
    const { before, after } = this.around(fn, point);
    const at = this.effectsOf(point);
    const inner = this.innerOf(point);
    let aside: ReadonlyMap<FoundEffect, ReadonlySet<ts.Node>> | undefined;
    const asides = (): ReadonlyMap<FoundEffect, ReadonlySet<ts.Node>> =>
      (aside ??= this.aside([...before, ...after]));
    return {
      before: this.collect(before, (node) => this.tail(node)),
      at,
      atBefore: inner?.before ?? at,
      atAfter: inner?.after ?? at,
      isSplit: inner !== undefined,
      isPausedBefore: this.isParted(before),
      isPausedAfter: this.isParted(after),
      isAside: (effect) => asides().has(effect),
      leadsTo: (one, other) => {
        const pieces = [...before.toReversed(), ...after].map(({ node }) => node);
        const others = asides().get(other) ?? new Set();
        return [...(asides().get(one) ?? [])].some((piece) =>
          decides(piece, pieces.slice(pieces.indexOf(piece) + 1), others),
        );
      },
      effectsOf: (code) => this.effectsOf(code),
      mayWaitIn: (code) => callsIn(code).some((call) => this.comesToWait(call)),
      after: this.collect(after, (node) => this.head(node)),
      recent: codeOf(this.sincePause(before)),
      earlier: codeOf(before),
      later: codeOf(after),
    };
  }

  /** Whether other turns always come between where pieces run. */
  private isParted(pieces: readonly Piece[]): boolean {
    return pieces.some(
      ({ node, isCertain, isWhole, effects }) =>
        isCertain && !isWhole && effects === undefined && this.pauses.in(node),
    );
  }

  /** What is only done in calls that pieces wait for, with those pieces. */
  private aside(pieces: readonly Piece[]): ReadonlyMap<FoundEffect, ReadonlySet<ts.Node>> {
    const found = new Map<FoundEffect, Set<ts.Node>>();
    const direct = new Set<FoundEffect>();
    for (const piece of pieces) {
      const isAwaited = piece.effects === undefined && !piece.isWhole && awaitsAnything(piece.node);
      for (const one of piece.effects ?? this.effectsOf(piece.node)) if (!isAwaited) direct.add(one);
      if (isAwaited)
        for (const one of [...this.tail(piece.node), ...this.head(piece.node)])
          if (!isInside(one.node, piece.node))
            found.set(one, (found.get(one) ?? new Set<ts.Node>()).add(piece.node));
    }
    for (const one of direct) found.delete(one);
    return found;
  }

  /** Pieces up to the first pause, the one that it is in among them. */
  private sincePause(pieces: readonly Piece[]): readonly Piece[] {
    const end = pieces.findIndex(
      ({ node, isCertain, isWhole, effects }) =>
        isCertain && !isWhole && effects === undefined && this.pauses.in(node),
    );
    return end === -1 ? pieces : pieces.slice(0, end + 1);
  }

  /** What pieces do, up to the first pause. */
  private collect(
    pieces: readonly Piece[],
    upToPause: (node: ts.Node) => readonly FoundEffect[],
  ): readonly FoundEffect[] {
    return this.sincePause(pieces).flatMap(
      ({ node, effects, isWhole }) => effects ?? (isWhole ? this.effectsOf(node) : upToPause(node)),
    );
  }

  /** The pieces of a function around a place, in the order in which they run. */
  private around(fn: FunctionNode, place: ts.Node): Around {
    const before: Piece[] = [];
    const after: Piece[] = [];
    // What returns does nothing more but on its way out.
    let leaves = false;
    const add = (into: Piece[], node: ts.Node | undefined, isCertain = true, isWhole = false): void => {
      if (node !== undefined && !ts.isTypeNode(node) && (into === before || !leaves))
        into.push({ node, isCertain, isWhole });
    };
    const home = homeOf(fn);
    for (let below = place; below !== home && below.parent !== home; below = below.parent) {
      const { parent } = below;
      if (isFunctionNode(parent)) {
        // The callback of `forEach`, which becomes the body of a loop.
        leaves = false;
        add(before, below, false, true);
        add(after, below, false, true);
        below = parent;
      } else if (isLoop(parent)) {
        add(before, parent, false, true);
        add(after, parent, false, true);
      } else if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) {
        const others = parent.statements.filter((one) => one !== below && !ts.isFunctionDeclaration(one));
        for (const one of others.filter(({ pos }) => pos < below.pos).toReversed()) add(before, one);
        for (const one of others.filter(({ pos }) => pos > below.pos)) add(after, one);
        if (ts.isCaseClause(parent) && parent.expression !== below) add(before, parent.expression, false);
      } else if (ts.isCaseBlock(parent)) {
        for (const one of parent.clauses)
          if (one !== below && one.pos > below.pos) add(after, one, false, true);
      } else if (ts.isIfStatement(parent)) {
        if (below === parent.expression) {
          add(after, parent.thenStatement, false);
          add(after, parent.elseStatement, false);
        } else add(before, parent.expression);
      } else if (ts.isConditionalExpression(parent)) {
        if (below === parent.condition) {
          add(after, parent.whenTrue, false);
          add(after, parent.whenFalse, false);
        } else add(before, parent.condition);
      } else if (ts.isTryStatement(parent)) {
        const isLeaving: boolean = leaves;
        leaves = false;
        if (below === parent.tryBlock) add(after, parent.catchClause, false);
        else add(before, parent.tryBlock, this.pauses.likely, !this.pauses.likely);
        if (below !== parent.finallyBlock) add(after, parent.finallyBlock);
        leaves = isLeaving;
      } else if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.right === below)
        this.aroundAssignment(parent, below, before, after);
      else if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
        this.aroundArgument(parent, below, before, after);
      else if (ts.isReturnStatement(parent)) leaves = true;
      else if (!ts.isFunctionLike(parent)) {
        const others: ts.Node[] = [];
        ts.forEachChild(parent, (one) => {
          if (
            one !== below &&
            (ts.isExpression(one) ||
              ts.isVariableDeclaration(one) ||
              ts.isObjectLiteralElementLike(one) ||
              ts.isTemplateSpan(one)) &&
            !isFunctionNode(one)
          )
            others.push(one);
        });
        for (const one of others.filter(({ pos }) => pos < below.pos).toReversed()) add(before, one);
        for (const one of others.filter(({ pos }) => pos > below.pos)) add(after, one, false);
      }
    }
    return { before, after };
  }

  /** `total += …`: what is read of the left side before, and written after. */
  private aroundAssignment(
    parent: ts.BinaryExpression,
    below: ts.Node,
    before: Piece[],
    after: Piece[],
  ): void {
    const left = this.ofLeft(parent, below);
    const piece = (effects: readonly FoundEffect[]): Piece => ({
      node: parent,
      isCertain: true,
      isWhole: false,
      effects,
    });
    const writes = left.filter(({ access }) => access === 'write');
    after.push(piece(writes));
    before.push(piece(left.filter(({ access }) => access === 'read')));
    if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      before.push(piece(writes.map((one): FoundEffect => ({ ...one, access: 'read' }))));
  }

  /** What an assignment does beside what its right side does. */
  private ofLeft(node: ts.BinaryExpression, right: ts.Node): readonly FoundEffect[] {
    const inside = new Set(this.effectsOf(right).map(effectKey));
    return this.effectsOf(node).filter((one) => isInside(one.node, node.left) || !inside.has(effectKey(one)));
  }

  /** The arguments before one are evaluated before it, and the call is made after. */
  private aroundArgument(
    parent: ts.CallExpression | ts.NewExpression,
    below: ts.Node,
    before: Piece[],
    after: Piece[],
  ): void {
    const inside = new Set(this.effectsOf(below).map(effectKey));
    const called = this.tools.callees
      .of(parent.expression)
      .functions.flatMap((fn) => [
        ...this.tools.summaries.of(fn).effects.values(),
        ...this.tools.state.of(fn),
      ])
      .filter(({ viaThis }) => !viaThis);
    const effects = this.effectsOf(parent).filter((one) => !inside.has(effectKey(one)));
    for (const one of (parent.arguments ?? []).filter(({ pos }) => pos < below.pos).toReversed())
      before.push({ node: one, isCertain: true, isWhole: false });
    if (below !== parent.expression && ts.isCallExpression(parent))
      before.push({ node: parent.expression, isCertain: true, isWhole: false });
    if (below !== parent.expression)
      after.push({ node: parent, isCertain: true, isWhole: false, effects: called });
    after.push({ node: parent, isCertain: true, isWhole: false, effects });
  }

  /** What a piece of code does that no pause of its own parts from its end. */
  private tail(node: ts.Node): readonly FoundEffect[] {
    if (!awaitsAnything(node)) return this.effectsOf(node);
    if (ts.isBlock(node)) {
      const found: FoundEffect[] = [];
      for (const one of node.statements.toReversed()) {
        found.push(...this.tail(one));
        if (this.pauses.in(one)) break;
      }
      return found;
    }
    if (ts.isIfStatement(node)) {
      const branches = [node.thenStatement, node.elseStatement].filter((one) => one !== undefined);
      const isParted = branches.length === 2 && branches.every((one) => this.pauses.in(one));
      return [...(isParted ? [] : this.tail(node.expression)), ...branches.flatMap((one) => this.tail(one))];
    }
    // What is caught may have gone wrong anywhere, but hardly ever does.
    if (ts.isTryStatement(node) && this.pauses.likely)
      return [node.tryBlock, node.catchClause?.block, node.finallyBlock].flatMap((one) =>
        one === undefined ? [] : this.tail(one),
      );
    const only = onlyExpression(node);
    if (only !== undefined) return this.tail(only);
    if (ts.isAwaitExpression(node)) return this.atEndOf(node.expression);
    if (ts.isBinaryExpression(node) && isAssignment(node) && !awaitsAnything(node.left))
      return [...this.tail(node.right), ...this.ofLeft(node, node.right)];
    return this.effectsOf(node);
  }

  /** What a piece of code does before any pause of its own. */
  private head(node: ts.Node): readonly FoundEffect[] {
    if (!awaitsAnything(node)) return this.effectsOf(node);
    if (ts.isBlock(node)) {
      const found: FoundEffect[] = [];
      for (const one of node.statements) {
        found.push(...this.head(one));
        if (this.pauses.in(one)) break;
      }
      return found;
    }
    if (ts.isIfStatement(node)) {
      const branches = [node.thenStatement, node.elseStatement].filter((one) => one !== undefined);
      return [
        ...this.head(node.expression),
        ...(this.pauses.in(node.expression) ? [] : branches.flatMap((one) => this.head(one))),
      ];
    }
    if (ts.isTryStatement(node)) {
      const isParted = this.pauses.likely && this.pauses.in(node.tryBlock);
      return [node.tryBlock, ...(isParted ? [] : [node.catchClause?.block, node.finallyBlock])].flatMap(
        (one) => (one === undefined ? [] : this.head(one)),
      );
    }
    const only = onlyExpression(node);
    if (only !== undefined) return this.head(only);
    if (ts.isAwaitExpression(node)) return this.atStartOf(node.expression);
    if (ts.isBinaryExpression(node) && isAssignment(node) && !awaitsAnything(node.left))
      return [
        ...this.head(node.right),
        ...this.ofLeft(node, node.right).filter(
          ({ access }) => access === 'read' || !this.pauses.in(node.right),
        ),
      ];
    return this.effectsOf(node);
  }

  /** What waiting for a promise does after its last pause. */
  private atEndOf(promise: ts.Expression): readonly FoundEffect[] {
    const all = this.effectsOf(promise);
    const functions = this.functionsOf(promise);
    if (functions === undefined) return this.pauses.ofPromise(promise) ? [] : all;
    // What its arguments do is done before it begins.
    return this.pauses.ofPromise(promise)
      ? among(
          all,
          functions.flatMap((fn) => this.tailOf(fn)),
        )
      : all;
  }

  /** What waiting for a promise does before its first pause. */
  private atStartOf(promise: ts.Expression): readonly FoundEffect[] {
    const all = this.effectsOf(promise);
    const bare = bareExpression(promise);
    const functions = this.functionsOf(promise);
    if (functions === undefined || !ts.isCallExpression(bare)) return all;
    return [
      ...this.effectsOf(bare.expression),
      ...bare.arguments.flatMap((one) => this.effectsOf(one)),
      ...among(
        all,
        functions.flatMap((fn) => this.headOf(fn)),
      ),
    ];
  }

  /** The functions of the project that an expression calls, where it calls nothing else and hands no function on. */
  private functionsOf(node: ts.Expression): readonly FunctionNode[] | undefined {
    const bare = bareExpression(node);
    if (!ts.isCallExpression(bare) || bare.arguments.some((one) => this.isFunction(one))) return undefined;
    const { functions, isOpen, parameter } = this.tools.callees.of(bare.expression);
    return functions.length === 0 || isOpen || parameter !== undefined ? undefined : functions;
  }

  private isFunction(node: ts.Expression): boolean {
    const bare = bareExpression(node);
    return (
      isFunctionNode(bare) ||
      ts.isObjectLiteralExpression(bare) ||
      ((ts.isIdentifier(bare) || isMember(bare)) && this.tools.callees.of(bare).functions.length > 0)
    );
  }

  private tailOf(fn: FunctionNode): readonly FoundEffect[] {
    const known = this.tails.get(fn);
    if (known !== undefined) return known;
    this.tails.set(fn, this.effectsOf(fn));
    const { body } = fn;
    if (body === undefined || !awaitsAnything(body)) return this.effectsOf(fn);
    const found = ts.isBlock(body)
      ? [
          ...this.tail(body),
          ...returnsOf(fn).flatMap((one) => [
            ...this.tail(one),
            ...(this.pauses.in(one) ? [] : this.beforeLeaving(fn, one)),
          ]),
          ...bareReturnsOf(body).flatMap((one) => this.beforeLeaving(fn, one)),
        ]
      : this.tail(body);
    this.tails.set(fn, found);
    return found;
  }

  /** What a function does without a pause before it is left at a place, with what is done on the way out. */
  private beforeLeaving(fn: FunctionNode, place: ts.Node): readonly FoundEffect[] {
    const found = [...this.collect(this.around(fn, place).before, (node) => this.tail(node))];
    for (let at: ts.Node = place; at !== fn; at = at.parent)
      if (
        ts.isTryStatement(at.parent) &&
        at.parent.finallyBlock !== undefined &&
        at.parent.finallyBlock !== at
      )
        found.push(...this.effectsOf(at.parent.finallyBlock));
    return found;
  }

  private headOf(fn: FunctionNode): readonly FoundEffect[] {
    const known = this.heads.get(fn);
    if (known !== undefined) return known;
    this.heads.set(fn, this.effectsOf(fn));
    const { body } = fn;
    if (body === undefined || !awaitsAnything(body)) return this.effectsOf(fn);
    const found = [...fn.parameters.flatMap((one) => this.effectsOf(one)), ...this.head(body)];
    this.heads.set(fn, found);
    return found;
  }

  /** What a call of functions of the project does before and after the places in them that would wait; undefined where they are not known. */
  private innerOf(point: ts.Expression): Inner | undefined {
    const all = this.effectsOf(point);
    const bare = bareExpression(point);
    if (ts.isCallExpression(bare) && isBlocking(bare, this.tools.libraries))
      return { before: all, after: all.filter(({ node }) => node === bare) };
    const functions = this.functionsOf(point);
    if (functions === undefined) return undefined;
    const inners = functions.map((fn) => this.inner(fn));
    if (inners.some((one) => one === undefined)) return undefined;
    return {
      before: [
        ...this.argumentsOf(point),
        ...among(
          all,
          inners.flatMap((one) => one?.before ?? []),
        ),
      ],
      after: among(
        all,
        inners.flatMap((one) => one?.after ?? []),
      ),
    };
  }

  private argumentsOf(point: ts.Expression): readonly FoundEffect[] {
    const bare = bareExpression(point);
    return ts.isCallExpression(bare)
      ? [bare.expression, ...bare.arguments].flatMap((one) => this.effectsOf(one))
      : [];
  }

  private inner(fn: FunctionNode): Inner | undefined {
    if (this.inners.has(fn)) return this.inners.get(fn);
    // A function that calls itself is not taken apart.
    this.inners.set(fn, undefined);
    const places = mayWatchTheClock(fn) ? [] : (this.waitsIn(fn) ?? []);
    let found: { readonly before: FoundEffect[]; readonly after: FoundEffect[] } | undefined =
      places.length === 0 ? undefined : { before: [], after: [] };
    for (const place of places) {
      const { before, after } = this.around(fn, place);
      const inner = this.innerOf(place);
      if (inner === undefined) {
        found = undefined;
        break;
      }
      if (!this.isParted(after))
        found?.before.push(...this.collect(before, (node) => this.tail(node)), ...inner.before);
      if (!this.isParted(before))
        found?.after.push(...this.collect(after, (node) => this.head(node)), ...inner.after);
    }
    this.inners.set(fn, found);
    return found;
  }

  /** The calls in a function that block, or come to one that does; undefined while that is found out. */
  private waitsIn(fn: FunctionNode): readonly ts.CallExpression[] | undefined {
    if (this.waits.has(fn)) return this.waits.get(fn);
    // One that is being looked at leads back here, and is taken for one that does.
    this.waits.set(fn, undefined);
    const found = fn.body === undefined ? [] : callsIn(fn.body).filter((call) => this.comesToWait(call));
    this.waits.set(fn, found);
    return found;
  }

  /** Whether a call blocks, or comes to one that does, also by a function that it is handed. */
  private comesToWait(call: ts.CallExpression): boolean {
    const mayWait = (one: FunctionNode): boolean => mayWatchTheClock(one) || this.waitsIn(one)?.length !== 0;
    return (
      isBlocking(call, this.tools.libraries) ||
      this.tools.callees.of(call.expression).functions.some(mayWait) ||
      call.arguments.some((one) => {
        const bare = bareExpression(one);
        if (!this.isFunction(one)) return false;
        return isFunctionNode(bare)
          ? callsIn(bare.body ?? one).some((inner) => this.comesToWait(inner))
          : this.tools.callees.of(one).functions.some(mayWait);
      })
    );
  }

  /**
   * Everything that a piece of code does. A summary has one effect for all files whose path is not known: those of each call are told
   * one by one.
   */
  effectsOf(node: ts.Node): readonly FoundEffect[] {
    const known = this.effects.get(node);
    if (known !== undefined) return known;
    const whole = [...this.tools.summaries.ofCode(node).effects.values()];
    const found = whole.filter(({ resource }) => resource.kind !== 'file');
    if (found.length < whole.length) {
      const visit = (one: ts.Node): void => {
        if (isFunctionNode(one)) return;
        if (ts.isCallExpression(one))
          found.push(
            ...[...this.tools.summaries.ofCode(one).effects.values()].filter(
              ({ resource, node: by }) => resource.kind === 'file' && !isInArguments(by, one),
            ),
          );
        ts.forEachChild(one, visit);
      };
      visit(isFunctionNode(node) ? (node.body ?? node) : node);
    }
    found.push(...this.tools.state.of(node));
    this.effects.set(node, found);
    return found;
  }
}
