import { basename } from 'node:path';
import { ts } from 'ts-morph';
import { assumed, fails, holds, type Evidence, type Site } from '../../evidence.ts';
import type { Callees } from '../effects/callees.ts';
import { nameOf } from '../effects/conflicts.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import type { Summaries } from '../effects/summaries.ts';
import {
  functionAround,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { decoratorFactOf, inheritedFactOf, type CallbackFact } from '../libraries/callbacks.ts';
import { answersLater } from './answers-later.ts';
import { exportRole, type Surroundings } from './around.ts';
import type { Cone, ConeGuard, ConeType, ConeWait, ConeWalk, Leaf, Place, Reach } from './cone.ts';
import { DeclaredTypes, isAnyType, isPromiseType, type Changed } from './declared-types.ts';
import { familyOf } from './families.ts';
import { asConeFunction, guardOf, handsErrorsOn } from './guards.ts';
import { Handed } from './handed.ts';
import { Interleaving } from './interleaving.ts';
import { lineOf } from './parts.ts';
import { Promises, type IsPromise } from './promises.ts';
import { Proxies } from './proxies.ts';
import { Published } from './published.ts';
import { Reaches } from './reach.ts';
import { Reached } from './reached.ts';
import { Roles, type Role } from './roles.ts';
import { setAtOnce } from './set-at-once.ts';
import { placeOf, shortText, siteOf } from './sites.ts';
import {
  isLeftAlone,
  isTurn,
  mayHaveHoles,
  waitsBefore,
  whyNoLoop,
  whyOthersAreFree,
  whyTurnsAreFree,
} from './turns.ts';
import { toldOnce } from './told-once.ts';
import { nodeOfUse, Uses, type Use } from './uses.ts';
import {
  isAsync,
  isHarmless,
  isMemberValue,
  isReturned,
  isWaitedFor,
  nameOfFunction,
  outermost,
  raceOf,
  waitingAt,
  whyNeverAsync,
} from './waiting.ts';

/** What must happen for one function to become asynchronous, its callers' own needs not counted. */
interface Step {
  readonly types: readonly ConeType[];
  readonly waits: readonly ConeWait[];
  readonly walks: readonly ConeWalk[];
  readonly guards: readonly ConeGuard[];
  /** The functions that must become asynchronous too. */
  readonly next: ReadonlySet<FunctionNode>;
  readonly evidence: readonly Evidence[];
}

/** A step while it is made. */
interface Growing {
  readonly types: ConeType[];
  readonly waits: ConeWait[];
  readonly walks: ConeWalk[];
  readonly guards: ConeGuard[];
  readonly next: Set<FunctionNode>;
  readonly evidence: Evidence[];
}

const growing = (): Growing => ({
  types: [],
  waits: [],
  walks: [],
  guards: [],
  next: new Set(),
  evidence: [],
});

/** What comes between for the first time where a function is waited for. */
interface FirstPauses {
  readonly evidence: readonly Evidence[];
  /** The functions that wait for it. */
  readonly callers: readonly FunctionNode[];
}

/** Functions of one cone at most: beyond that nobody reviews it. */
const MOST = 120;

export interface ConeTools {
  readonly symbols: Symbols;
  readonly callees: Callees;
  readonly libraries: LibraryValues;
  readonly summaries: Summaries;
  readonly around: Surroundings;
}

/** Finds what has to change so that calls can be waited for. */
export class Cones {
  private readonly tools: ConeTools;
  private readonly uses: Uses;
  private readonly roles: Roles;
  private readonly interleaving: Interleaving;
  private readonly keeping: Handed;
  private readonly reaches: Reaches;
  private readonly pauses = new Map<FunctionNode, FirstPauses>();
  private readonly steps = new Map<FunctionNode, Step>();
  private readonly promises: Promises;
  private readonly proxies: Proxies;
  private readonly published: Published;
  private readonly types: DeclaredTypes;
  private readonly reached: Reached;
  private readonly ofTests = new Map<ts.SourceFile, ReadonlySet<FunctionNode>>();

  constructor(tools: ConeTools) {
    const { symbols, callees, libraries, around } = tools;
    this.tools = tools;
    this.uses = new Uses(symbols, callees, libraries, around);
    this.promises = new Promises(symbols, callees, libraries, around.placeOf);
    this.proxies = new Proxies(symbols, callees);
    this.published = new Published(symbols, around);
    this.types = new DeclaredTypes(symbols, around.textOf);
    this.roles = new Roles(symbols, callees, libraries, around.placeOf);
    this.interleaving = new Interleaving(tools, symbols, this.roles, this.uses, (node) =>
      this.promises.of(node),
    );
    this.keeping = new Handed(symbols, this.roles);
    this.reached = new Reached(callees);
    this.reaches = new Reaches(this.uses, this.roles, this.keeping, around);
  }

  /** Whether `prepare` was called. */
  isPrepared = false;

  /** Builds what the first question would have to, of the whole project; where `isAll`, also what few questions need. */
  prepare(isAll: boolean): void {
    this.uses.prepare(isAll);
    this.isPrepared = true;
  }

  /** How the code at `node` comes to run. */
  reachOf(node: ts.Node): Reach {
    return this.reaches.of(node);
  }

  /** The cone of a call whose value would become a promise. */
  of(leaf: ts.Expression, how: Leaf = {}): Cone {
    const into = growing();
    const isAwaited = this.wait(leaf, 'the call', into, how);
    into.evidence.push(...this.whyTestsHold(leaf));
    const functions = new Set<FunctionNode>();
    const ahead = [...into.next];
    for (let fn = ahead.shift(); fn !== undefined; fn = ahead.shift()) {
      if (functions.has(fn)) continue;
      functions.add(fn);
      if (functions.size > MOST) {
        into.evidence.push(fails(`More than ${MOST} functions would have to become asynchronous`));
        break;
      }
      const step = this.stepOf(fn);
      into.types.push(...step.types);
      into.waits.push(...step.waits);
      into.walks.push(...step.walks);
      into.guards.push(...step.guards);
      into.evidence.push(...step.evidence);
      ahead.push(...step.next);
      // Nothing more is said of a cone that is refused, but the first places where it fails.
      if (into.evidence.filter(({ verdict }) => verdict === 'fails').length > 3) break;
    }
    for (const { path } of [...into.waits, ...into.types, ...into.walks, ...into.guards])
      if (!this.tools.around.isInRun(path))
        into.evidence.push(fails('A caller is in a file that is not of this run', { path, line: 1 }));
    return {
      functions: [...functions].filter((fn) => !isAsync(fn)).map(asConeFunction),
      waits: distinct(into.waits),
      walks: distinct(into.walks),
      types: distinct(into.types),
      guards: distinct(into.guards),
      isAwaited,
      evidence: toldOnce(into.evidence),
    };
  }

  /** Tests that put something else in the place of the function that is called now: those that come to the call would run another one then. */
  private *whyTestsHold(leaf: ts.Expression): Generator<Evidence> {
    if (!ts.isCallExpression(leaf)) return;
    const { symbols, libraries, around } = this.tools;
    const callee = leaf.expression;
    const local = isMember(callee) ? memberName(callee) : ts.isIdentifier(callee) ? callee.text : undefined;
    const library = libraries.callOf(leaf);
    const names = new Set(
      [local, library?.path.replace(/\(\)$/, '').split('.').at(-1)].filter((one) => one !== undefined),
    );
    if (names.size === 0) return;
    const name = [...names].join('|').replaceAll('$', '\\$');
    const ofPackage = library === undefined ? '' : `|\\bmock\\w*\\(\\s*['"](node:)?${library.package}['"]`;
    const standsIn = new RegExp(
      `\\b(spy\\w*|stub|replace|mock\\w*)\\([^\\n]*['"](${name})['"]|\\b(${name})\\.mock|\\b(${name}) as \\w*Mock${ofPackage}`,
    );
    let other: Site | undefined;
    for (const source of symbols.whole.program.getSourceFiles()) {
      const path = source.fileName;
      if (!symbols.whole.isOwn(source) || around.kindOf(path) !== 'test') continue;
      const index = source.text.search(standsIn);
      if (index === -1) continue;
      const at = { path, line: source.getLineAndCharacterOfPosition(index).line + 1 };
      // What takes the place of all of `fs` does so for both of its forms.
      const hasBoth = /mock\w*\(\s*['"](node:)?fs\/promises['"]/.test(source.text);
      if (!hasBoth && this.comesTo(source, leaf)) {
        yield fails(
          `The test \`${basename(path)}\` puts something else in the place of \`${local ?? ''}\`, and comes to this call`,
          at,
        );
        return;
      }
      other ??= { path, line: 1 };
    }
    if (other !== undefined)
      yield assumed(
        `No test that puts something else in the place of \`${local ?? ''}\` comes to this call`,
        other,
      );
  }

  /** Whether a test runs the function that a call stands in, as far as its calls are followed. */
  private comesTo(test: ts.SourceFile, call: ts.Node): boolean {
    // What the file that it is the test of hands over when it is loaded, the test runs by what that was handed to.
    const subject = this.tools.symbols.whole.program.getSourceFile(
      test.fileName.replace(/\.(test|spec)(?=\.)/, ''),
    );
    const reached =
      this.ofTests.get(test) ?? this.reached.from(subject === undefined ? [test] : [test, subject]);
    this.ofTests.set(test, reached);
    let outer: FunctionNode | undefined;
    for (let fn = functionAround(call); fn !== undefined; fn = functionAround(fn)) {
      if (reached.has(fn)) return true;
      outer = fn;
    }
    // The file's own test may come to it by ways that are not followed, but for what it has to name.
    const source = call.getSourceFile();
    const isOwn = basename(test.fileName).replace(/\.(test|spec)(?=\.)/, '') === basename(source.fileName);
    const isNamed =
      outer === undefined ||
      !ts.isFunctionDeclaration(outer) ||
      (ts.getCombinedModifierFlags(outer) & ts.ModifierFlags.Export) === 0 ||
      (outer.name !== undefined && test.text.includes(outer.name.text));
    return isOwn && isNamed;
  }

  /** Notes what must happen where `node` becomes a promise, which is the call itself where `leaf` is given; tells whether it has to be awaited. */
  private wait(node: ts.Expression, name: string, into: Growing, leaf?: Leaf): boolean {
    const waiting = waitingAt(node);
    if (waiting.kind === 'done') {
      into.evidence.push(...whyOthersAreFree(node, this.tools.summaries));
      return false;
    }
    if (waiting.kind === 'stop') {
      into.evidence.push(
        fails(leaf !== undefined ? waiting.why : `${waiting.why}, and it calls ${name}`, siteOf(node)),
      );
      return true;
    }
    const { fn, isAwaited } = waiting;
    if (!isAsync(fn)) into.next.add(fn);
    else {
      if (!waitsBefore(fn, node)) this.beginning(fn, node, into);
      this.firstPauses(fn, into);
    }
    if (leaf === undefined && isAwaited) into.waits.push({ ...placeOf(node), in: nameOfFunction(fn) });
    // Tests run one by one.
    const isInTest = this.tools.around.kindOf(node.getSourceFile().fileName) === 'test';
    if (!isInTest) into.evidence.push(...this.interleaving.whyNobodyInterferes(fn, node, leaf));
    return isAwaited;
  }

  /** Where a function is waited for that is asynchronous already, but let nobody come between until now. */
  private firstPauses(start: FunctionNode, into: Growing): void {
    const seen = new Set<FunctionNode>();
    const ahead = [start];
    for (let fn = ahead.shift(); fn !== undefined && seen.size < MOST; fn = ahead.shift()) {
      if (seen.has(fn) || !this.interleaving.isNoPause(fn)) continue;
      seen.add(fn);
      const { evidence, callers } = this.firstPausesOf(fn);
      into.evidence.push(...evidence);
      ahead.push(...callers);
    }
  }

  /** What comes between where one function is waited for, and the functions that are waited for in turn. */
  private firstPausesOf(fn: FunctionNode): FirstPauses {
    const known = this.pauses.get(fn);
    if (known !== undefined) return known;
    const evidence: Evidence[] = [];
    const callers: FunctionNode[] = [];
    for (const use of this.uses.of(fn)) {
      const node = use.kind === 'call' ? use.node : use.kind === 'argument' ? use.call : undefined;
      const caller = node === undefined ? undefined : functionAround(node);
      if (node === undefined || caller === undefined || this.isOfTest(node)) continue;
      if (isWaitedFor(node)) evidence.push(...this.interleaving.whatComesBetween(caller, node));
      const race = raceOf(node);
      if (race !== undefined)
        evidence.push(
          assumed(
            `It does not matter that ${nameOfFunction(fn)} may not be the first in \`${shortText(race.expression)}\`: it was done at once until now`,
            siteOf(node),
          ),
        );
      if (isAsync(caller) && (isWaitedFor(node) || isReturned(node))) callers.push(caller);
    }
    const found = { evidence, callers };
    this.pauses.set(fn, found);
    return found;
  }

  /** Whether code stands in a test: who else uses what it uses is not known by that. */
  private isOfTest(node: ts.Node): boolean {
    return this.tools.around.kindOf(node.getSourceFile().fileName) === 'test';
  }

  /** What an asynchronous function did at once, before it first waited, may be done later now: who calls it may count on that. */
  private beginning(fn: FunctionNode, point: ts.Expression, into: Growing): void {
    if (isTurn(fn)) into.evidence.push(...whyTurnsAreFree(fn, 'the walk', this.tools.summaries, true));
    const name = nameOfFunction(fn);
    const uses = this.uses.of(fn);
    if (isMemberValue(fn) && functionAround(fn) !== undefined && !uses.some(({ kind }) => kind === 'call'))
      into.evidence.push(laterOf(name, siteOf(fn)));
    for (const use of uses) {
      const isFollowed =
        use.kind === 'call'
          ? !isWaitedFor(use.node) && !isReturned(use.node)
          : use.kind === 'argument' && ts.isCallExpression(use.call) && isLeftAlone(use.call);
      if (isFollowed) into.evidence.push(this.followed(nodeOfUse(use), fn, point));
      else if (!this.isOfTest(nodeOfUse(use))) into.evidence.push(...this.keptBeginning(use, fn, name));
    }
  }

  /** What is known of the code behind a call that nobody waits for. */
  private followed(call: ts.Node, fn: FunctionNode, point: ts.Expression): Evidence {
    const name = nameOfFunction(fn);
    const found = setAtOnce(fn, point, call, this.tools.summaries);
    if (found === undefined)
      return assumed(
        `What follows this call needs nothing that ${name} did at once, before it first waited`,
        siteOf(call),
      );
    const what = nameOf(found.write.resource);
    return fails(
      `What follows the call of ${name} reads ${what} at once, which ${name} would set only after it has waited (line ${lineOf(found.write.node)})`,
      siteOf(found.read.node),
    );
  }

  /** The same of who keeps it and calls it whenever something happens. */
  private *keptBeginning(use: Use, fn: FunctionNode, name: string): Generator<Evidence> {
    const at = siteOf(nodeOfUse(use));
    const role = use.kind === 'argument' ? this.roles.of(use.call, use.at, fn) : undefined;
    if (role?.kind === 'library' && role.fact.promise === 'dropped' && role.fact.claim !== undefined)
      yield assumed(role.fact.claim, at);
    const isKept =
      use.kind === 'argument' && role?.kind === 'own'
        ? role.functions.some((own) => this.keeping.runningOf(own, use.at, fn).isKept)
        : use.kind === 'elsewhere' ||
          (use.kind === 'argument' && role?.kind === 'unknown' && ts.isExpressionStatement(use.call.parent));
    if (isKept) yield laterOf(name, at);
  }

  /** What making a function asynchronous asks of those that use it. */
  private stepOf(fn: FunctionNode): Step {
    const known = this.steps.get(fn);
    if (known !== undefined) return known;
    const into = growing();
    this.steps.set(fn, into);
    const { symbols, callees } = this.tools;
    const name = nameOfFunction(fn);
    const why = whyNeverAsync(fn);
    if (why !== undefined) into.evidence.push(fails(why, siteOf(fn)));
    const family = familyOf(fn, symbols, callees);
    for (const other of family.functions) if (other !== fn && !isAsync(other)) into.next.add(other);
    if (family.fixed !== undefined)
      into.evidence.push(
        fails(
          `Its type is declared for ${name} where it cannot be changed: \`${shortText(family.fixed)}\``,
          siteOf(family.fixed),
        ),
      );
    for (const one of [...family.functions, ...family.signatures]) this.take(this.types.ofResult(one), into);
    this.inherited(fn, family.foreignBase, into);
    this.take(this.types.ofHolder(fn), into);
    const uses = this.uses.of(fn);
    if (this.published.has(fn) || uses.some((use) => this.isOutside(use))) {
      into.evidence.push(
        fails(
          `${name} is what a published package exports: others call it, who are not seen here`,
          siteOf(fn),
        ),
      );
    }
    const declared = this.types.declaredBeside(fn);
    if (declared !== undefined)
      into.evidence.push(
        fails(`What ${name} gives is declared in \`${basename(declared)}\` beside it`, {
          path: declared,
          line: 1,
        }),
      );
    into.evidence.push(...this.proxies.whyNoneLooks(fn));
    const promise = this.promises.ofFunction(fn);
    for (const use of uses) this.use(use, fn, name, promise, into);
    const isSeen = uses.some(
      (use) =>
        (this.isOfTest(fn) || !this.isOfTest(nodeOfUse(use))) &&
        use.kind !== 'type' &&
        use.kind !== 'dynamic' &&
        (use.kind !== 'export' || exportRole(use, this.tools.around) !== undefined),
    );
    const isInherited =
      ts.isMethodDeclaration(fn) &&
      (family.foreignBase !== undefined || (ts.getDecorators(fn) ?? []).length > 0);
    if (!isSeen && !isInherited && promise !== 'yes')
      into.evidence.push(
        this.isOfTestsAlone(fn, uses)
          ? assumed(
              `Nobody calls ${name} but tests, which wait then: nothing else looks for it by its name`,
              siteOf(fn),
            )
          : fails(
              `Nobody in the project calls ${name} but tests, if any, so who does cannot be made to wait`,
              siteOf(fn),
            ),
      );
    return into;
  }

  /** Whether tests call a function by its name, of a package that nobody else can import, and that no framework finds as what a module is. */
  private isOfTestsAlone(fn: FunctionNode, uses: readonly Use[]): boolean {
    const isWhole = uses.some((use) => use.kind === 'export' && /^default$|[=()]/.test(use.name));
    return (
      ts.isFunctionDeclaration(fn) &&
      !isWhole &&
      this.tools.around.packageOf(fn.getSourceFile().fileName).isPrivate &&
      uses.some((use) => use.kind === 'call' && this.isOfTest(use.node))
    );
  }

  /** Whether a use is that others can import it, or what is made of it, or a function that gives it. */
  private isOutside(use: Use): boolean {
    if (use.kind !== 'export') return false;
    const isOfFunction = use.name.endsWith('()') && isFunctionNode(use.node);
    return isOfFunction ? this.published.has(use.node) : this.published.exports(use.node);
  }

  private take(changes: Iterable<Changed>, into: Growing): void {
    for (const one of changes) {
      if ('type' in one) into.types.push(one.type);
      else into.evidence.push(one.evidence);
    }
  }

  private use(use: Use, fn: FunctionNode, name: string, promise: IsPromise, into: Growing): void {
    switch (use.kind) {
      case 'call':
        if (promise === 'yes') this.ofPromise(use.node, name, into);
        else this.called(use.node, fn, name, promise, into);
        return;
      case 'argument':
        this.handed(use.call, use.at, fn, name, into);
        return;
      case 'property': {
        const role = this.roles.of(use.call, use.at, fn);
        if (role.kind === 'library') this.byLibrary(role.fact, use.call, fn, name, into);
        else if (role.kind !== 'own')
          into.evidence.push(
            fails(
              `${name} is handed to \`${shortText(use.call.expression)}\` in an object, and what that does with it is not known`,
              siteOf(use.call),
            ),
          );
        return;
      }
      case 'export':
        return;
      case 'shape':
        this.shaped(use.node, use.name, name, into);
        return;
      case 'type':
        into.evidence.push(
          fails(`The type of ${name} is used elsewhere, which would change`, siteOf(use.node)),
        );
        return;
      case 'maybe':
        into.evidence.push(
          fails(
            use.isAmong === true
              ? `\`${shortText(use.node)}\` may be ${name}: which function it is is only known when it runs`
              : `\`${shortText(use.node)}\` may be ${name}: nothing is known of the object that it is read of`,
            siteOf(use.node),
          ),
        );
        return;
      case 'dynamic':
        into.evidence.push(
          assumed(
            `\`${shortText(use.node)}\`, whose name is only known when it runs, is never ${name}`,
            siteOf(use.node),
          ),
        );
        return;
      case 'elsewhere':
        into.evidence.push(
          fails(
            `${name} is handed on as a value, and who calls it is not seen: \`${shortText(use.node)}\``,
            siteOf(use.node),
          ),
        );
    }
  }

  /** It goes by a member that is declared by its shape alone, and others may be of it: what they give may be waited for as well. */
  private shaped(result: ts.TypeNode, member: string, name: string, into: Growing): void {
    if (!isPromiseType(result) && !isAnyType(result))
      into.types.push({ ...placeOf(result), becomes: 'either' });
    into.evidence.push(
      assumed(
        `Nobody needs at once what ${name} gives as \`${member}\` but the calls that are seen`,
        siteOf(result),
      ),
    );
  }

  private called(
    call: ts.CallExpression,
    fn: FunctionNode,
    name: string,
    promise: 'no' | 'unknown',
    into: Growing,
  ): void {
    const { functions, isOpen } = this.tools.callees.of(call.expression);
    const others = functions.filter((one) => one !== fn && !isAsync(one));
    if (isOpen)
      into.evidence.push(
        assumed(`\`${shortText(call.expression)}\` calls nothing but ${name}`, siteOf(call)),
      );
    // Whatever else may be called there can be awaited too, whether it gives a promise or not.
    if (others.length > 0 && !ts.isMethodDeclaration(fn))
      into.evidence.push(
        holds(
          `What \`${shortText(call.expression)}\` may call instead of ${name} can be awaited too`,
          siteOf(call),
        ),
      );
    if (promise === 'unknown' && !isWaitedFor(call) && !ts.isExpressionStatement(outermost(call).parent))
      into.evidence.push(assumed(`What ${name} returns is no promise today`, siteOf(call)));
    this.wait(call, name, into);
  }

  /** A call of a function that gives a promise already: its callers wait where they want to. */
  private ofPromise(call: ts.CallExpression, name: string, into: Growing): void {
    if (catchesAside(call)) {
      into.evidence.push(
        assumed(
          `What ${name} throws at once may be handled as what it rejects with: by the \`catch\` here`,
          siteOf(call),
        ),
      );
      return;
    }
    const { parent } = outermost(call);
    if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) {
      into.evidence.push(
        fails(`What ${name} throws at once would be a rejection that nobody handles`, siteOf(call)),
      );
      return;
    }
    const isNow = isWaitedFor(call) || isReturned(call);
    into.evidence.push(
      isNow
        ? holds(`${name} gives a promise already, which is waited for`, siteOf(call))
        : assumed(
            `What follows this call of ${name} needs nothing that it does before it first waits`,
            siteOf(call),
          ),
    );
  }

  /** It is handed to a call. */
  private handed(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    fn: FunctionNode,
    name: string,
    into: Growing,
  ): void {
    const role: Role = this.roles.of(call, at, fn);
    const callee = shortText(call.expression, 40);
    switch (role.kind) {
      case 'own':
        if (role.isOpen)
          into.evidence.push(assumed(`\`${callee}\` runs nothing else than what is seen`, siteOf(call)));
        for (const own of role.functions) this.asParameter(own, at, fn, name, into);
        return;
      case 'walk':
        this.walked(call as ts.CallExpression, role, fn, name, into);
        return;
      case 'library':
        this.byLibrary(role.fact, call, fn, name, into, role.isCertain);
        return;
      case 'used':
        into.evidence.push(fails(`${name} cannot give a promise: ${role.why}`, siteOf(call)));
        return;
      case 'unknown':
        into.evidence.push(
          fails(`${name} is handed to \`${callee}\`, which may not wait for it`, siteOf(call)),
        );
    }
  }

  /** A function of the project gets it as a parameter. */
  private asParameter(own: FunctionNode, at: number, fn: FunctionNode, name: string, into: Growing): void {
    const parameter = own.parameters[at];
    if (parameter === undefined) return;
    if (!ts.isIdentifier(parameter.name) || parameter.dotDotDotToken !== undefined) {
      into.evidence.push(
        fails(`${name} is handed to ${nameOfFunction(own)}, where it is not followed`, siteOf(parameter)),
      );
      return;
    }
    if (ts.isParameterPropertyDeclaration(parameter, own)) {
      into.evidence.push(
        fails(
          `${name} is kept in the field \`${parameter.name.text}\`, and who calls it is not seen`,
          siteOf(parameter),
        ),
      );
      return;
    }
    const local = parameter.name.text;
    const { symbols } = this.tools;
    const symbol = symbols.at(parameter.name);
    if (parameter.type !== undefined)
      this.take(this.types.ofParameter(parameter, parameter.type, name), into);
    const visit = (node: ts.Node): void => {
      if (
        ts.isIdentifier(node) &&
        node.text === local &&
        node !== parameter.name &&
        symbols.at(node) === symbol
      ) {
        const outer = outermost(node);
        const { parent } = outer;
        if (ts.isCallExpression(parent) && parent.expression === outer) this.wait(parent, name, into);
        else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
          const place = (parent.arguments ?? ([] as readonly ts.Node[])).findIndex((one) => one === outer);
          const role = this.roles.of(parent, place, fn);
          if (role.kind === 'library') this.byLibrary(role.fact, parent, fn, name, into, role.isCertain);
          else if (role.kind === 'own')
            for (const next of role.functions)
              if (next !== own) this.asParameter(next, place, fn, name, into);
          if (role.kind !== 'library' && role.kind !== 'own')
            into.evidence.push(
              fails(
                `${name} is handed on to \`${shortText(parent.expression)}\`, which may not wait for it`,
                siteOf(parent),
              ),
            );
        } else if (
          isMember(parent) &&
          ts.isCallExpression(parent.parent) &&
          /^(call|apply)$/.test(memberName(parent) ?? '')
        )
          this.wait(parent.parent, name, into);
        else if (!isHarmless(outer))
          into.evidence.push(
            fails(`${name} is kept as \`${local}\`, and who calls it is not seen`, siteOf(node)),
          );
      }
      ts.forEachChild(node, visit);
    };
    if (own.body !== undefined) visit(own.body);
  }

  private walked(
    call: ts.CallExpression,
    role: Role & { kind: 'walk' },
    fn: FunctionNode,
    name: string,
    into: Growing,
  ): void {
    const { method } = role;
    const [callback] = call.arguments;
    if (callback === undefined) return;
    const what = `\`${shortText(call.expression, 40)}\``;
    if (!/^(map|flatMap|forEach)$/.test(method)) {
      into.evidence.push(
        fails(`${name} cannot give a promise: ${what} uses what it returns at once`, siteOf(call)),
      );
      return;
    }
    if (ts.isOptionalChain(call)) {
      into.evidence.push(
        fails(`${what} cannot be waited for as a list: the list may be missing`, siteOf(call)),
      );
      return;
    }
    if (!role.isCertain) into.evidence.push(assumed(`What ${what} is called on is an array`, siteOf(call)));
    const walk: ConeWalk = {
      ...placeOf(call),
      method: method as 'map' | 'flatMap' | 'forEach',
      callback: placeOf(callback),
    };
    if (method === 'forEach') {
      const why = whyNoLoop(call, callback);
      if (why !== undefined) {
        into.evidence.push(fails(`${what} cannot be written as a loop: ${why}`, siteOf(call)));
        return;
      }
      if (mayHaveHoles(call, this.tools.symbols))
        into.evidence.push(
          assumed(`The list of ${what} has no holes, which a loop would come to`, siteOf(call)),
        );
      into.walks.push(walk);
      this.wait(call, name, into, {});
      return;
    }
    const isInAll = isWaitedFor(call) && method === 'map';
    if (!isInAll) into.walks.push(walk);
    into.evidence.push(...whyTurnsAreFree(fn, what, this.tools.summaries));
    if (!isInAll) this.wait(call, name, into, {});
  }

  private byLibrary(
    fact: CallbackFact,
    call: ts.Node,
    fn: FunctionNode,
    name: string,
    into: Growing,
    isCertain = true,
  ): void {
    const at = siteOf(call);
    const who =
      ts.isCallExpression(call) || ts.isNewExpression(call)
        ? `\`${shortText(call.expression, 40)}\``
        : shortText(call);
    if (!isCertain)
      into.evidence.push(
        assumed(
          `By its name ${who} is what it looks like: it calls ${name} for each ${fact.runs ?? 'time'}`,
          at,
        ),
      );
    if (fact.claim !== undefined) into.evidence.push(assumed(fact.claim, at));
    if (fact.promise === 'used')
      into.evidence.push(fails(`${name} cannot give a promise: ${who} uses what it returns at once`, at));
    else if (fact.isAnswered === true && answersLater(fn, this.tools.callees))
      into.evidence.push(
        fails(`${name} answers in a callback, which ${who} takes for no answer where it gives a promise`, at),
      );
    else if (fact.promise === 'awaited')
      into.evidence.push(holds(`${who} waits for the promise of ${name}, and hears of its errors`, at));
    else if (fact.error === 'next') this.guard(call, fn, name, into);
    else
      into.evidence.push(
        assumed(
          `An error in ${name} may end the process as an unhandled rejection where it was an uncaught exception before`,
          at,
        ),
      );
  }

  /** Express 4 does not look at the promise of a handler: what goes wrong in it has to be handed to `next`. */
  private guard(call: ts.Node, fn: FunctionNode, name: string, into: Growing): void {
    if (ts.isCallExpression(call) && isMember(call.expression) && memberName(call.expression) === 'param') {
      into.evidence.push(
        fails(
          `Express 4 does not look at the promise of ${name}, whose last parameter is no \`next\``,
          siteOf(call),
        ),
      );
      return;
    }
    if (handsErrorsOn(fn)) {
      into.evidence.push(
        holds(
          `Express 4 does not look at the promise of ${name}, which hands its errors to \`next\` itself`,
          siteOf(call),
        ),
      );
      return;
    }
    const guard = guardOf(fn, this.uses.of(fn));
    if (typeof guard === 'string') {
      into.evidence.push(
        fails(
          `Express 4 does not look at the promise of ${name}, and its errors cannot be handed on: ${guard}`,
          siteOf(call),
        ),
      );
      return;
    }
    into.evidence.push(
      holds(
        `Express 4 does not look at the promise of ${name}: its errors are handed to \`${guard.next}\``,
        siteOf(call),
      ),
    );
    into.guards.push(guard);
  }

  /** A base class or interface of a package may call it. */
  private inherited(fn: FunctionNode, base: ts.ExpressionWithTypeArguments | undefined, into: Growing): void {
    const decorators = ts.canHaveDecorators(fn) ? (ts.getDecorators(fn) ?? []) : [];
    const name = nameOfFunction(fn);
    for (const { expression } of decorators) {
      const callee = ts.isCallExpression(expression) ? expression.expression : expression;
      const own = this.tools.callees.of(callee).functions;
      const fact = own.length > 0 ? undefined : decoratorFactOf(callee.getText());
      if (fact !== undefined) this.byLibrary(fact, expression, fn, name, into);
      else if (own.some(wrapsMethods))
        into.evidence.push(
          fails(
            `The decorator \`@${callee.getText()}\` calls ${name} itself, and may use what it returns at once`,
            siteOf(expression),
          ),
        );
      else
        into.evidence.push(
          assumed(
            `The decorator \`@${callee.getText()}\` does not use what ${name} returns at once`,
            siteOf(expression),
          ),
        );
    }
    if (base === undefined) return;
    const method = ts.isMethodDeclaration(fn) ? fn.name.getText() : '';
    const fact = inheritedFactOf(base.expression.getText(), method);
    if (fact === 'nothing') return;
    if (fact === undefined)
      into.evidence.push(
        fails(
          `\`${base.getText()}\` is of a package, and may call ${name} and use what it returns at once`,
          siteOf(base),
        ),
      );
    else this.byLibrary(fact, base, fn, name, into);
  }
}

/** Whether a decorator of the project looks at the method itself: at its descriptor, or at the member of that name. */
function wrapsMethods(decorator: FunctionNode): boolean {
  let isSeen = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const [target, key, descriptor] = node.parameters.map(({ name }) => name.getText());
      const text = 'body' in node ? (node.body?.getText() ?? '') : '';
      if (descriptor !== undefined && new RegExp(`\\b${descriptor}\\b`).test(text)) isSeen = true;
      if (key !== undefined && text.replace(/\s/g, '').includes(`${target ?? ''}[${key}]`)) isSeen = true;
      // Decorators of the language get the method as their first parameter.
      if (key !== undefined && new RegExp(`\\b${target ?? ''}\\s*\\.\\s*(call|apply|bind)\\b`).test(text))
        isSeen = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(decorator);
  return isSeen;
}

/** What is taken for granted of calls that are made later. */
const laterOf = (name: string, at: Site): Evidence =>
  assumed(
    `Whoever calls ${name} later waits for it, or needs nothing that it did at once, before it first waited`,
    at,
  );

/** Whether errors of a promise are handled by `.catch(…)`, or by the second function of `.then(…)`, where it is made. */
function catchesAside(call: ts.Expression): boolean {
  for (let at = outermost(call); ;) {
    const { parent } = at;
    if (!isMember(parent) || parent.expression !== at || !ts.isCallExpression(parent.parent)) return false;
    const name = memberName(parent) ?? '';
    if (name === 'catch' || (name === 'then' && parent.parent.arguments.length > 1)) return true;
    if (name !== 'then' && name !== 'finally') return false;
    at = outermost(parent.parent);
  }
}

const distinct = <T extends Place>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [`${one.path}:${one.span.join('-')}`, one])).values(),
];
