import { ts } from 'ts-morph';
import { functionAround, type FunctionNode } from '../effects/symbols.ts';
import { decoratorFactOf, inheritedFactOf, type CallbackFact } from '../libraries/callbacks.ts';
import type { Reach } from './cone.ts';
import { exportRole, type Surroundings } from './around.ts';
import { joined, KEPT, type Handed, type Running } from './handed.ts';
import type { Roles } from './roles.ts';
import { fileNameOf, calleeText, siteOf } from './sites.ts';
import { nodeOfUse, type Use, type Uses } from './uses.ts';
import { isAsync, isMemberValue, nameOfFunction } from './waiting.ts';

/** The ways in which code comes to run; one that matters more comes first. */
const ORDER: readonly Reach['by'][] = ['request', 'message', 'job', 'unknown', 'start', 'command', 'test'];

/** The field of an object whose initialiser a node stands in. */
function fieldAround(node: ts.Node): ts.PropertyDeclaration | undefined {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isPropertyDeclaration(at)) continue;
    const isStatic = (ts.getModifiers(at) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    return isStatic ? undefined : at;
  }
  return undefined;
}

/** What the project's own commands do with their actions, by what they are called. */
const COMMAND: CallbackFact = {
  promise: 'dropped',
  runs: 'command',
  source: 'https://github.com/tj/commander.js#action-handler',
};

/** Whether functions are the `action` of a class of the project that is called a command. */
const isCommand = (functions: readonly FunctionNode[]): boolean =>
  functions.length > 0 &&
  functions.every(
    ({ name, parent }) =>
      name?.getText() === 'action' &&
      ts.isClassLike(parent) &&
      parent.name?.text.endsWith('Command') === true,
  );

/** A function that code comes to run by. */
interface Caller {
  readonly fn: FunctionNode;
  /** What is said where it runs at the start, since it only keeps what runs later; in a script or a test that is run in there, too. */
  readonly later?: Reach;
}

/** Functions that are looked at for one answer. */
const MOST = 300;

/** Finds out how code comes to run, from its callers. */
export class Reaches {
  private readonly uses: Uses;
  private readonly roles: Roles;
  private readonly handed: Handed;
  private readonly around: Surroundings;
  private readonly known = new Map<FunctionNode, Reach>();

  constructor(uses: Uses, roles: Roles, handed: Handed, around: Surroundings) {
    this.uses = uses;
    this.roles = roles;
    this.handed = handed;
    this.around = around;
  }

  /** How the code at `node` comes to run. */
  of(node: ts.Node): Reach {
    const kind = this.around.kindOf(node.getSourceFile().fileName);
    if (kind !== undefined) return this.atTop(node);
    const fn = functionAround(node);
    if (fn !== undefined) return this.ofFunction(fn);
    const field = fieldAround(node);
    if (field === undefined) return this.atTop(node);
    return {
      by: 'unknown',
      how: `it runs whenever a \`${field.parent.name?.getText() ?? 'class'}\` is made`,
      seenAt: siteOf(node),
    };
  }

  private atTop(node: ts.Node): Reach {
    const path = node.getSourceFile().fileName;
    const by = this.around.kindOf(path) ?? 'start';
    const file = path.split('/').at(-1) ?? path;
    const how =
      by === 'test'
        ? `it runs in the test \`${file}\``
        : by === 'command'
          ? `it runs in the script \`${file}\``
          : `it runs when \`${file}\` is loaded`;
    return { by, how, seenAt: siteOf(node) };
  }

  private ofFunction(start: FunctionNode): Reach {
    const known = this.known.get(start);
    if (known !== undefined) return known;
    const found: Reach[] = [];
    const seen = new Set<FunctionNode>();
    const seenLater = new Set<FunctionNode>();
    const ahead: (Caller & { way: readonly string[] })[] = [{ fn: start, way: [] }];
    for (let one = ahead.shift(); one !== undefined; one = ahead.shift()) {
      if (seen.size + seenLater.size >= MOST) {
        const how = `more than ${MOST} functions come to it`;
        found.push({ by: 'unknown', how, seenAt: siteOf(start) });
        break;
      }
      const { fn, later, way } = one;
      if (seenLater.has(fn) || (later === undefined && seen.has(fn))) continue;
      (later === undefined ? seen : seenLater).add(fn);
      const own = this.ownReach(fn, way);
      if (own.reach !== undefined) found.push(this.orLater(own.reach, later));
      if (own.reach?.by === 'request') break;
      for (const caller of own.callers)
        ahead.push({
          fn: caller.fn,
          ...(caller.later === undefined && later === undefined ? {} : { later: later ?? caller.later }),
          way: [...way, nameOfFunction(fn)],
        });
    }
    const best =
      ORDER.flatMap((by) => found.filter((one) => one.by === by))[0] ??
      ({
        by: 'unknown',
        how: `nobody in the project calls ${nameOfFunction(start)}`,
        seenAt: siteOf(start),
      } as const);
    this.known.set(start, best);
    return best;
  }

  /** What is known of a function itself, and who calls it. */
  private ownReach(
    fn: FunctionNode,
    way: readonly string[],
  ): { readonly reach: Reach | undefined; readonly callers: readonly Caller[] } {
    const through = way.length === 0 ? '' : ` comes to it (through ${way.toReversed().join(' → ')})`;
    const name = nameOfFunction(fn);
    const reached = (fact: CallbackFact | undefined, what: string, node: ts.Node): Reach | undefined =>
      fact?.runs === undefined
        ? undefined
        : {
            by: fact.runs,
            how: way.length === 0 ? `it runs in ${what}` : `${what}${through}`,
            seenAt: siteOf(node),
          };
    for (const { expression } of ts.canHaveDecorators(fn) ? (ts.getDecorators(fn) ?? []) : []) {
      const decorator = (ts.isCallExpression(expression) ? expression.expression : expression).getText();
      const reach = reached(
        decoratorFactOf(decorator),
        `${name}, which is decorated \`@${decorator}\`,`,
        expression,
      );
      if (reach !== undefined) return { reach, callers: [] };
    }
    if (ts.isMethodDeclaration(fn) && ts.isClassLike(fn.parent)) {
      for (const type of (fn.parent.heritageClauses ?? []).flatMap(({ types }) => [...types])) {
        const fact = inheritedFactOf(type.expression.getText(), fn.name.getText());
        const reach =
          fact === 'nothing' ? undefined : reached(fact, `${name} of a \`${type.getText()}\``, fn);
        if (reach !== undefined) return { reach, callers: [] };
      }
    }
    if (ts.isConstructorDeclaration(fn)) return this.ofConstructor(fn, through);
    const callers: Caller[] = [];
    let reach: Reach | undefined;
    const better = (other: Reach | undefined): void => {
      if (other !== undefined && (reach === undefined || ORDER.indexOf(other.by) < ORDER.indexOf(reach.by)))
        reach = other;
    };
    const keptAt = (node: ts.Node, later: Reach): void => {
      const by = functionAround(node);
      if (by === undefined) better(this.orLater(this.atTop(node), later));
      else if (by === fn) better(later);
      else callers.push({ fn: by, later });
    };
    let isUsed = false;
    let isTested = false;
    const uses = this.uses.of(fn);
    const hasCalls = uses.some((use) => use.kind === 'call' && !this.isByTest(use, fn));
    // A callback that is written in a function runs, at the latest, for who called that.
    const around = functionAround(fn);
    for (const use of uses) {
      if (use.kind === 'export') {
        better(reached(exportRole(use, this.around), `\`${use.name}\` of \`${fileNameOf(fn)}\``, use.node));
        continue;
      }
      if (use.kind === 'type' || use.kind === 'shape' || use.kind === 'maybe' || use.kind === 'dynamic')
        continue;
      // A test calls what others call too, by ways that are not seen.
      if (this.isByTest(use, fn)) {
        isTested = true;
        continue;
      }
      isUsed = true;
      if (use.kind === 'elsewhere') {
        const how = `${name} is handed on as a value, and who calls it is not seen`;
        const later: Reach = { by: 'unknown', how, seenAt: siteOf(use.node) };
        // What is made anew in each call of a function is of who called that.
        if (around === undefined) better(this.orLater(this.atTop(use.node), later));
        else callers.push({ fn: around, later });
        continue;
      }
      if (use.kind === 'call') {
        const caller = functionAround(use.node);
        if (caller === undefined || this.around.kindOf(use.node.getSourceFile().fileName) !== undefined)
          better(this.atTop(use.node));
        else callers.push({ fn: caller });
        continue;
      }
      const role = this.roles.of(use.call, use.at, fn);
      const callee = `\`${calleeText(use.call.expression)}\``;
      if (role.kind === 'library' && role.fact.runs !== undefined) {
        const [first] = use.call.arguments ?? [];
        const path = first !== undefined && ts.isStringLiteralLike(first) ? ` of ${first.getText()}` : '';
        better(reached(role.fact, `the callback of ${callee}${path}`, use.call));
        continue;
      }
      // `app.get('/', wrap(async (req, res) => …))`: what the wrapper gives is called.
      const wrapping = use.call.parent;
      if (role.kind === 'own' && ts.isCallExpression(wrapping) && wrapping.expression !== use.call) {
        const outer = this.roles.of(
          wrapping,
          wrapping.arguments.findIndex((one) => one === use.call),
          fn,
        );
        if (outer.kind === 'library' && outer.fact.runs !== undefined) {
          better(reached(outer.fact, `the callback of \`${calleeText(wrapping.expression)}\``, wrapping));
          continue;
        }
      }
      const later: Reach = {
        by: 'unknown',
        how: `${name} is handed to ${callee}, which may call it later`,
        seenAt: siteOf(use.call),
      };
      if (role.kind === 'own') {
        // What takes it out of an object is found by its name.
        if (use.kind === 'property') {
          if (!hasCalls) keptAt(use.call, later);
          continue;
        }
        const running = this.runningOf(role.functions, use, fn);
        for (const { fact, call } of running.byLibrary)
          better(reached(fact, `the callback of \`${calleeText(call.expression)}\``, call));
        callers.push(...running.within.map((one) => ({ fn: one })));
        if (running.isKept && isCommand(role.functions))
          better(reached(COMMAND, `the callback of ${callee}`, use.call));
        else if (running.isKept) keptAt(use.call, later);
        if (!running.isNow) continue;
      }
      const isLater =
        role.kind === 'library' &&
        (role.fact.promise === 'dropped' || use.call.expression.getText().startsWith('process.'));
      const caller = functionAround(use.call);
      // `server.setHandler('read', async () => …)`: nothing that is waited for comes back.
      const isRegistered =
        role.kind === 'unknown' && (caller === undefined || ts.isExpressionStatement(use.call.parent));
      if (isLater || isRegistered) keptAt(use.call, later);
      else if (caller !== undefined && caller !== fn) callers.push({ fn: caller });
      else if (around === undefined) better(this.atTop(use.call));
    }
    if (!isUsed && reach === undefined) {
      // What a function makes and gives to who exports it is run by others, whenever they like.
      const isGivenAway = uses.some(({ kind }) => kind === 'export');
      const how = `${name} is kept, and who calls it is not seen`;
      const later: Reach = { by: 'unknown', how, seenAt: siteOf(fn) };
      if (around !== undefined && !isGivenAway)
        callers.push({ fn: around, ...(isMemberValue(fn) ? { later } : {}) });
      else reach = { by: 'unknown', how: howNobodyCalls(fn, isTested, through), seenAt: siteOf(fn) };
    }
    return { reach, callers };
  }

  /** Who makes objects of a class; who else may, where its name goes on as a value or another class extends it. */
  private ofConstructor(
    fn: ts.ConstructorDeclaration,
    through: string,
  ): { readonly reach: Reach | undefined; readonly callers: readonly Caller[] } {
    const { name } = fn.parent;
    const callers: Caller[] = [];
    let reach: Reach | undefined;
    // By another name, or by `this`, its objects are made where nobody looks for them.
    const isNamed =
      name !== undefined &&
      !(ts.getModifiers(fn.parent) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) &&
      !/\bnew this\b/.test(fn.parent.getText());
    const places = isNamed ? [...this.uses.at({ name: name.text, within: undefined })] : [];
    for (const node of places) {
      if (node === name || !ts.isIdentifier(node) || !this.uses.isDeclaredBy(node, fn.parent)) continue;
      const { parent } = node;
      if (this.isTestOf(node, fn) || isNameAlone(node)) continue;
      const maker = ts.isNewExpression(parent) && parent.expression === node ? parent : undefined;
      const by = functionAround(node);
      if (maker === undefined) {
        const how = `${nameOfFunction(fn)} is called by whoever gets the class as a value`;
        reach = { by: 'unknown', how, seenAt: siteOf(node) };
      } else if (by === undefined || this.around.kindOf(node.getSourceFile().fileName) !== undefined)
        reach ??= this.atTop(node);
      else callers.push({ fn: by });
    }
    if (reach === undefined && callers.length === 0)
      reach = { by: 'unknown', how: howNobodyCalls(fn, false, through), seenAt: siteOf(fn) };
    return { reach, callers };
  }

  private isTestOf(node: ts.Node, fn: FunctionNode): boolean {
    return (
      this.around.kindOf(node.getSourceFile().fileName) === 'test' &&
      this.around.kindOf(fn.getSourceFile().fileName) !== 'test'
    );
  }

  /** What runs at the start, or later what is only kept there; a command may start a server, as one in `bin` may, and a script or a test ends. */
  private orLater(reach: Reach, later: Reach | undefined): Reach {
    const isBegin = reach.by === 'start' || reach.by === 'command';
    const isOver =
      this.around.kindOf(reach.seenAt.path) !== undefined && !/\/(bin|cli)\/[^/]+$/.test(reach.seenAt.path);
    return later !== undefined && isBegin && !isOver ? later : reach;
  }

  /** Whether a use is one of a test, of what is no part of the tests. */
  private isByTest(use: Use, fn: FunctionNode): boolean {
    return this.isTestOf(nodeOfUse(use), fn);
  }

  /** When functions of the project run `fn`, which all of them may be handed by one call. */
  private runningOf(
    functions: readonly FunctionNode[],
    { at }: Use & { kind: 'argument' },
    fn: FunctionNode,
  ): Running {
    // A class without a constructor hands on what it is given to one that is not seen.
    if (functions.length === 0) return KEPT;
    return joined(functions.map((own) => this.handed.runningOf(own, at, fn)));
  }
}

/** Whether the name of a class stands where it makes nothing and goes nowhere: in an import, as a type, before a member, after `instanceof`. */
function isNameAlone(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ((ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) && parent.propertyName === undefined) ||
    (ts.isTypeNode(parent) && !ts.isExpressionWithTypeArguments(parent)) ||
    (ts.isPropertyAccessExpression(parent) && parent.expression === node) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
  );
}

/** A clause that says that a function has no callers, and that others may call it, or what comes to it. */
function howNobodyCalls(fn: FunctionNode, isTested: boolean, through: string): string {
  const nobody = `nobody in the project${isTested ? ' but tests' : ''} calls ${nameOfFunction(fn)}`;
  if (!isAsync(fn)) return `${nobody}${through === '' ? '' : `, which${through}`}`;
  return `${nobody}, so somebody outside may${through === '' ? '' : `; it${through}`}`;
}
