import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { Callees } from '../effects/callees.ts';
import { returnsOf } from '../effects/library-values.ts';
import {
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { callsIn, lineOf, type Asked, type Parts } from './parts.ts';
import { shortText, siteOf } from './sites.ts';
import { isAsync, isWaitedFor, outermost } from './waiting.ts';

/** The variables that pieces of code declare, functions in them left out. */
function declarationsIn(nodes: readonly ts.Node[]): readonly ts.VariableDeclaration[] {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node)) return;
    if (ts.isVariableDeclaration(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  for (const node of nodes) visit(node);
  return found;
}

/** Whether nobody cares for the promise that a call gives, nor waits for it. */
const isDropped = (call: ts.Expression): boolean => {
  const { parent } = outermost(call);
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
};

/** Objects that are called as what tells of events is, or waited for as such, where a piece of code hands them to others. */
const handedEmitters = (node: ts.Node): readonly ts.Identifier[] =>
  callsIn(node).flatMap((call) =>
    call.arguments.filter(
      (one, at): one is ts.Identifier =>
        ts.isIdentifier(one) &&
        (/^(socket|ws|conn(ection)?|emitter|child|worker)$/.test(one.text) ||
          (at === 0 && /^(events\.|EventEmitter\.)?once$/.test(call.expression.getText()))),
    ),
  );

/** What makes something that tells of errors by events: streams, child processes, connections. */
const EVENTFUL =
  /^(new\s+(\w+\.)?(Worker|WebSocket|EventEmitter|PassThrough|Transform|Readable|Writable)\b|(\w+\.)*(createReadStream|createWriteStream|spawn|fork|createConnection|createServer|createInterface)\()/;

const isNamedIn = (nodes: readonly ts.Node[], name: string): boolean =>
  nodes.some((node) => new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(node.getText()));

/** Whether the errors of a promise are handled where it is made: `load().catch(…)`. */
const catches = (call: ts.CallExpression | ts.NewExpression): boolean =>
  ts.isCallExpression(call) && isMember(call.expression) && memberName(call.expression) === 'catch';

/** Whether a function is left with what a call gives, and does not come to a place any more: not even on its way out. */
function isWayOut(call: ts.Expression, point: ts.Node): boolean {
  const { parent } = outermost(call);
  if (!ts.isReturnStatement(parent)) return false;
  for (let at: ts.Node = parent; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isTryStatement(at) && at.finallyBlock !== undefined && isInside(point, at.finallyBlock))
      return false;
  return true;
}

/** Whether a call makes a promise by hand. */
const isMadeByHand = (node: ts.Node): node is ts.NewExpression =>
  ts.isNewExpression(node) && node.expression.getText() === 'Promise';

/** Whether a function runs at once: in a `new Promise`, or for each element of a list. */
const runsAtOnce = (fn: FunctionNode): boolean =>
  isMadeByHand(fn.parent) ||
  (ts.isCallExpression(fn.parent) &&
    isMember(fn.parent.expression) &&
    /^(forEach|map)$/.test(memberName(fn.parent.expression) ?? ''));

/** The promises made by hand in a piece of code that may be rejected later: those that are given a second function. */
function rejectableIn(node: ts.Node): readonly ts.NewExpression[] {
  const found: ts.NewExpression[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    const executor = isMadeByHand(one) ? one.arguments?.[0] : undefined;
    const isInline = executor !== undefined && isFunctionNode(executor);
    if (isMadeByHand(one) && (!isInline || executor.parameters.length > 1)) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** Names and members in a piece of code whose promise is waited for there: `await done`, `job.done.then(…)`. */
function waitedNamesIn(node: ts.Node): readonly (ts.Identifier | ts.PropertyAccessExpression)[] {
  const found: (ts.Identifier | ts.PropertyAccessExpression)[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if ((ts.isIdentifier(one) || ts.isPropertyAccessExpression(one)) && isWaitedFor(one)) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

const LISTENS = /^(on|once|addListener|addEventListener|prependListener)$/;

/** Whether the code of a method listens to the object that it is called on. */
const listensToItself = (body: ts.Node): boolean =>
  callsIn(body).some(
    ({ expression }) =>
      isMember(expression) &&
      expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
      LISTENS.test(memberName(expression) ?? ''),
  );

/** The objects whose events a piece of code begins to listen to. */
function listenersIn(node: ts.Node): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const add = (target: ts.Expression): void => {
    let root = target;
    while (isMember(root) || ts.isCallExpression(root)) root = root.expression;
    if (ts.isIdentifier(root)) found.push(root);
  };
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one) && !runsAtOnce(one)) return;
    // `socket.onmessage = …`
    if (
      ts.isBinaryExpression(one) &&
      isAssignment(one) &&
      isMember(one.left) &&
      /^on[a-z]+$/.test(memberName(one.left) ?? '')
    )
      add(one.left.expression);
    if (
      ts.isCallExpression(one) &&
      isMember(one.expression) &&
      LISTENS.test(memberName(one.expression) ?? '')
    )
      add(one.expression.expression);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** The name that the value of a call is given at once; empty where it is given none. */
function nameGiven(call: ts.Expression): string {
  const { parent } = outermost(call);
  return ts.isVariableDeclaration(parent) ? parent.name.getText() : '';
}

/** Whether a place stands in the same list as a call, or in what is done with the call: `Promise.all([fetch(a), read(b)])`. */
function isBesides(call: ts.Expression, point: ts.Node): boolean {
  let at = outermost(call);
  // `fetch(a).then(…)` is an element whole.
  while (isMember(at.parent) && at.parent.expression === at && ts.isCallExpression(at.parent.parent))
    at = outermost(at.parent.parent);
  const { parent } = at;
  return ts.isArrayLiteralExpression(parent) && isInside(point, parent);
}

/** Tells what is under way already where a function begins to wait: promises that may be rejected, and events that may come. */
export class UnderWay {
  private readonly symbols: Symbols;
  private readonly callees: Callees;
  private readonly isPromise: (node: ts.Expression) => 'yes' | 'no' | 'unknown';

  /** `isPromise` tells whether an expression gives a promise. */
  constructor(
    symbols: Symbols,
    callees: Callees,
    isPromise: (node: ts.Expression) => 'yes' | 'no' | 'unknown',
  ) {
    this.symbols = symbols;
    this.callees = callees;
    this.isPromise = isPromise;
  }

  /**
   * Promises that nobody listens to while it waits, and events that come meanwhile. What is not recent may fail today as
   * well.
   */
  *between(
    fn: FunctionNode,
    point: ts.Node,
    { earlier, later }: Parts,
    { isRecent }: Asked,
  ): Generator<Evidence> {
    const told = new Set<string>();
    for (const call of [...earlier.flatMap(callsIn), ...earlier.flatMap(rejectableIn)]) {
      // What waits for a list of promises begins when the whole list is there.
      const isHeard = isWaitedFor(call) && !isBesides(call, point);
      if (isHeard || isDropped(call) || catches(call) || isWayOut(call, point)) continue;
      if (this.isAwaitedIn(call, earlier)) continue;
      if (ts.isCallExpression(call) && (!this.givesPromises(call) || this.neverFails(call))) continue;
      told.add(nameGiven(call));
      const failure = `\`${shortText(call, 40)}\` (line ${lineOf(call)}) may be rejected before anybody waits for it, which ends the process`;
      yield isRecent(call)
        ? fails(`While it waits other turns run: ${failure}`, siteOf(call))
        : assumed(
            `While it waits nothing fails that did not while others are waited for: ${failure}`,
            siteOf(call),
          );
      if (isRecent(call)) break;
    }
    yield* this.handedPromises(fn, earlier, later, isRecent, told);
    const listened = new Set(earlier.flatMap(listenersIn).map(({ text }) => text));
    for (const { name, initializer } of declarationsIn(earlier)) {
      if (!ts.isIdentifier(name) || initializer === undefined || !EVENTFUL.test(initializer.getText()))
        continue;
      if (listened.has(name.text) || !isNamedIn(later, name.text)) continue;
      const failure = `events of \`${name.text}\` (line ${lineOf(name)}) may come before anybody listens, and an error of it ends the process`;
      yield isRecent(name)
        ? fails(`While it waits other turns run: ${failure}`, siteOf(name))
        : assumed(
            `While it waits nothing fails that did not while others are waited for: ${failure}`,
            siteOf(name),
          );
    }
    const emitters = later.flatMap((one) => [
      ...listenersIn(one),
      ...handedEmitters(one),
      ...this.listenedByOthers(one),
      ...this.listeningThemselves(one),
      ...this.linesIn(one),
    ]);
    for (const listening of emitters) {
      const symbol = this.symbols.at(listening);
      const own = this.symbols
        .declarationsOf(symbol)
        .find((one) => isInside(one, fn) && !later.some((node) => isInside(one, node)));
      if (own === undefined) continue;
      const failure = `events of \`${listening.text}\` may come before anybody listens (line ${lineOf(listening)})`;
      yield isRecent(own)
        ? fails(`While it waits other turns run: ${failure}`, siteOf(listening))
        : assumed(
            `While it waits no event is missed that is not while others are waited for: ${failure}`,
            siteOf(listening),
          );
    }
  }

  /** Promises that a function is given, or gets in an object, and waits for only after it has waited for something else. */
  private *handedPromises(
    fn: FunctionNode,
    earlier: readonly ts.Node[],
    later: readonly ts.Node[],
    isRecent: (node: ts.Node) => boolean,
    told: ReadonlySet<string>,
  ): Generator<Evidence> {
    const heard = new Set(earlier.flatMap(waitedNamesIn).map((one) => one.getText()));
    const seen = new Set<string>();
    for (const name of later.flatMap(waitedNamesIn)) {
      const text = name.getText();
      const root = ts.isIdentifier(name) ? name : name.expression;
      if (heard.has(text) || seen.has(text) || told.has(text) || !ts.isIdentifier(root)) continue;
      const [own] = this.symbols.declarationsOf(this.symbols.at(root));
      if (own === undefined || !isInside(own, fn) || later.some((one) => isInside(own, one))) continue;
      const holder = ts.isBindingElement(own) ? own.parent.parent : own;
      // What a framework gives in an object is there for all: `{ params }`.
      const isGiven = ts.isParameter(own) && ts.isIdentifier(name);
      const isMade =
        ts.isVariableDeclaration(holder) &&
        (holder !== own || root !== name) &&
        holder.initializer !== undefined &&
        /\(|^new\b/.test(holder.initializer.getText()) &&
        earlier.some((one) => isInside(holder, one));
      if (!(isGiven || isMade) || !isRecent(own) || this.isPromise(name) !== 'yes') continue;
      seen.add(text);
      yield assumed(
        `\`${shortText(name, 40)}\` is not rejected while it waits: nobody listens to it before line ${lineOf(name)}`,
        siteOf(name),
      );
    }
  }

  /** The objects that a piece of code hands to functions which listen to them: `collect(req)`. */
  private listenedByOthers(node: ts.Node): readonly ts.Identifier[] {
    return callsIn(node).flatMap((call) => {
      const { functions } = this.callees.of(call.expression);
      return call.arguments.filter(
        (given, at): given is ts.Identifier =>
          ts.isIdentifier(given) &&
          functions.some((fn) => {
            const name = fn.parameters[at]?.name;
            return (
              fn.body !== undefined &&
              name !== undefined &&
              ts.isIdentifier(name) &&
              listenersIn(fn.body).some(({ text }) => text === name.text)
            );
          }),
      );
    });
  }

  /** The objects of the project of which a piece of code calls a method that listens to their own events: `job.whenReady(…)`. */
  private listeningThemselves(node: ts.Node): readonly ts.Identifier[] {
    return callsIn(node).flatMap(({ expression }) =>
      isMember(expression) &&
      ts.isIdentifier(expression.expression) &&
      this.callees.of(expression).functions.some(({ body }) => body !== undefined && listensToItself(body))
        ? [expression.expression]
        : [],
    );
  }

  /** The readers of lines that a piece of code begins to walk: they drop the lines that nobody takes. */
  private linesIn(node: ts.Node): readonly ts.Identifier[] {
    const { checker } = this.symbols.whole;
    const found: ts.Identifier[] = [];
    const visit = (one: ts.Node): void => {
      if (isFunctionNode(one)) return;
      if (
        ts.isForOfStatement(one) &&
        one.awaitModifier !== undefined &&
        ts.isIdentifier(one.expression) &&
        /^(readline\.)?(Interface|ReadLine)$/.test(
          checker.typeToString(checker.getTypeAtLocation(one.expression)),
        )
      )
        found.push(one.expression);
      ts.forEachChild(one, visit);
    };
    visit(node);
    return found;
  }

  /** Whether what a call gives has a name that is waited for in a piece of code: `const key = load(); send(await key);`. */
  private isAwaitedIn(call: ts.Expression, pieces: readonly ts.Node[]): boolean {
    const { parent } = outermost(call);
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
    const { name } = parent;
    const symbol = this.symbols.at(name);
    const visit = (node: ts.Node): boolean => {
      // It may never come to what it only does under a condition.
      if (isFunctionNode(node) || ts.isIfStatement(node) || ts.isIterationStatement(node, false))
        return false;
      if (ts.isConditionalExpression(node) || ts.isTryStatement(node) || ts.isSwitchStatement(node))
        return false;
      if (
        ts.isAwaitExpression(node) &&
        ts.isIdentifier(node.expression) &&
        this.symbols.at(node.expression) === symbol
      )
        return true;
      return ts.forEachChild(node, (one) => visit(one) || undefined) ?? false;
    };
    return pieces.some(visit);
  }

  /** `Promise.resolve(count)` of what is there already. */
  private neverFails(call: ts.CallExpression): boolean {
    const [value] = call.arguments;
    // An object may be one that is waited for like a promise.
    const isPlain =
      value === undefined ||
      this.isText(value) ||
      (ts.isObjectLiteralExpression(value) && value.properties.every(ts.isPropertyAssignment));
    return call.expression.getText() === 'Promise.resolve' && isPlain;
  }

  /** Whether a value is a text, a number or the like. */
  private isText(value: ts.Expression): boolean {
    const { flags } = this.symbols.whole.checker.getTypeAtLocation(value);
    return (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0;
  }

  /** Whether a call gives a promise, or a list of promises. */
  private givesPromises(call: ts.CallExpression): boolean {
    if (this.isPromise(call) === 'yes') return true;
    if (
      /^Promise<.*\[\]$|^\(?Promise<[^]*>\)?\[\]$/.test(
        this.symbols.whole.checker.typeToString(this.symbols.whole.checker.getTypeAtLocation(call)),
      )
    )
      return true;
    const [callback] = call.arguments;
    if (!isMember(call.expression) || memberName(call.expression) !== 'map' || callback === undefined)
      return false;
    if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return false;
    return isAsync(callback) || returnsOf(callback).some((one) => this.isPromise(one) === 'yes');
  }
}
