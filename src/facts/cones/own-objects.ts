import { ts } from 'ts-morph';
import { assumed, type Evidence } from '../../evidence.ts';
import type { Summaries } from '../effects/summaries.ts';
import { keyOf, type FoundEffect } from '../effects/summary.ts';
import { functionAround, isInside, type FunctionNode } from '../effects/symbols.ts';
import { isWaitedInPlace, type Loose } from './loose.ts';
import { homeOf, lineOf, type Parts } from './parts.ts';
import { fileNameOf, shortText, siteOf } from './sites.ts';
import { Trail, type TrailTools } from './trails.ts';
import { isAsync, outermost } from './waiting.ts';

/** A function that made an object, or had it made, and the place in it where it waits. */
interface Holder {
  readonly fn: FunctionNode;
  readonly point: ts.Expression;
}

interface OwnObjectsTools extends TrailTools {
  readonly summaries: Summaries;
  /** What lies around a place. */
  partsOf(fn: FunctionNode, point: ts.Expression): Pick<Parts, 'earlier' | 'later'>;
}

/** How far up callers are asked. */
const MOST_CALLERS = 6;

/** Whether effects are about objects of a class, and not of one variable. */
const classOwner = ({ resource }: FoundEffect): string | undefined =>
  resource.kind === 'field' && resource.owner !== '*' && !/^(only )?variable /.test(resource.owner)
    ? resource.owner
    : undefined;

/**
 * Finds the objects of classes that each call makes for itself: nobody puts them where another turn could get at them. They may be handed to
 * functions, and kept in other objects of that kind.
 */
export class OwnObjects {
  private readonly tools: OwnObjectsTools;
  private readonly trails = new Map<string, Trail>();
  /** By the places that are asked about what variables hold. */
  private readonly variables = new WeakMap<ts.Node, Map<ts.Node, Trail>>();
  private classes: ReadonlyMap<string, readonly ts.ClassLikeDeclaration[]> | undefined;

  constructor(tools: OwnObjectsTools) {
    this.tools = tools;
  }

  /**
   * By the names of their classes, those objects whose state no other turn touches while `fn` waits at `point`, and what a reader has to
   * believe of each. `effects` are all that is done to any objects around the place.
   */
  around(
    fn: FunctionNode,
    point: ts.Expression,
    effects: readonly FoundEffect[],
  ): ReadonlyMap<string, readonly Evidence[]> {
    const found = new Map<string, readonly Evidence[]>();
    const owners = new Set(effects.filter(({ access }) => access === 'write').map(classOwner));
    for (const owner of owners) {
      if (owner === undefined) continue;
      const claims = this.claimsOf(
        owner,
        fn,
        point,
        effects.filter((one) => classOwner(one) === owner),
      );
      if (claims !== undefined) found.set(owner, claims);
    }
    return found;
  }

  private claimsOf(
    owner: string,
    fn: FunctionNode,
    point: ts.Expression,
    effects: readonly FoundEffect[],
  ): readonly Evidence[] | undefined {
    const trail = this.trailOf(owner);
    const [made] = trail?.made ?? [];
    if (trail === undefined || trail.shared !== undefined || made === undefined) return undefined;
    const holders = this.holdersOf(trail, fn, point, []);
    if (holders === undefined) return undefined;
    const begun = this.begunAt(owner, trail, holders)?.filter((one) => this.touches(one, owner, effects));
    if (begun === undefined || begun.some(({ isHanded }) => !isHanded)) return undefined;
    const claims = [
      assumed(
        `No other turn has the \`${owner}\` that is made for each call (line ${lineOf(made)} of \`${fileNameOf(made)}\`)`,
        siteOf(made),
      ),
    ];
    const named = new Set<string>();
    for (const { node } of begun) {
      const callee = shortText(node.expression, 40);
      if (named.has(callee)) continue;
      named.add(callee);
      claims.push(
        assumed(
          `\`${callee}\` does not run what it is handed (line ${lineOf(node)} of \`${fileNameOf(node)}\`), which touches the same \`${owner}\`, while it waits`,
          siteOf(node),
        ),
      );
    }
    return claims;
  }

  private trailOf(owner: string): Trail | undefined {
    const known = this.trails.get(owner);
    if (known !== undefined) return known;
    const classes = this.classesOf(owner);
    if (classes.length === 0) return undefined;
    const trail = new Trail(this.tools, classes);
    this.trails.set(owner, trail);
    return trail;
  }

  /** The functions that the objects which `fn` knows were made in; undefined where several turns may work on one. */
  private holdersOf(
    trail: Trail,
    fn: FunctionNode,
    point: ts.Expression,
    seen: readonly ts.Node[],
  ): readonly Holder[] | undefined {
    if (seen.includes(point)) return [];
    if (seen.length > MOST_CALLERS) return undefined;
    const home = homeOf(fn);
    const own = new Set<FunctionNode>();
    for (let at: FunctionNode | undefined = fn; at !== undefined; at = functionAround(at)) {
      own.add(at);
      if (at === home) break;
    }
    const found: Holder[] = [{ fn: home, point }];
    let isGiven = false;
    for (const one of own)
      for (const name of trail.known.get(one) ?? []) {
        const isThis = ts.isClassLike(name);
        const at = isThis ? undefined : functionAround(name);
        if (!isThis && (at === undefined || !own.has(at))) return undefined;
        isGiven ||= isThis || isOfParameter(name);
      }
    if (!isGiven) return found;
    const calls = [...(trail.entries.get(home) ?? [])];
    if (calls.length === 0) return undefined;
    for (const call of calls) {
      const caller = functionAround(call);
      if (caller === undefined || !isInTurn(call, home)) return undefined;
      const above = this.holdersOf(trail, caller, call, [...seen, point]);
      if (above === undefined) return undefined;
      found.push(...above);
    }
    return found;
  }

  /** What may go on beside it when the places are come to; undefined where that is not known. */
  private begunAt(owner: string, whole: Trail, holders: readonly Holder[]): readonly Loose[] | undefined {
    const isLater = this.isLaterThan(holders);
    const trail = new Trail(this.tools, this.classesOf(owner), {
      skips: isLater,
      makers: givingTo(whole, new Set(holders.map(({ fn }) => fn))),
    });
    return trail.shared === undefined ? stillUnderWay(trail, holders) : undefined;
  }

  /** Tells what is not come to yet at some places. */
  private isLaterThan(holders: readonly Holder[]): (node: ts.Node) => boolean {
    const around = holders.map(({ fn, point }) => ({ fn, point, ...this.tools.partsOf(fn, point) }));
    return (node) => {
      const all = around.filter(({ fn }) => isInside(node, fn));
      return (
        all.length > 0 &&
        all.every(
          ({ point, earlier, later }) =>
            later.some((one) => isInside(node, one)) &&
            !isInside(node, point) &&
            !isInside(point, node) &&
            !earlier.some((one) => isInside(node, one)),
        )
      );
    };
  }

  /**
   * Whether others than `fn` have to do with a variable, or with what that holds, since before `point`: code that runs by itself, as that of a
   * timer does, or all turns that find it where it was put. `escaped` is where it was given to code that is not seen, or put into an object
   * that others may know.
   */
  besides(
    variable: ts.VariableDeclaration | ts.ParameterDeclaration,
    fn: FunctionNode,
    point: ts.Expression,
    effects: readonly FoundEffect[],
  ): { readonly isKnown: boolean; readonly escaped: ts.Node | undefined } {
    const holders = [{ fn, point }];
    const ofPoint = this.variables.get(point) ?? new Map<ts.Node, Trail>();
    this.variables.set(point, ofPoint);
    const trail = ofPoint.get(variable) ?? Trail.ofVariable(this.tools, variable, this.isLaterThan(holders));
    ofPoint.set(variable, trail);
    // Others know what a variable holds, and not the variable.
    const isOfObject = effects.some(({ resource }) => resource.kind === 'field');
    const isRun = ({ node, code }: Pick<Loose, 'code'> & { readonly node: ts.Node }): boolean =>
      this.effectsOf(node, code).some((one) => effects.some((own) => meets(own, one)));
    return {
      isKnown:
        (isOfObject && trail.kept !== undefined) ||
        trail.keptCode.some((code) => isRun({ node: code, code })) ||
        stillUnderWay(trail, holders).some((one) => !one.isHanded && isRun(one)),
      escaped: isOfObject ? trail.escaped : trail.escapedCode.find(isRun)?.node,
    };
  }

  private effectsOf(node: ts.Node, code: FunctionNode | undefined): readonly FoundEffect[] {
    const { summaries } = this.tools;
    return [
      ...(code === undefined ? [] : summaries.of(code).effects.values()),
      ...summaries.ofCode(node).effects.values(),
    ];
  }

  /** Whether code that runs beside it has to do with what is read and written: one of the two writes. */
  private touches({ node, code }: Loose, owner: string, effects: readonly FoundEffect[]): boolean {
    const theirs = this.effectsOf(node, code);
    return theirs.some((one) => {
      const theirOwner = classOwner(one);
      if (theirOwner !== undefined && theirOwner !== owner) return false;
      return effects.some(
        (other) =>
          one.resource.kind === 'field' &&
          other.resource.kind === 'field' &&
          (one.resource.name === other.resource.name || one.resource.name === '*') &&
          (one.access === 'write' || other.access === 'write'),
      );
    });
  }

  /** The classes of a name that effects are told by, which extend no other one of the project. */
  private classesOf(owner: string): readonly ts.ClassLikeDeclaration[] {
    this.classes ??= this.index();
    return this.classes.get(owner) ?? [];
  }

  private index(): ReadonlyMap<string, readonly ts.ClassLikeDeclaration[]> {
    const index = new Map<string, ts.ClassLikeDeclaration[]>();
    const { whole } = this.tools.symbols;
    const visit = (node: ts.Node): void => {
      if (ts.isClassLike(node) && node.name !== undefined) {
        const known = index.get(node.name.text);
        if (known === undefined) index.set(node.name.text, [node]);
        else known.push(node);
      }
      ts.forEachChild(node, visit);
    };
    for (const source of whole.program.getSourceFiles())
      if (whole.isOwn(source) && /\bclass\b/.test(source.text)) visit(source);
    return index;
  }
}

/**
 * Whether what is done to a variable, or to what it holds, may be undone or seen by code that knows it: that may call the object by another name,
 * or `this`.
 */
function meets(own: FoundEffect, other: FoundEffect): boolean {
  const [a, b] = [own.resource, other.resource];
  if (own.access === 'read' && other.access === 'read') return false;
  if (keyOf(a) === keyOf(b)) return a.kind === 'field' || other.access === 'write';
  const isOfOthers = b.kind === 'field' && /^(only )?variable /.test(b.owner);
  return a.kind === 'field' && b.kind === 'field' && a.name === b.name && !isOfOthers;
}

/** Some functions, and those that make what these are given by calls. */
function givingTo(whole: Trail, functions: ReadonlySet<FunctionNode>): ReadonlySet<FunctionNode> {
  const found = new Set(functions);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const [fn, callers] of whole.callers) if ([...callers].some((one) => found.has(one))) found.add(fn);
  }
  return found;
}

/** What nobody has waited for before the places are come to. */
const stillUnderWay = ({ loose }: Trail, holders: readonly Holder[]): readonly Loose[] =>
  loose.filter(
    ({ until, tried }) =>
      until === undefined ||
      holders.some(
        ({ fn, point }) =>
          isInside(point, until) ||
          (tried !== undefined && isInside(tried, fn) && !isInside(point, tried.tryBlock)),
      ),
  );

/** Whether a name is a parameter, or a part of one. */
function isOfParameter(name: ts.Declaration): boolean {
  let at: ts.Node = name;
  while (ts.isBindingElement(at) || ts.isBindingName(at)) at = at.parent;
  return ts.isParameter(at);
}

/** Whether who calls a function is done with it before anything else goes on with what it is given, today and when it waits. */
function isInTurn(call: ts.CallExpression, fn: FunctionNode): boolean {
  if (isAsync(fn)) return isWaitedInPlace(call);
  const { parent } = outermost(call);
  return !ts.isArrayLiteralExpression(parent) && !ts.isPropertyAccessExpression(parent);
}
