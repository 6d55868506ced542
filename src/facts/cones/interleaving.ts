import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import { builtInMethod } from '../effects/guesses.ts';
import { nameOf } from '../effects/conflicts.ts';
import type { Resource } from '../effects/effect.ts';
import { returnsOf } from '../effects/library-values.ts';
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
  type Symbols,
} from '../effects/symbols.ts';
import { shortText, siteOf } from './sites.ts';
import { isAsync, isWaitedFor, outermost } from './waiting.ts';

/** What a function does before, at and after a place where it waits. */
interface Parts {
  readonly before: readonly FoundEffect[];
  readonly at: readonly FoundEffect[];
  readonly after: readonly FoundEffect[];
  /** The code that runs before and after it. */
  readonly earlier: readonly ts.Node[];
  readonly later: readonly ts.Node[];
}

type Loop = ts.ForStatement | ts.ForOfStatement | ts.ForInStatement | ts.WhileStatement | ts.DoStatement;

const isLoop = (node: ts.Node): node is Loop =>
  ts.isForStatement(node) ||
  ts.isForOfStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isWhileStatement(node) ||
  ts.isDoStatement(node);

const lineOf = (node: ts.Node): number => siteOf(node).line;

/** The position of a declaration that the id of a variable or an owner tells. */
function declaredAt(text: string): { readonly path: string; readonly pos: number } | undefined {
  const found = /^(?:only )?(?:variable )?(.*):(\d+)$/.exec(text);
  return found === null ? undefined : { path: found[1] ?? '', pos: Number(found[2]) };
}

/** The function whose calls have variables of their own: a callback that becomes the body of a loop shares those around it. */
function homeOf(fn: FunctionNode): FunctionNode {
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
function isLocal(resource: Resource, fn: FunctionNode): boolean {
  const id =
    resource.kind === 'variable'
      ? resource.id
      : resource.kind === 'field' && /^(only )?variable /.test(resource.owner)
        ? resource.owner
        : undefined;
  const at = id === undefined ? undefined : declaredAt(id.startsWith(ONLY) ? id.slice(ONLY.length) : id);
  return at !== undefined && at.path === fn.getSourceFile().fileName && at.pos >= fn.pos && at.pos < fn.end;
}

/** Whether it is about the state of this process: its memory, its folder, its environment. */
const isMemory = (effect: FoundEffect): boolean =>
  effect.resource.kind === 'variable' ||
  effect.resource.kind === 'field' ||
  (effect.resource.kind === 'table' && /sqlite/.test(effect.resource.database)) ||
  (effect.resource.kind === 'process' && effect.resource.name !== 'output' && !isCommand(effect));

/** Whether another program does it, to files that nobody knows. */
const isCommand = ({ by }: FoundEffect): boolean =>
  /(^|\.)(exec|execFile|spawn|fork|execa|execaCommand|command)(Sync)?$/.test(by);

/** Calls that change their second path, and only look at the first. */
const COPIES = /(^|\.)(copyFile|cp|copy|link|symlink)(Sync)?$/;

/** Whether the path of a call of `fs` is told by its text in the function itself. */
function fileOf(effect: FoundEffect, fn: FunctionNode): string {
  const { resource, node } = effect;
  const name = resource.kind === 'file' ? resource.name : '*';
  if (name !== '*' || !isInside(node, fn)) return name;
  const call = ts.isCallExpression(node) ? node : undefined;
  if (isCommand(effect)) return '*';
  const isCopy = effect.access === 'write' && COPIES.test(effect.by);
  const path = call?.arguments[isCopy ? 1 : 0];
  return path === undefined ? '*' : `\`${path.getText().replace(/\s+/g, ' ').replaceAll('`', "'")}\``;
}

/** Whether a node stands in the arguments of a call, or in what it is called on: that is told for itself. */
const isInArguments = (node: ts.Node, call: ts.CallExpression): boolean =>
  node !== call &&
  (isInside(node, call.expression) ||
    call.arguments.some((one) => !isFunctionNode(one) && isInside(node, one)));

/** Calls on an open file, which is the function's own as a rule, and those that only open one. */
const BY_DESCRIPTOR =
  /(^|\.)(close|fstat|read|readv|write|writev|fsync|fdatasync|ftruncate|futimes|fchmod|fchown)(Sync)?$/;
const OPENS = /(^|\.)(open|opendir)(Sync)?$/;

/** Calls that only look whether something is there. */
const CHECKS =
  /(^|\.)(existsSync|exists|accessSync|access|statSync|stat|lstatSync|lstat|pathExistsSync|pathExists)$/;
/** Calls that remove or move files. */
const REMOVES = /\b(unlink|rmdir|rm|rename|emptyDir|move|remove|rimraf|del)(Sync)?\s*\(/;

/** The path of a call of `fs` as it is written there. */
const pathText = (node: ts.Node): string =>
  ts.isCallExpression(node) ? (node.arguments[0]?.getText().replace(/\s+/g, ' ') ?? '') : '';

/** Whether two calls are of paths that are written in different words. */
const areApart = (a: ts.Node, b: ts.Node): boolean => {
  const [first, second] = [pathText(a), pathText(b)];
  return first !== '' && second !== '' && first !== second;
};

/** Making a folder with those above it gives no error where it is there already. */
const isIdempotent = ({ node }: FoundEffect): boolean =>
  ts.isCallExpression(node) &&
  /\b(mkdir(Sync)?|ensureDir(Sync)?|mkdirp(\.sync|Sync)?)$/.test(node.expression.getText()) &&
  (!/mkdir(Sync)?$/.test(node.expression.getText()) || /recursive:\s*true/.test(node.getText()));

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

/** The calls in a piece of code that run with it: those in functions left out. */
function callsIn(node: ts.Node): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if (ts.isCallExpression(one)) found.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** Whether nobody cares for what a call gives. */
const isDropped = (call: ts.Expression): boolean => {
  const { parent } = outermost(call);
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
};

/** Objects that are called as what tells of events is, where a piece of code hands them to others. */
const handedEmitters = (node: ts.Node): readonly ts.Identifier[] =>
  callsIn(node).flatMap((call) =>
    call.arguments.filter(
      (one): one is ts.Identifier =>
        ts.isIdentifier(one) && /^(socket|ws|conn(ection)?|emitter|child|worker)$/.test(one.text),
    ),
  );

/** What makes something that tells of errors by events: streams, child processes, connections. */
const EVENTFUL =
  /^(new\s+(\w+\.)?(Worker|WebSocket|EventEmitter|PassThrough|Transform|Readable|Writable)\b|(\w+\.)*(createReadStream|createWriteStream|spawn|fork|createConnection|createServer|createInterface)\()/;

const isNamedIn = (nodes: readonly ts.Node[], name: string): boolean =>
  nodes.some((node) => new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(node.getText()));

/** Whether the errors of a promise are handled where it is made: `load().catch(…)`. */
const catches = (call: ts.CallExpression): boolean =>
  isMember(call.expression) && memberName(call.expression) === 'catch';

/** The objects whose events a piece of code begins to listen to. */
function listenersIn(node: ts.Node): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (one: ts.Node): void => {
    if (isFunctionNode(one)) return;
    if (
      ts.isCallExpression(one) &&
      isMember(one.expression) &&
      /^(on|once|addListener|addEventListener|prependListener)$/.test(memberName(one.expression) ?? '')
    ) {
      let root: ts.Expression = one.expression.expression;
      while (isMember(root) || ts.isCallExpression(root)) root = root.expression;
      if (ts.isIdentifier(root)) found.push(root);
    }
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

/** Whether it is a variable or a field that others know as well. */
const isState = ({ resource }: FoundEffect): boolean =>
  resource.kind === 'variable' ||
  (resource.kind === 'field' && resource.owner !== '*' && !/^(only )?variable /.test(resource.owner));

/** Tells what other turns may see or change while a function waits that did not wait before. */
export class Interleaving {
  private readonly summaries: Summaries;
  private readonly symbols: Symbols;
  private readonly isPromise: (node: ts.Expression) => 'yes' | 'no' | 'unknown';
  private written: ReadonlyMap<string, ts.Node> | undefined;
  private removes: boolean | undefined;
  private readonly effects = new WeakMap<ts.Node, readonly FoundEffect[]>();

  /** `isPromise` tells whether an expression gives a promise. */
  constructor(
    summaries: Summaries,
    symbols: Symbols,
    isPromise: (node: ts.Expression) => 'yes' | 'no' | 'unknown',
  ) {
    this.summaries = summaries;
    this.symbols = symbols;
    this.isPromise = isPromise;
  }

  /** What stands against letting other turns run where `fn` comes to `point`, and what is taken for granted. What only waits there touches nothing (`isIdle`). */
  *whyNobodyInterferes(fn: FunctionNode, point: ts.Expression, isIdle = false): Generator<Evidence> {
    const found = this.partsOf(fn, point);
    const parts = isIdle ? { ...found, at: [] } : found;
    const home = homeOf(fn);
    const seen = new Set<string>();
    const once = (key: string): boolean => !seen.has(key) && seen.add(key).size > 0;
    const shared = (all: readonly FoundEffect[]): readonly FoundEffect[] =>
      all.filter((one) => isMemory(one) && !isLocal(one.resource, home));
    const before = shared([...parts.before, ...parts.at]);
    const after = shared([...parts.after, ...parts.at]);
    const isAt = (one: FoundEffect): boolean => parts.at.includes(one);
    for (const one of before) {
      for (const other of after) {
        if (keyOf(one.resource) !== keyOf(other.resource)) continue;
        // What is awaited is judged where it waits itself; here only what was looked at before it.
        if (isAt(other) && (isAt(one) || one.access === 'write' || other.access === 'read')) continue;
        if (one.access === 'read' && other.access === 'read') continue;
        // What is awaited has done all of its own before anybody goes on: only what is left half done before it counts.
        if (one.access === 'write' && isAt(one)) continue;
        if (!once(keyOf(one.resource))) continue;
        const isKnown = one.resource.kind !== 'field' || one.resource.owner !== '*';
        const what = nameOf(one.resource);
        const between = `between the ${one.access} (line ${lineOf(one.node)}) and the ${other.access} (line ${lineOf(other.node)})`;
        yield isKnown
          ? fails(
              `While it waits other turns run: one could ${one.access === 'read' ? 'change' : 'see or change'} ${what} ${between}`,
              siteOf(other.node),
            )
          : assumed(`While it waits no other turn touches ${what} ${between}`, siteOf(other.node));
      }
    }
    if (parts.after.length > 0 || this.goesOn(fn, point)) {
      for (const one of before) {
        if (one.access === 'write' || !once(keyOf(one.resource))) continue;
        const writer = this.writerOf(one.resource, home);
        if (writer === undefined) continue;
        const name = nameOf(one.resource);
        yield assumed(
          `What was read of ${name} before still holds when it goes on, though line ${lineOf(writer)} of \`${writer.getSourceFile().fileName.split('/').at(-1) ?? ''}\` may change it meanwhile`,
          siteOf(writer),
        );
      }
    }
    const half = shared(parts.before).find((one) => one.access === 'write' && isState(one));
    const rest = shared(parts.after).find(
      (one) =>
        one.access === 'write' &&
        isState(one) &&
        half !== undefined &&
        keyOf(one.resource) !== keyOf(half.resource),
    );
    if (half !== undefined && rest !== undefined && once(`half ${keyOf(half.resource)}`))
      yield fails(
        `While it waits other turns run: one could see ${nameOf(half.resource)} as it is set (line ${lineOf(half.node)}) and ${nameOf(rest.resource)} as it was before (line ${lineOf(rest.node)})`,
        siteOf(rest.node),
      );
    for (const one of shared(parts.after)) {
      if (one.access !== 'write' || one.resource.kind === 'process' || !once(`order ${keyOf(one.resource)}`))
        continue;
      if (one.resource.kind === 'field' && one.resource.owner === '*') continue;
      if (before.some((other) => keyOf(other.resource) === keyOf(one.resource))) continue;
      yield assumed(
        `Two turns may set ${nameOf(one.resource)} in another order than they began (line ${lineOf(one.node)})`,
        siteOf(one.node),
      );
    }
    yield* this.walkedLists(fn, point);
    yield* this.files(fn, parts, once);
    yield* this.underWay(fn, parts);
  }

  /** Promises that nobody listens to while it waits, and events that come meanwhile. */
  private *underWay(fn: FunctionNode, { earlier, later }: Parts): Generator<Evidence> {
    for (const call of earlier.flatMap(callsIn)) {
      if (isWaitedFor(call) || isDropped(call) || catches(call) || !this.givesPromises(call)) continue;
      yield fails(
        `While it waits other turns run: \`${shortText(call, 40)}\` (line ${lineOf(call)}) may be rejected before anybody waits for it, which ends the process`,
        siteOf(call),
      );
      break;
    }
    const listened = new Set(earlier.flatMap(listenersIn).map(({ text }) => text));
    for (const { name, initializer } of declarationsIn(earlier)) {
      if (!ts.isIdentifier(name) || initializer === undefined || !EVENTFUL.test(initializer.getText()))
        continue;
      if (listened.has(name.text) || !isNamedIn(later, name.text)) continue;
      yield fails(
        `While it waits other turns run: events of \`${name.text}\` (line ${lineOf(name)}) may come before anybody listens, and an error of it ends the process`,
        siteOf(name),
      );
    }
    for (const listening of [...later.flatMap(listenersIn), ...later.flatMap(handedEmitters)]) {
      const symbol = this.symbols.at(listening);
      const isOwn = this.symbols
        .declarationsOf(symbol)
        .some((one) => isInside(one, fn) && !later.some((node) => isInside(one, node)));
      if (isOwn)
        yield fails(
          `While it waits other turns run: events of \`${listening.text}\` may come before anybody listens (line ${lineOf(listening)})`,
          siteOf(listening),
        );
    }
  }

  /** Lists of others that are walked around a place, and may be longer or shorter when the walk goes on. */
  private *walkedLists(fn: FunctionNode, point: ts.Node): Generator<Evidence> {
    this.written ??= this.indexWrites();
    for (let at: ts.Node = point; at !== fn; at = at.parent) {
      if (!ts.isForOfStatement(at.parent) || at.parent.statement !== at) continue;
      const list = bareExpression(at.parent.expression);
      const isOwn = this.symbols
        .declarationsOf(ts.isIdentifier(list) ? this.symbols.at(list) : undefined)
        .some((one) => isInside(one, fn));
      const key = isMember(list)
        ? `.${memberName(list) ?? ''}`
        : ts.isIdentifier(list)
          ? `${list.getSourceFile().fileName} ${list.text}`
          : '';
      const writer = isOwn ? undefined : this.written.get(key);
      if (writer !== undefined)
        yield fails(
          `While it waits other turns run: one could change \`${list.getText()}\`, which is being walked (line ${lineOf(writer)} of \`${writer.getSourceFile().fileName.split('/').at(-1) ?? ''}\`)`,
          siteOf(writer),
        );
    }
  }

  /** Files that are looked at before and changed after. */
  private *files(fn: FunctionNode, parts: Parts, once: (key: string) => boolean): Generator<Evidence> {
    const files = (all: readonly FoundEffect[]): readonly FoundEffect[] =>
      all.filter((one) => one.resource.kind === 'file' && !this.isOwnFile(one, fn));
    for (const one of files([...parts.before, ...parts.at])) {
      for (const other of files([...parts.after, ...parts.at])) {
        if (other.access === 'read' && one.access === 'read') {
          const path = fileOf(one, fn);
          const isChecked =
            one.node !== other.node && path !== '*' && path === fileOf(other, fn) && CHECKS.test(one.by);
          if (isChecked && this.removesFiles() && once(`gone ${path}`))
            yield assumed(
              `Nobody removes ${path.startsWith('`') ? path : `\`${path}\``} between \`${one.by}\` (line ${lineOf(one.node)}) and \`${other.by}\` (line ${lineOf(other.node)})`,
              siteOf(other.node),
            );
          continue;
        }
        if (parts.at.includes(other) && (parts.at.includes(one) || one.access === 'write')) continue;
        if (isIdempotent(other) || isIdempotent(one) || one.node === other.node) continue;
        const a = fileOf(one, fn);
        const b = fileOf(other, fn);
        const isSame = a === b && a !== '*';
        const mayBe = isSame || a === '*' || b === '*';
        const key = isSame ? `${a} ${one.access}` : `${other.node.pos} ${one.access}`;
        if (!mayBe || !once(`file ${key}`)) continue;
        const what = isSame ? `the file ${a.startsWith('`') ? a : `\`${a}\``}` : 'a file';
        if (one.access === 'read')
          yield isSame || (a === '*' && b === '*' && !areApart(one.node, other.node))
            ? fails(
                `While it waits other turns run: ${what} is looked at (line ${lineOf(one.node)}) and changed (line ${lineOf(other.node)}), and another turn could do the same in between`,
                siteOf(other.node),
              )
            : assumed(
                `What \`${one.by}\` looks at (line ${lineOf(one.node)}) is not what \`${other.by}\` changes (line ${lineOf(other.node)}), or no other turn comes between`,
                siteOf(other.node),
              );
        else
          yield assumed(
            `No other turn uses ${what} between \`${one.by}\` (line ${lineOf(one.node)}) and \`${other.by}\` (line ${lineOf(other.node)})`,
            siteOf(other.node),
          );
      }
    }
    for (const one of files(parts.at)) {
      if (one.access !== 'write' || isIdempotent(one)) continue;
      const a = fileOf(one, fn);
      if (!once(isCommand(one) ? 'command' : `while ${a}`)) continue;
      if (isCommand(one)) {
        yield assumed(
          `Two commands of \`${one.by}\` may be at work at once, for two turns`,
          siteOf(one.node),
        );
        continue;
      }
      yield assumed(
        `No other turn reads or writes ${a === '*' ? 'the same file' : a.startsWith('`') ? a : `\`${a}\``} while \`${one.by}\` is at work`,
        siteOf(one.node),
      );
    }
  }

  /** Whether a call only opens a file, or is on one that the function has opened itself. */
  private isOwnFile({ by, node }: FoundEffect, fn: FunctionNode): boolean {
    if (OPENS.test(by)) return true;
    if (!BY_DESCRIPTOR.test(by) || !ts.isCallExpression(node)) return false;
    const [descriptor] = node.arguments;
    if (descriptor === undefined || !ts.isIdentifier(descriptor)) return false;
    return this.symbols
      .declarationsOf(this.symbols.at(descriptor))
      .some((one) => ts.isVariableDeclaration(one) && isInside(one, fn));
  }

  /** Whether any code of the project removes or moves files. */
  private removesFiles(): boolean {
    this.removes ??= this.symbols.whole.program
      .getSourceFiles()
      .some((source) => this.symbols.whole.isOwn(source) && REMOVES.test(source.text));
    return this.removes;
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

  /** Whether anything is left to do after a place. */
  private goesOn(fn: FunctionNode, point: ts.Node): boolean {
    const { body } = fn;
    if (body === undefined || !ts.isBlock(body)) return false;
    const last = body.statements.at(-1);
    return last !== undefined && !isInside(point, last);
  }

  /**
   * Everything that a piece of code does. A summary has one effect for all files whose path is not known: those of each call are told
   * one by one.
   */
  private effectsOf(node: ts.Node): readonly FoundEffect[] {
    const known = this.effects.get(node);
    if (known !== undefined) return known;
    const whole = [...this.summaries.ofCode(node).effects.values()];
    const found = whole.filter(({ resource }) => resource.kind !== 'file');
    if (found.length < whole.length) {
      const visit = (one: ts.Node): void => {
        if (isFunctionNode(one)) return;
        if (ts.isCallExpression(one))
          found.push(
            ...[...this.summaries.ofCode(one).effects.values()].filter(
              ({ resource, node: by }) => resource.kind === 'file' && !isInArguments(by, one),
            ),
          );
        ts.forEachChild(one, visit);
      };
      visit(node);
    }
    this.effects.set(node, found);
    return found;
  }

  /** What the function does before, at and after the expression, by the order in which it runs. */
  private partsOf(fn: FunctionNode, point: ts.Expression): Parts {
    const before: FoundEffect[] = [];
    const after: FoundEffect[] = [];
    const earlier: ts.Node[] = [];
    const later: ts.Node[] = [];
    const at = this.effectsOf(point);
    const add = (into: FoundEffect[], node: ts.Node | undefined): void => {
      if (node === undefined || ts.isTypeNode(node)) return;
      (into === before ? earlier : later).push(node);
      into.push(...this.effectsOf(node));
    };
    for (let below: ts.Node = point; below !== fn; below = below.parent) {
      const { parent } = below;
      if (parent === fn) {
        if (fn.body !== below) break;
        break;
      }
      if (isLoop(parent)) {
        add(before, parent);
        add(after, parent);
      } else if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) {
        for (const one of parent.statements) {
          if (one === below || ts.isFunctionDeclaration(one)) continue;
          add(one.pos < below.pos ? before : after, one);
        }
        if (ts.isCaseClause(parent) && parent.expression !== below) add(before, parent.expression);
      } else if (ts.isCaseBlock(parent)) {
        for (const one of parent.clauses) if (one !== below && one.pos > below.pos) add(after, one);
      } else if (ts.isIfStatement(parent)) {
        if (below === parent.expression) {
          add(after, parent.thenStatement);
          add(after, parent.elseStatement);
        } else add(before, parent.expression);
      } else if (ts.isConditionalExpression(parent)) {
        if (below === parent.condition) {
          add(after, parent.whenTrue);
          add(after, parent.whenFalse);
        } else add(before, parent.condition);
      } else if (ts.isTryStatement(parent)) {
        if (below === parent.tryBlock) add(after, parent.catchClause);
        else add(before, parent.tryBlock);
        if (below !== parent.finallyBlock) add(after, parent.finallyBlock);
      } else if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.right === below) {
        const whole = this.effectsOf(parent);
        const inside = new Set(this.effectsOf(below).map((one) => `${one.access} ${keyOf(one.resource)}`));
        const left = whole.filter(
          (one) => isInside(one.node, parent.left) || !inside.has(`${one.access} ${keyOf(one.resource)}`),
        );
        after.push(...left.filter(({ access }) => access === 'write'));
        // `total += await …` has read `total` before it waits.
        before.push(...left.filter(({ access }) => access === 'read'));
        if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
          before.push(
            ...left
              .filter(({ access }) => access === 'write')
              .map((one): FoundEffect => ({ ...one, access: 'read' })),
          );
      } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
        const inside = new Set(this.effectsOf(below).map((one) => `${one.access} ${keyOf(one.resource)}`));
        if (below !== parent.expression)
          add(before, ts.isCallExpression(parent) ? parent.expression : undefined);
        for (const one of parent.arguments ?? []) if (one !== below && one.pos < below.pos) add(before, one);
        after.push(
          ...this.effectsOf(parent).filter((one) => !inside.has(`${one.access} ${keyOf(one.resource)}`)),
        );
      } else if (!ts.isFunctionLike(parent)) {
        ts.forEachChild(parent, (one) => {
          if (
            one !== below &&
            (ts.isExpression(one) ||
              ts.isVariableDeclaration(one) ||
              ts.isObjectLiteralElementLike(one) ||
              ts.isTemplateSpan(one)) &&
            !isFunctionNode(one)
          )
            add(one.pos < below.pos ? before : after, one);
        });
      }
    }
    return { before, at, after, earlier, later };
  }

  /** Code that changes a thing while the program runs: not when an object is made, and not when a module is loaded. */
  private writerOf(resource: Resource, fn: FunctionNode): ts.Node | undefined {
    this.written ??= this.indexWrites();
    if (resource.kind === 'field') {
      // The elements of any list are changed somewhere.
      return resource.name === '[]' || resource.owner === '*'
        ? undefined
        : this.written.get(`.${resource.name}`);
    }
    if (resource.kind !== 'variable') return undefined;
    const at = declaredAt(resource.id);
    const writer = this.written.get(`${at?.path ?? ''} ${resource.name}`);
    return writer !== undefined &&
      isInside(writer, fn) &&
      at !== undefined &&
      at.pos >= fn.pos &&
      at.pos < fn.end
      ? undefined
      : writer;
  }

  private indexWrites(): ReadonlyMap<string, ts.Node> {
    const index = new Map<string, ts.Node>();
    const note = (target: ts.Node): void => {
      const around = functionAround(target);
      if (around === undefined || ts.isConstructorDeclaration(around)) return;
      if (isMember(target)) {
        const name = memberName(target);
        if (name !== undefined && !index.has(`.${name}`)) index.set(`.${name}`, target);
      } else if (ts.isIdentifier(target)) {
        const key = `${target.getSourceFile().fileName} ${target.text}`;
        if (!index.has(key)) index.set(key, target);
      }
    };
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && isAssignment(node)) note(node.left);
      else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
        const { operator } = node;
        if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken)
          note(node.operand);
      } else if (ts.isDeleteExpression(node)) note(node.expression);
      else if (
        ts.isCallExpression(node) &&
        isMember(node.expression) &&
        builtInMethod(memberName(node.expression) ?? '') === 'mutates'
      )
        note(node.expression.expression);
      ts.forEachChild(node, visit);
    };
    for (const source of this.symbols.whole.program.getSourceFiles())
      if (this.symbols.whole.isOwn(source) && !source.isDeclarationFile) visit(source);
    return index;
  }
}
