import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import { mayBeSame, nameOf } from '../effects/conflicts.ts';
import type { Resource } from '../effects/effect.ts';
import type { Callees } from '../effects/callees.ts';
import type { LibraryValues } from '../effects/library-values.ts';
import { keyOf, type FoundEffect } from '../effects/summary.ts';
import {
  bareExpression,
  functionAround,
  isFunctionNode,
  isInside,
  isMember,
  memberName,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { libraryFactOf } from '../libraries/tables.ts';
import { EntryFills } from './entry-fills.ts';
import type { OwnObjects } from './own-objects.ts';
import type { OwnTurns } from './own-turns.ts';
import type { Reached } from './reached.ts';
import { Refills } from './refills.ts';
import type { TableCalls } from './table-calls.ts';
import { ShapeCalls } from './shape-calls.ts';
import type { VagueClaim } from './told-once.ts';
import { Writes, type Steadiness } from './writes.ts';
import { declaredAt, homeOf, isCommand, isLocal, lineOf, type Asked, type Parts } from './parts.ts';
import { fileNameOf, shortText, siteOf } from './sites.ts';

/** Whether nothing is known of the object that a property is one of. */
const isAnybodys = (resource: Resource): boolean =>
  resource.kind === 'field' && (resource.owner === '*' || resource.owner.includes(' '));

/** Whether a database answers at once, so that its tables are as a part of this process. */
function answersAtOnce({ resource, node }: FoundEffect, libraries: LibraryValues): boolean {
  if (resource.kind !== 'table') return false;
  const call = ts.isCallExpression(node) ? libraries.callOf(node) : undefined;
  return /sqlite/.test(resource.database) || (call !== undefined && libraryFactOf(call)?.io === false);
}

/** Whether it is about the state of this process: its memory, its folder, its environment. */
const isMemory = (effect: FoundEffect, libraries: LibraryValues): boolean =>
  effect.resource.kind === 'variable' ||
  effect.resource.kind === 'field' ||
  answersAtOnce(effect, libraries) ||
  (effect.resource.kind === 'process' &&
    effect.resource.name !== 'output' &&
    !isCommand(effect) &&
    // Nobody runs after that.
    !/^process\.(exit|abort)$/.test(effect.by));

/** Whether the owner of a field is told by a variable, and not by its class. */
const isOfVariable = (owner: string): boolean => /^(only )?variable /.test(owner);

/** The list or map whose elements a node reads or changes. */
function listAt(node: ts.Node): ts.Node {
  const bare = ts.isExpression(node) ? bareExpression(node) : node;
  if (ts.isCallExpression(bare) && isMember(bare.expression))
    return bareExpression(bare.expression.expression);
  if (ts.isElementAccessExpression(bare) && memberName(bare) === undefined)
    return bareExpression(bare.expression);
  return isMember(bare) && /^(length|size)$/.test(memberName(bare) ?? '')
    ? bareExpression(bare.expression)
    : bare;
}

/** Whether two lists may be one, by what they are called: `this.items` and `log.items`, but not `log.others`. */
function mayBeSameList(one: ts.Node, other: ts.Node): boolean {
  const [a, b] = [listAt(one), listAt(other)];
  return !isMember(a) || !isMember(b) || (memberName(a) ?? '') === (memberName(b) ?? '');
}

/**
 * Whether two may be about one thing; a table that is not known may be any, and a field of a variable that which a method of its class
 * calls `this.…`. Elements of a list of which nothing is known may be those of one that others know.
 */
function isSame(one: FoundEffect, other: FoundEffect): boolean {
  const [a, b] = [one.resource, other.resource];
  if (a.kind === 'table' || keyOf(a) === keyOf(b)) return mayBeSame(a, b) || keyOf(a) === keyOf(b);
  if (a.kind !== 'field' || b.kind !== 'field' || a.name !== b.name) return false;
  if (a.name === '[]') return mayBeSame(a, b) && mayBeSameList(one.node, other.node);
  return a.owner !== '*' && b.owner !== '*' && isOfVariable(a.owner) !== isOfVariable(b.owner);
}

/** The variable or field that a map is, of which an entry is asked for or changed by one of several methods. */
function mapOf(node: ts.Node, methods: RegExp, symbols: Symbols): ts.Declaration | undefined {
  if (!ts.isCallExpression(node) || !isMember(node.expression)) return undefined;
  if (!methods.test(memberName(node.expression) ?? '')) return undefined;
  const map = bareExpression(node.expression.expression);
  const symbol = symbols.at(ts.isPropertyAccessExpression(map) ? map.name : map);
  return symbols.declarationsOf(symbol)[0];
}

/** Whether an entry of a map is asked for, and one of the same map is changed. */
function isSameMap(asked: ts.Node, changed: ts.Node, symbols: Symbols): boolean {
  const map = mapOf(asked, /^(get|has)$/, symbols);
  if (map === undefined) return false;
  // Each call of a function may be handed one of its own, or makes it.
  const maker = functionAround(map);
  if (ts.isParameter(map) || (maker !== undefined && maker === functionAround(asked))) return false;
  return map === mapOf(changed, /^(set|add|delete|clear)$/, symbols);
}

/** Whether it is not known that a wait lies between two effects where nobody came between, or that anybody counts on that. */
function isVague(
  one: FoundEffect,
  other: FoundEffect,
  parts: Parts,
  inside: ReadonlySet<FoundEffect>,
): boolean {
  if (parts.isAside(one) && parts.isAside(other) && (one.access === 'write' || !parts.leadsTo(one, other)))
    return true;
  // Whether it is done before or behind the wait in the call is not known.
  return (
    !parts.isSplit &&
    ((inside.has(one) && one.access === 'write') ||
      (inside.has(other) && (one.access === 'write' || other.access === 'read')))
  );
}

/** Whether it is a variable or a field that others know as well. */
const isState = ({ resource }: FoundEffect): boolean =>
  resource.kind === 'variable' ||
  (resource.kind === 'field' && resource.owner !== '*' && !isOfVariable(resource.owner));

/** Whether it is about what functions of the project know by a name of their own: a variable, or what belongs to one. */
const isOfProgram = ({ resource }: FoundEffect): boolean =>
  resource.kind === 'variable' || (resource.kind === 'field' && resource.owner !== '*');

/**
 * The `count += 1` or `count++` that a node is a part of, if it reads and writes in one go: when it is come to again, it goes on from what others
 * have made of it meanwhile.
 */
function stepAround(node: ts.Node, fn: FunctionNode, point: ts.Expression): ts.Node | undefined {
  for (let at = node; at !== fn && !ts.isStatement(at); at = at.parent) {
    const isStep = ts.isBinaryExpression(at)
      ? /^(?:[-+*/%&|^]|\*\*|<<|>>>?)=$/.test(at.operatorToken.getText()) && !waitsIn(at.right, point)
      : (ts.isPrefixUnaryExpression(at) || ts.isPostfixUnaryExpression(at)) &&
        (at.operator === ts.SyntaxKind.PlusPlusToken || at.operator === ts.SyntaxKind.MinusMinusToken) &&
        !waitsIn(at.operand, point);
    if (isStep) return at;
  }
  return undefined;
}

/** Whether code waits, or would. */
const waitsIn = (node: ts.Node, point: ts.Expression): boolean =>
  ts.isAwaitExpression(node) ||
  isInside(point, node) ||
  (ts.forEachChild(node, (one) => waitsIn(one, point) || undefined) ?? false);

/** The lists that a place is in a walk of: of a loop around it, or of the `forEach` that it is. */
function walkedAround(fn: FunctionNode, point: ts.Expression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const walked = bareExpression(point);
  if (
    ts.isCallExpression(walked) &&
    isMember(walked.expression) &&
    memberName(walked.expression) === 'forEach'
  )
    found.push(walked.expression.expression);
  for (let at: ts.Node = point; at !== fn; at = at.parent) {
    const { parent } = at;
    if (ts.isForOfStatement(parent) && parent.statement === at) found.push(parent.expression);
    if (ts.isForStatement(parent) && parent.initializer !== at)
      found.push(...measuredIn(parent.initializer), ...measuredIn(parent.condition));
    if (ts.isWhileStatement(parent) || ts.isDoStatement(parent)) found.push(...measuredIn(parent.expression));
  }
  return found.map(walkedItself);
}

/** The lists whose length a piece of code asks for. */
function measuredIn(code: ts.Node | undefined): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionNode(node)) return;
    if (isMember(node) && /^(length|size)$/.test(memberName(node) ?? '')) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  if (code !== undefined) visit(code);
  return found;
}

/** `list.entries()` walks the list itself, and not a copy. */
function walkedItself(node: ts.Expression): ts.Expression {
  const bare = bareExpression(node);
  if (!ts.isCallExpression(bare) || !isMember(bare.expression) || bare.arguments.length > 0) return bare;
  return /^(entries|keys|values)$/.test(memberName(bare.expression) ?? '')
    ? bareExpression(bare.expression.expression)
    : bare;
}

/** The variable that is declared at a position. */
function variableAt(code: ts.Node, pos: number): ts.VariableDeclaration | undefined {
  if (ts.isVariableDeclaration(code) && code.pos === pos) return code;
  return pos < code.pos || pos >= code.end ? undefined : ts.forEachChild(code, (one) => variableAt(one, pos));
}

/** Whether anything is left to do after a place. */
function goesOn(fn: FunctionNode, point: ts.Node): boolean {
  const { body } = fn;
  if (body === undefined || !ts.isBlock(body)) return false;
  for (let at = point; at !== fn; at = at.parent) if (ts.isReturnStatement(at)) return false;
  const last = body.statements.at(-1);
  return last !== undefined && !isInside(point, last);
}

/** Tells what other turns may see or change of the memory of the process while a function waits that did not wait before. */
export class MemoryMeanwhile {
  private readonly symbols: Symbols;
  private readonly libraries: LibraryValues;
  private readonly writes: Writes;
  private readonly turns: OwnTurns;
  private readonly objects: OwnObjects;
  private readonly tables: TableCalls;
  private readonly refills: Refills;
  private readonly entries: EntryFills;
  private readonly shapes: ShapeCalls;

  constructor(
    symbols: Symbols,
    callees: Callees,
    libraries: LibraryValues,
    calls: Reached,
    {
      turns,
      objects,
      tables,
      isTest,
    }: {
      readonly turns: OwnTurns;
      readonly objects: OwnObjects;
      readonly tables: TableCalls;
      readonly isTest: (path: string) => boolean;
    },
  ) {
    this.turns = turns;
    this.objects = objects;
    this.tables = tables;
    this.symbols = symbols;
    this.writes = new Writes(symbols, calls);
    this.refills = new Refills(symbols, callees, libraries, this.writes, isTest);
    this.libraries = libraries;
    this.entries = new EntryFills(symbols);
    this.shapes = new ShapeCalls(symbols, callees);
  }

  /** What stands against waiting at `point`, and what is taken for granted. */
  between(fn: FunctionNode, point: ts.Expression, parts: Parts, asked: Asked): readonly Evidence[] {
    const judge = (without: ReadonlySet<string>): readonly Evidence[] => {
      const seen = new Set<string>();
      const once = (key: string): boolean => !seen.has(key) && seen.add(key).size > 0;
      return [...this.withoutOwn(fn, point, parts, { ...asked, once }, without)];
    };
    let told = judge(new Set());
    if (told.length === 0) return told;
    const without = new Set<string>();
    const claims: Evidence[] = [];
    const around = [...parts.before, ...parts.atBefore, ...parts.after, ...parts.atAfter];
    for (const [owner, evidence] of this.objects.around(fn, point, around)) {
      const rest = judge(new Set([...without, owner]));
      // Nothing was said of it, so that there is nothing to claim.
      if (rest.length === told.length) continue;
      told = rest;
      without.add(owner);
      claims.push(...evidence);
    }
    return [...told, ...claims];
  }

  private *withoutOwn(
    fn: FunctionNode,
    point: ts.Expression,
    parts: Parts,
    { once, isParted }: Asked,
    without: ReadonlySet<string>,
  ): Generator<Evidence> {
    const home = homeOf(fn);
    const { known, claims } = this.knownToOthers(fn, home, point, parts);
    yield* claims;
    const shared = (all: readonly FoundEffect[]): readonly FoundEffect[] =>
      all.filter(
        (one) =>
          isMemory(one, this.libraries) &&
          (known.has(keyOf(one.resource)) || !this.isOwn(one.resource, fn, home)) &&
          !(one.resource.kind === 'field' && without.has(one.resource.owner)),
      );
    const before = shared([...parts.before, ...parts.atBefore]);
    const after = shared([...parts.after, ...parts.atAfter]);
    for (const [key, evidence] of this.pairsOf(fn, point, parts, before, after, isParted))
      if (once(key)) yield evidence;
    if (parts.after.length > 0 || goesOn(fn, point)) {
      for (const one of before) {
        if (one.access === 'write') continue;
        // It was filled before, if it was not there.
        const isFilled = before.some((other) => other.access === 'write' && isSame(one, other));
        const isAskedToFill = this.writes
          .to(one.resource)
          .some((fill) => functionAround(fill) === functionAround(one.node));
        if (isFilled && isAskedToFill && this.writes.areFills(one.resource, point) === 'certain') continue;
        if (!once(keyOf(one.resource))) continue;
        const writer = this.writerOf(one.resource, home);
        if (writer === undefined) continue;
        const name = nameOf(one.resource);
        yield assumed(
          `What was read of ${name} before still holds when it goes on, though line ${lineOf(writer)} of \`${fileNameOf(writer)}\` may change it meanwhile`,
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
    if (half !== undefined && rest !== undefined && once(`half ${keyOf(half.resource)}`)) {
      const seen = `${nameOf(half.resource)} as it is set (line ${lineOf(half.node)}) and ${nameOf(rest.resource)} as it was before (line ${lineOf(rest.node)})`;
      // What two other functions do may have nothing to do with each other.
      const isFill = [half, rest].some(({ resource }) => this.writes.areFills(resource, point) !== 'no');
      const isOwn = !isFill && (isInside(half.node, fn) || isInside(rest.node, fn));
      yield isOwn
        ? fails(`While it waits other turns run: one could see ${seen}`, siteOf(rest.node))
        : assumed(`No other turn minds to see ${seen}`, siteOf(rest.node));
    }
    for (const one of shared(parts.after)) {
      if (one.access !== 'write' || one.resource.kind === 'process' || !once(`order ${keyOf(one.resource)}`))
        continue;
      if (one.resource.kind === 'field' && one.resource.owner === '*') continue;
      if (this.writes.areFills(one.resource, point) === 'certain') continue;
      const isAdded = this.isAddedTo(fn, parts, one.resource);
      if (!isAdded && before.some((other) => keyOf(other.resource) === keyOf(one.resource))) continue;
      const about = nameOf(one.resource);
      const order: VagueClaim = {
        ...assumed(
          `Two turns may set ${about} in another order than they began (line ${lineOf(one.node)})`,
          siteOf(one.node),
        ),
        about,
        says: 'order',
      };
      yield order;
    }
    yield* this.unknownCalls(before, parts.later, 'before', once);
    yield* this.unknownCalls(after, parts.recent, 'after', once);
    yield* this.walkedLists(fn, point);
    const unseen = this.shapes.around(fn, parts);
    if (unseen !== undefined)
      yield assumed(
        `No other turn changes what \`${unseen.object}\` keeps between \`${shortText(unseen.before, 40)}\` (line ${lineOf(unseen.before)}) and \`${shortText(unseen.after, 40)}\` (line ${lineOf(unseen.after)}), of which only the types are known`,
        siteOf(unseen.after),
      );
  }

  /** Whether each call of a function has a thing of its own. */
  private isOwn(resource: Resource, fn: FunctionNode, home: FunctionNode): boolean {
    return isLocal(resource, home) || this.isOfTurns(resource, fn);
  }

  /**
   * What is the function's own, and touched on both sides of the place, but others have to do with it as well; and what is taken for granted
   * where it is not seen who does.
   */
  private knownToOthers(
    fn: FunctionNode,
    home: FunctionNode,
    point: ts.Expression,
    parts: Parts,
  ): { readonly known: ReadonlySet<string>; readonly claims: readonly Evidence[] } {
    const isOwn = ({ resource }: FoundEffect): boolean => this.isOwn(resource, fn, home);
    const before = [...parts.before, ...parts.atBefore].filter(isOwn);
    const after = [...parts.after, ...parts.atAfter].filter(isOwn);
    const known = new Set<string>();
    const claims = new Map<string, Evidence>();
    for (const key of new Set(before.map(({ resource }) => keyOf(resource)))) {
      const own = [...before, ...after].filter(({ resource }) => keyOf(resource) === key);
      const [first] = own;
      const isOnBoth = after.some(({ resource }) => keyOf(resource) === key);
      if (first === undefined || !isOnBoth || own.every(({ access }) => access === 'read')) continue;
      const { resource } = first;
      const id = resource.kind === 'variable' ? resource.id : resource.kind === 'field' ? resource.owner : '';
      const variable = this.variableOf(id);
      if (variable === undefined) continue;
      const { isKnown, escaped } = this.objects.besides(variable, home, point, own);
      if (isKnown) known.add(key);
      else if (escaped !== undefined)
        claims.set(
          id,
          assumed(
            `Nobody else touches what \`${variable.name.getText()}\` holds while it waits, though others may know it by \`${shortText(escaped, 40)}\` (line ${lineOf(escaped)} of \`${fileNameOf(escaped)}\`)`,
            siteOf(escaped),
          ),
        );
    }
    return { known, claims: [...claims.values()] };
  }

  /** What is taken for granted of functions that are taken out of a table on the other side of the wait. */
  private *unknownCalls(
    effects: readonly FoundEffect[],
    others: readonly ts.Node[],
    side: 'before' | 'after',
    once: Asked['once'],
  ): Generator<Evidence> {
    const [write] = effects.filter((one) => one.access === 'write' && isOfProgram(one));
    const call = write === undefined ? undefined : this.tables.in(others);
    if (write === undefined || call === undefined || !once(`table ${keyOf(write.resource)}`)) return;
    yield assumed(
      `What \`${shortText(call.expression, 40)}\` calls (line ${lineOf(call)}) has nothing to do with ${nameOf(write.resource)}, changed ${side} it waits (line ${lineOf(write.node)})`,
      siteOf(call),
    );
  }

  /** For each thing that is touched on both sides of a wait, the worst that could become of it. */
  private pairsOf(
    fn: FunctionNode,
    point: ts.Expression,
    parts: Parts,
    before: readonly FoundEffect[],
    after: readonly FoundEffect[],
    isParted: Asked['isParted'],
  ): ReadonlyMap<string, Evidence> {
    const worst = new Map<string, Evidence>();
    const inside = new Set([...parts.atBefore, ...parts.atAfter]);
    for (const one of before) {
      for (const other of after) {
        if (!isSame(one, other) || (one.access === 'read' && other.access === 'read')) continue;
        // What is awaited is judged where it waits itself.
        if (inside.has(one) && inside.has(other)) continue;
        const step = stepAround(one.node, fn, point);
        if (step !== undefined && step === stepAround(other.node, fn, point)) continue;
        const isAtPlace = inside.has(one) || inside.has(other);
        const steadiness = this.steadiness(fn, point, parts, one.resource, isAtPlace);
        if (steadiness === 'certain') continue;
        const key = keyOf(one.resource);
        const told = worst.get(key);
        if (told?.verdict === 'fails') continue;
        // What one function does itself belongs together.
        const isOwn = isInside(one.node, fn) && isInside(other.node, fn);
        const isPlain =
          steadiness === 'no' &&
          !isVague(one, other, parts, inside) &&
          this.isKnown(one, other) &&
          (isOwn || !isParted(one, other));
        if (told !== undefined && !isPlain) continue;
        const what = nameOf(one.resource);
        const entry = isPlain ? this.entryOf(one.resource, point, parts, isAtPlace) : undefined;
        if (entry !== undefined) {
          worst.set(
            key,
            assumed(
              `It does not matter that other turns come to \`${entry.name}\` meanwhile: each entry is put in where it is missing (line ${lineOf(entry.node)})`,
              siteOf(entry.node),
            ),
          );
          continue;
        }
        const refill = isPlain ? this.refills.of(one.resource, parts) : undefined;
        if (refill !== undefined) {
          worst.set(
            key,
            assumed(
              `It does not matter that several turns may fill ${what} at once (line ${lineOf(refill)}), each with what it has read itself`,
              siteOf(refill),
            ),
          );
          continue;
        }
        const fresh = isPlain ? this.refills.refreshOf(one.resource, point, parts, isAtPlace) : undefined;
        if (fresh !== undefined) {
          worst.set(
            key,
            assumed(
              `It does not matter that another turn sets ${what} anew meanwhile (line ${lineOf(fresh)}), with what it has read itself`,
              siteOf(fresh),
            ),
          );
          continue;
        }
        const between = `between the ${one.access} (line ${lineOf(one.node)}) and the ${other.access} (line ${lineOf(other.node)})`;
        worst.set(
          key,
          isPlain
            ? fails(
                `While it waits other turns run: one could ${one.access === 'read' ? 'change' : 'see or change'} ${what} ${between}`,
                siteOf(other.node),
              )
            : {
                ...assumed(`While it waits no other turn touches ${what} ${between}`, siteOf(other.node)),
                ...(isAnybodys(one.resource) ? ({ about: what, says: 'untouched' } as const) : {}),
              },
        );
      }
    }
    return worst;
  }

  /** Whether two effects are known to be about one thing, and not only on some list or some object. */
  private isKnown(one: FoundEffect, other: FoundEffect): boolean {
    const { resource } = one;
    if (resource.kind !== 'field' || other.resource.kind !== 'field') return true;
    if (resource.owner !== other.resource.owner) return false;
    return resource.owner !== '*' || isSameMap(one.node, other.node, this.symbols);
  }

  /** Where the entries of a map of a module are put in where they are missing, and never changed. */
  private entryOf(
    resource: Resource,
    point: ts.Expression,
    parts: Parts,
    isAtPlace: boolean,
  ): { readonly name: string; readonly node: ts.Node } | undefined {
    if (resource.kind !== 'field' || !/^(\[\]|\*)$/.test(resource.name)) return undefined;
    const variable = isOfVariable(resource.owner) ? this.variableOf(resource.owner) : undefined;
    if (variable === undefined) return undefined;
    const [node] = this.entries.of(variable, point, isAtPlace ? parts.mayWaitIn : undefined) ?? [];
    return node === undefined ? undefined : { name: variable.name.getText(), node };
  }

  /** Whether it does not matter to either side of a wait that others come between: each does all of its own in one turn. */
  private steadiness(
    fn: FunctionNode,
    point: ts.Expression,
    parts: Parts,
    resource: Resource,
    isAtPlace: boolean,
  ): Steadiness {
    // What the place calls may wait in its middle.
    const fills = this.writes.areFills(resource, point, isAtPlace ? parts.mayWaitIn : undefined);
    if (fills !== 'no') return fills;
    const around = isAtPlace ? { ...parts, earlier: [...parts.earlier, point] } : parts;
    return this.isAddedTo(fn, around, resource) ? 'likely' : 'no';
  }

  private isAddedTo(fn: FunctionNode, { earlier, later }: Parts, resource: Resource): boolean {
    return this.writes.isOnlyAddedTo(resource, fn, [...earlier, ...later]);
  }

  private isOfTurns(resource: Resource, fn: FunctionNode): boolean {
    const id = resource.kind === 'variable' ? resource.id : resource.kind === 'field' ? resource.owner : '';
    const declaration = this.variableOf(id);
    if (declaration === undefined) return false;
    // The code around the place comes to whole runs of another function.
    const maker = functionAround(declaration);
    if (maker === undefined) return false;
    if (!isInside(fn, maker)) return this.turns.isOfOneRun(declaration);
    return this.turns.isOfTurns(declaration, fn);
  }

  /** The variable that the id of one tells, or that of what belongs to it. */
  private variableOf(id: string): ts.VariableDeclaration | undefined {
    const at = declaredAt(id);
    const source = at === undefined ? undefined : this.symbols.whole.program.getSourceFile(at.path);
    return at === undefined || source === undefined ? undefined : variableAt(source, at.pos);
  }

  /** Lists of others that are walked around a place, and may be longer or shorter when the walk goes on. */
  private *walkedLists(fn: FunctionNode, point: ts.Expression): Generator<Evidence> {
    for (const list of walkedAround(fn, point)) {
      if (this.symbols.isScalar(list)) continue;
      const isOwn = this.symbols
        .declarationsOf(ts.isIdentifier(list) ? this.symbols.at(list) : undefined)
        .some((one) => isInside(one, fn));
      const writer = isOwn ? undefined : this.writes.toList(list);
      if (writer !== undefined)
        yield fails(
          `While it waits other turns run: one could change \`${list.getText()}\`, which is being walked (line ${lineOf(writer)} of \`${fileNameOf(writer)}\`)`,
          siteOf(writer),
        );
    }
  }

  /** Code that changes a thing while the program runs. */
  private writerOf(resource: Resource, fn: FunctionNode): ts.Node | undefined {
    const at = resource.kind === 'variable' ? declaredAt(resource.id) : undefined;
    const isOwn = at !== undefined && at.pos >= fn.pos && at.pos < fn.end;
    return this.writes.to(resource).find((one) => !isOwn || !isInside(one, fn));
  }
}
