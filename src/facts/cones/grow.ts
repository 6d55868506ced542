import { ts } from 'ts-morph';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { Callees } from '../effects/callees.ts';
import { returnsOf, type LibraryValues } from '../effects/library-values.ts';
import { functionAround, isMember, memberName, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import type { Summaries } from '../effects/summaries.ts';
import {
  callbackFactOf,
  decoratorFactOf,
  inheritedFactOf,
  type CallbackFact,
} from '../libraries/callbacks.ts';
import { libraryFactOf } from '../libraries/tables.ts';
import type { Cone, ConeFunction, ConeGuard, ConeType, ConeWait, ConeWalk, Place, Reach } from './cone.ts';
import { familyOf } from './families.ts';
import { Interleaving } from './interleaving.ts';
import { exportRole, type Surroundings } from './around.ts';
import { Reaches } from './reach.ts';
import { Roles, type Role } from './roles.ts';
import { placeOf, shortText, siteOf } from './sites.ts';
import { Uses, type Use } from './uses.ts';
import {
  isAsync,
  isReturned,
  isWaitedFor,
  nameOfFunction,
  outermost,
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

/** Methods of JavaScript's own objects that give a text, a number, a truth value or a list. */
const GIVES_NO_PROMISE =
  /^(toString|trim|trimStart|trimEnd|split|join|slice|substring|substr|replace|replaceAll|includes|startsWith|endsWith|indexOf|filter|some|every|keys|entries|values|toLowerCase|toUpperCase|padStart|padEnd|toFixed|toISOString|getTime|charAt|stringify|digest|has|map|flatMap|concat|sort|reverse)$/;

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
  private readonly reaches: Reaches;
  private readonly steps = new Map<FunctionNode, Step>();
  private readonly promises = new Map<FunctionNode, 'yes' | 'no' | 'unknown'>();
  private published: Map<string, ReadonlySet<ts.Node>> = new Map();

  constructor(tools: ConeTools) {
    const { symbols, callees, libraries, summaries, around } = tools;
    this.tools = tools;
    this.uses = new Uses(symbols, callees, libraries);
    this.roles = new Roles(symbols, callees, libraries, around.placeOf);
    this.interleaving = new Interleaving(summaries, symbols, (node) => this.isPromise(node));
    this.reaches = new Reaches(this.uses, this.roles, around);
  }

  /** How the code at `node` comes to run. */
  reachOf(node: ts.Node): Reach {
    return this.reaches.of(node);
  }

  /** The cone of a call whose value would become a promise; of one that touches nothing itself where it is `isIdle`. */
  of(leaf: ts.Expression, isIdle = false): Cone {
    const into = growing();
    const isAwaited = this.wait(leaf, 'the call', into, true, isIdle);
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
      evidence: distinctEvidence(into.evidence),
    };
  }

  /** Notes what must happen where `node` becomes a promise; tells whether it has to be awaited. */
  private wait(node: ts.Expression, name: string, into: Growing, isLeaf = false, isIdle = false): boolean {
    const waiting = waitingAt(node);
    if (waiting.kind === 'done') return false;
    if (waiting.kind === 'stop') {
      into.evidence.push(fails(isLeaf ? waiting.why : `${waiting.why}, and it calls ${name}`, siteOf(node)));
      return true;
    }
    const { fn, isAwaited } = waiting;
    if (!isAsync(fn)) into.next.add(fn);
    if (!isLeaf && isAwaited) into.waits.push({ ...placeOf(node), in: nameOfFunction(fn) });
    if (isAwaited) into.evidence.push(...this.interleaving.whyNobodyInterferes(fn, node, isIdle));
    return isAwaited;
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
    for (const one of [...family.functions, ...family.signatures]) this.typeOf(one, into);
    this.inherited(fn, family.foreignBase, into);
    this.declaredType(fn, into);
    if (this.isPublished(fn)) {
      into.evidence.push(
        fails(
          `${name} is what a published package exports: others call it, who are not seen here`,
          siteOf(fn),
        ),
      );
    }
    const promise = this.givesPromise(fn);
    const uses = this.uses.of(fn);
    for (const use of uses) this.use(use, fn, name, promise, into);
    const isSeen = uses.some(
      (use) =>
        use.kind !== 'type' && (use.kind !== 'export' || exportRole(use, this.tools.around) !== undefined),
    );
    const isInherited =
      ts.isMethodDeclaration(fn) &&
      (family.foreignBase !== undefined || (ts.getDecorators(fn) ?? []).length > 0);
    if (!isSeen && !isInherited && promise !== 'yes')
      into.evidence.push(
        fails(`Nobody in the project calls ${name}, so who does cannot be made to wait`, siteOf(fn)),
      );
    return into;
  }

  private use(
    use: Use,
    fn: FunctionNode,
    name: string,
    promise: 'yes' | 'no' | 'unknown',
    into: Growing,
  ): void {
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
      case 'type':
        into.evidence.push(
          fails(`The type of ${name} is used elsewhere, which would change`, siteOf(use.node)),
        );
        return;
      case 'maybe':
        into.evidence.push(
          fails(
            `\`${shortText(use.node)}\` may be ${name}: nothing is known of the object that it is read of`,
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
    const local = parameter.name.text;
    const { symbols } = this.tools;
    const symbol = symbols.at(parameter.name);
    if (parameter.type !== undefined) this.parameterType(parameter, parameter.type, name, into);
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

  /** The declared type of a parameter must allow a function that gives a promise. */
  private parameterType(
    parameter: ts.ParameterDeclaration,
    type: ts.TypeNode,
    name: string,
    into: Growing,
  ): void {
    if (ts.isFunctionTypeNode(type)) {
      if (!isPromiseType(type.type) && !isAnyType(type.type))
        into.types.push({ ...placeOf(type.type), becomes: 'either' });
      return;
    }
    const { checker } = this.tools.symbols.whole;
    const signatures = checker.getTypeAtLocation(parameter).getCallSignatures();
    const isFine = signatures.every((one) => {
      const result = checker.typeToString(one.getReturnType());
      return /^(void|any|unknown)$|\bPromise</.test(result);
    });
    if (!isFine)
      into.evidence.push(
        fails(
          `The type \`${shortText(type)}\` of a parameter does not allow ${name} to give a promise`,
          siteOf(parameter),
        ),
      );
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
      into.walks.push(walk);
      this.wait(call, name, into, true);
      return;
    }
    const isInAll = isWaitedFor(call) && method === 'map';
    if (!isInAll) into.walks.push(walk);
    into.evidence.push(...this.whyTurnsAreFree(fn, what));
    if (!isInAll) this.wait(call, name, into, true);
  }

  /** What the turns of a `map` do beside each other that they did one after the other. */
  private *whyTurnsAreFree(fn: FunctionNode, what: string): Generator<Evidence> {
    const { effects, unknown } = this.tools.summaries.ofCode(fn.body ?? fn);
    const inTurn = (pos: number, path: string): boolean =>
      path === fn.getSourceFile().fileName && pos >= fn.pos && pos < fn.end;
    const isOwn = (id: string): boolean => {
      const found = /(?:variable )?([^ ]*):(\d+)$/.exec(id);
      return found !== null && inTurn(Number(found[2]), found[1] ?? '');
    };
    let isFree = true;
    for (const { access, resource, by, node } of effects.values()) {
      if (access !== 'write') continue;
      if (resource.kind === 'variable' || resource.kind === 'field') {
        if (isOwn(resource.kind === 'variable' ? resource.id : resource.owner)) continue;
        isFree = false;
        yield fails(
          `The turns of ${what} would run beside each other, and \`${by}\` changes what they share`,
          siteOf(node),
        );
      } else if (resource.kind !== 'log') {
        isFree = false;
        yield assumed(
          `The turns of ${what} may run beside each other: each \`${by}\` changes something of its own`,
          siteOf(node),
        );
      }
    }
    for (const { callee, node, guess } of unknown.values()) {
      if (guess === 'read') continue;
      isFree = false;
      yield assumed(
        `The turns of ${what} may run beside each other: \`${callee}\` does nothing that others need`,
        siteOf(node),
      );
    }
    if (isFree) yield holds(`The turns of ${what} change nothing that they share`);
    yield assumed(`The list of ${what} is short enough to work on all of it at once`);
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
    for (const { expression } of decorators) {
      const name = (ts.isCallExpression(expression) ? expression.expression : expression).getText();
      const fact = decoratorFactOf(name);
      into.evidence.push(
        fact === undefined
          ? assumed(
              `The decorator \`@${name}\` does not use what ${nameOfFunction(fn)} returns at once`,
              siteOf(expression),
            )
          : holds(`The framework waits for what \`@${name}\` decorates`, siteOf(expression)),
      );
    }
    if (base === undefined) return;
    const method = ts.isMethodDeclaration(fn) ? fn.name.getText() : '';
    const fact = inheritedFactOf(base.expression.getText(), method);
    if (fact === 'nothing') return;
    into.evidence.push(
      fact === undefined
        ? fails(
            `\`${base.getText()}\` is of a package, and may call ${nameOfFunction(fn)} and use what it returns at once`,
            siteOf(base),
          )
        : holds(
            `Who calls the \`${method}\` of a \`${base.expression.getText()}\` waits for it`,
            siteOf(base),
          ),
    );
  }

  /** The type that a function says it returns. */
  private typeOf(node: FunctionNode | ts.SignatureDeclaration, into: Growing): void {
    const isMine = !ts.isConstructorDeclaration(node) && node.type !== undefined;
    if (isMine && node.type !== undefined && !isPromiseType(node.type) && !isAsync(node))
      into.types.push({ ...placeOf(node.type), becomes: 'promise' });
    const returned = ts.getJSDocReturnTag(node)?.typeExpression?.type;
    if (returned !== undefined && !isPromiseType(returned) && !isAsync(node))
      into.types.push({ ...placeOf(returned), becomes: 'comment' });
  }

  /** The type that the variable or property is declared with which a function is put in. */
  private declaredType(fn: FunctionNode, into: Growing): void {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isMethodDeclaration(fn)) return;
    this.returnedType(fn, into);
    const { parent } = fn;
    const commented = ts.isMethodDeclaration(fn) ? undefined : ts.getJSDocType(parent);
    if (commented !== undefined && (parent as ts.VariableDeclaration).type === undefined) {
      into.evidence.push(
        fails(
          `\`${shortText(commented)}\` declares the type of ${nameOfFunction(fn)} in a comment`,
          siteOf(commented),
        ),
      );
      return;
    }
    if (ts.isVariableDeclaration(parent) && parent.type !== undefined) {
      if (ts.isFunctionTypeNode(parent.type)) {
        if (!isPromiseType(parent.type.type) && !isAnyType(parent.type.type))
          into.types.push({ ...placeOf(parent.type.type), becomes: 'promise' });
      } else if (!this.isHandlerType(parent.type))
        into.evidence.push(
          fails(
            `\`${shortText(parent.type)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
            siteOf(parent.type),
          ),
        );
      return;
    }
    const object = ts.isMethodDeclaration(fn)
      ? parent
      : ts.isPropertyAssignment(parent)
        ? parent.parent
        : undefined;
    if (object === undefined || !ts.isObjectLiteralExpression(object)) return;
    const { checker } = this.tools.symbols.whole;
    const property = ts.isMethodDeclaration(fn) ? fn.name : (parent as ts.PropertyAssignment).name;
    const declared = checker.getContextualType(object)?.getProperty(property.getText());
    const [declaration] = this.tools.symbols.declarationsOf(declared);
    if (declaration === undefined || declaration === (ts.isMethodDeclaration(fn) ? fn : parent)) return;
    const result = checker
      .getTypeOfSymbolAtLocation(declared as ts.Symbol, object)
      .getCallSignatures()[0]
      ?.getReturnType();
    if (result !== undefined && /^(void|any|unknown)$|\bPromise</.test(checker.typeToString(result))) return;
    into.evidence.push(
      fails(
        `\`${shortText(declaration)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
        siteOf(declaration),
      ),
    );
  }

  /** The type that a function declares for a function that it returns. */
  private returnedType(fn: FunctionNode, into: Growing): void {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return;
    const { parent } = outermost(fn);
    const isReturned =
      ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outermost(fn));
    const outer = isReturned ? functionAround(fn) : undefined;
    const type = outer === undefined || ts.isConstructorDeclaration(outer) ? undefined : outer.type;
    if (type === undefined || isAnyType(type)) return;
    if (!ts.isFunctionTypeNode(type))
      into.evidence.push(
        fails(
          `\`${shortText(type)}\` declares the type of ${nameOfFunction(fn)}, and others may be of it`,
          siteOf(type),
        ),
      );
    else if (!isPromiseType(type.type) && !isAnyType(type.type))
      into.types.push({ ...placeOf(type.type), becomes: 'promise' });
  }

  /** Whether a type is that of a framework's handlers, which may give a promise: `RequestHandler`. */
  private isHandlerType(type: ts.TypeNode): boolean {
    if (!ts.isTypeReferenceNode(type)) return false;
    const { typeName } = type;
    const name = ts.isIdentifier(typeName) ? typeName : typeName.right;
    const symbol = this.tools.symbols.at(name);
    const target = symbol === undefined ? undefined : this.tools.symbols.followed(symbol);
    return this.tools.symbols.declarationsOf(target).length === 0 && /(Handler|Middleware)$/.test(name.text);
  }

  /** Whether a function that is not asynchronous returns promises. */
  private givesPromise(fn: FunctionNode): 'yes' | 'no' | 'unknown' {
    const known = this.promises.get(fn);
    if (known !== undefined) return known;
    // One that returns its own result gives what its other results are.
    this.promises.set(fn, 'no');
    const found = this.findPromise(fn);
    this.promises.set(fn, found);
    return found;
  }

  private findPromise(fn: FunctionNode): 'yes' | 'no' | 'unknown' {
    if (ts.isConstructorDeclaration(fn)) return 'no';
    if (fn.type !== undefined)
      return isPromiseType(fn.type) ? 'yes' : /^(any|unknown)$/.test(fn.type.getText()) ? 'unknown' : 'no';
    const returned = returnsOf(fn);
    if (returned.length === 0) return 'no';
    const each = returned.map((one) => this.isPromise(one));
    if (each.includes('yes')) return 'yes';
    return each.includes('unknown') ? 'unknown' : 'no';
  }

  private isPromise(node: ts.Expression): 'yes' | 'no' | 'unknown' {
    const { checker } = this.tools.symbols.whole;
    const type = checker.getTypeAtLocation(node);
    if (/^Promise(Like)?</.test(checker.typeToString(type))) return 'yes';
    if ((type.flags & ts.TypeFlags.Any) === 0) return 'no';
    if (ts.isIdentifier(node)) {
      const [declaration] = this.tools.symbols.declarationsOf(this.tools.symbols.at(node));
      const isConstant =
        declaration !== undefined &&
        ts.isVariableDeclaration(declaration) &&
        (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      return isConstant && declaration.initializer !== undefined
        ? this.isPromise(declaration.initializer)
        : 'unknown';
    }
    // A part of what a synchronous call gave.
    if (isMember(node)) {
      if (/^(length|size|byteLength)$/.test(memberName(node) ?? '')) return 'no';
      return ts.isCallExpression(node.expression) &&
        this.tools.libraries.callOf(node.expression) !== undefined
        ? this.isPromise(node.expression)
        : 'unknown';
    }
    if (!ts.isCallExpression(node)) return ts.isNewExpression(node) ? 'no' : 'unknown';
    if (isMember(node.expression) && /^(then|catch|finally)$/.test(memberName(node.expression) ?? ''))
      return 'yes';
    if (isMember(node.expression) && GIVES_NO_PROMISE.test(memberName(node.expression) ?? '')) return 'no';
    const { functions } = this.tools.callees.of(node.expression);
    if (functions.length > 0) {
      if (functions.every((one) => isAsync(one) || this.givesPromise(one) === 'yes')) return 'yes';
      return functions.some((one) => this.givesPromise(one) !== 'no') ? 'unknown' : 'no';
    }
    const library = this.tools.libraries.callOf(node);
    if (library === undefined) return 'unknown';
    const waits = node.arguments.some((one, at) => {
      const given = callbackFactOf(library, at, {
        ...this.tools.around.placeOf(node.getSourceFile().fileName),
        parameters: 0,
      });
      return !ts.isObjectLiteralExpression(one) && given?.promise === 'awaited' && given.runs === undefined;
    });
    if (waits) return 'yes';
    // Node's own forms with callbacks give no promise.
    if (
      /^(fs|child_process|crypto|zlib|dns|http|https|net|stream|events|readline)$/.test(library.package) &&
      !/\bpromises\b|\bsubtle\b/.test(library.path)
    )
      return 'no';
    const fact = libraryFactOf(library);
    if (fact === undefined) return 'unknown';
    return fact.io && !/Sync\(\)/.test(library?.path ?? '') ? 'yes' : 'no';
  }

  /** Whether somebody outside may import it: from the entry of a package that is published. */
  private isPublished(fn: FunctionNode): boolean {
    const entries = this.tools.around.entriesOf(fn.getSourceFile().fileName);
    if (entries.length === 0) return false;
    const key = entries.join('\0');
    let all = this.published.get(key);
    if (all === undefined) {
      all = this.exportedBy(entries);
      this.published.set(key, all);
    }
    for (let at: ts.Node = fn; !ts.isSourceFile(at); at = at.parent) {
      if (all.has(at)) return true;
      // What is declared in a function is seen by nobody outside of it.
      if (at !== fn && ts.isFunctionLike(at)) return false;
    }
    return false;
  }

  private exportedBy(entries: readonly string[]): ReadonlySet<ts.Node> {
    const { symbols } = this.tools;
    const found = new Set<ts.Node>();
    for (const path of entries) {
      const source = symbols.whole.program.getSourceFile(path);
      const symbol = source === undefined ? undefined : symbols.whole.checker.getSymbolAtLocation(source);
      if (symbol === undefined) continue;
      for (const one of symbols.whole.checker.getExportsOfModule(symbol))
        for (const declaration of symbols.declarationsOf(symbols.followed(one))) found.add(declaration);
    }
    return found;
  }
}

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

/** Whether the value of a function is only tested or compared there. */
function isHarmless(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isTypeOfExpression(parent) || ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent))
    return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return (
    ts.isBinaryExpression(parent) &&
    /^(===?|!==?|&&|instanceof)$/.test(parent.operatorToken.getText()) &&
    parent.left === node
  );
}

const isPromiseType = (node: ts.TypeNode): boolean => {
  const text = node.getText();
  return /^(Promise|PromiseLike|Bluebird|Observable|AsyncGenerator|AsyncIterable\w*)\b/.test(text);
};
const isAnyType = (node: ts.TypeNode): boolean => /^(any|unknown|void)$/.test(node.getText());

/** Why `list.forEach(…)` is no loop in other words: one clause. */
function whyNoLoop(call: ts.CallExpression, callback: ts.Expression): string | undefined {
  if (!ts.isExpressionStatement(call.parent)) return 'its value is used';
  if (call.arguments.length > 1) return 'it is given a `this`';
  if (ts.isPropertyAccessExpression(call.expression) && call.expression.questionDotToken !== undefined)
    return 'the list may be missing';
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))
    return 'its callback is written elsewhere';
  if (callback.parameters.length > 2) return 'its callback takes the list as well';
  if (callback.parameters.some((one) => one.initializer !== undefined || one.dotDotDotToken !== undefined))
    return 'a parameter of its callback has a default';
  if (callback.parameters.length === 0) return 'its callback takes no element';
  if (ts.isFunctionExpression(callback) && /\bthis\b|\barguments\b/.test(callback.body.getText()))
    return 'its callback has a `this` of its own';
  if (!ts.isBlock(callback.body)) return undefined;
  let why: string | undefined;
  const visit = (node: ts.Node, isInLoop: boolean): void => {
    if (ts.isFunctionLike(node)) return;
    // `return` becomes `continue`, which means something else in a loop or a `switch` inside.
    if (ts.isReturnStatement(node) && isInLoop) why = 'a loop in it is left by `return`';
    if (ts.isReturnStatement(node) && node.expression !== undefined) why = 'its callback returns a value';
    if (ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.BlockScoped) === 0)
      why = 'it declares a `var`, which all turns would share';
    const opens =
      ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) || ts.isTryStatement(node);
    ts.forEachChild(node, (one) => visit(one, isInLoop || (opens && !ts.isTryStatement(node))));
  };
  visit(callback.body, false);
  return why;
}

/** How the errors of a handler are handed on, or why they cannot be: one clause. */
function guardOf(fn: FunctionNode, uses: readonly Use[]): ConeGuard | string {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isFunctionDeclaration(fn))
    return 'it is a method, which others may call';
  if (uses.some(({ kind }) => kind !== 'argument' && kind !== 'export')) return 'it is called by others too';
  const { parameters, body } = fn;
  if (body === undefined || parameters.length < 2 || parameters.length > 4)
    return `it has ${parameters.length} parameters, where a handler has two to four`;
  const last = parameters.at(-1);
  const isAdded = parameters.length === 2;
  if (last === undefined || last.dotDotDotToken !== undefined || (!isAdded && !ts.isIdentifier(last.name)))
    return 'its parameters are taken apart';
  const next = isAdded ? 'next' : last.name.getText();
  if (isAdded && /\bnext\b/.test(fn.getText())) return 'something else is called `next` in it';
  return { ...asConeFunction(fn), next, isAdded };
}

function asConeFunction(fn: FunctionNode): ConeFunction {
  return {
    ...placeOf(fn),
    name: nameOfFunction(fn),
    body: fn.body?.getStart() ?? fn.end,
    seenAt: siteOf(fn),
  };
}

const distinct = <T extends Place>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [`${one.path}:${one.span.join('-')}`, one])).values(),
];

const distinctEvidence = (all: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(
    all.map((one) => [`${one.verdict} ${one.claim} ${one.seenAt?.path ?? ''}:${one.seenAt?.line ?? 0}`, one]),
  ).values(),
];
