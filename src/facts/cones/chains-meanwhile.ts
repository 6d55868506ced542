import { ts } from 'ts-morph';
import { assumed, type Evidence } from '../../evidence.ts';
import { nameOf } from '../effects/conflicts.ts';
import { keyOf, type FoundEffect } from '../effects/summary.ts';
import type { FunctionNode } from '../effects/symbols.ts';
import type { LibraryState } from './library-state.ts';
import { isLocal, lineOf, type Parts, type PartsOf } from './parts.ts';
import type { Registration, RequestChains } from './request-chains.ts';
import { fileNameOf, siteOf } from './sites.ts';

/** What one function of a request leaves for another one that comes after it: who leaves it, and who comes for it. */
interface Handover {
  readonly from: Registration;
  readonly to: Registration;
  readonly left: FoundEffect;
  readonly taken: FoundEffect;
}

/** Whether something is set outright, and not counted up or filled once. */
function isSet({ node, certainty }: FoundEffect): boolean {
  const { parent } = node;
  return (
    certainty === 'proved' &&
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** Whether one of several effects is the same. */
const has = (all: readonly FoundEffect[], { access, resource }: FoundEffect): boolean =>
  all.some((one) => one.access === access && keyOf(one.resource) === keyOf(resource));

/**
 * Tells what functions of one request hand over to each other by what all requests share. They run in one turn as long as none of them
 * waits; with the first wait another request comes between.
 */
export class ChainsMeanwhile {
  private readonly chains: RequestChains;
  private readonly parts: PartsOf;
  private readonly state: LibraryState;
  private found: readonly Handover[] | undefined;

  constructor(chains: RequestChains, parts: PartsOf, state: LibraryState) {
    this.chains = chains;
    this.parts = parts;
    this.state = state;
  }

  /** What is taken for granted where a function of a request begins to wait. */
  *between(fn: FunctionNode, point: ts.Expression, parts: Parts): Generator<Evidence> {
    const own = this.chains.all().filter((one) => one.fn === fn);
    if (own.length === 0) return;
    const seen = new Set<string>();
    for (const one of this.handovers()) {
      const key = `${one.left.access} ${keyOf(one.left.resource)}`;
      if (seen.has(key) || !own.some((registered) => this.isBetween(one, registered, point, parts))) continue;
      seen.add(key);
      yield this.evidenceOf(one);
    }
  }

  /** Whether the wait of a function comes between what is left and what is taken. */
  private isBetween(
    { from, to, left, taken }: Handover,
    own: Registration,
    point: ts.Expression,
    parts: Parts,
  ): boolean {
    // Where others come between today already, the wait changes nothing.
    if (own.fn === from.fn) return !parts.isPausedAfter && has([...parts.before, ...parts.atBefore], left);
    if (own.fn === to.fn)
      return (
        this.chains.isBehind(from, own) &&
        !parts.isPausedBefore &&
        has([...parts.after, ...parts.atAfter.filter(({ node }) => node !== point)], taken)
      );
    return (
      own.goesOn &&
      !parts.isPausedBefore &&
      !parts.isPausedAfter &&
      this.chains.isBehind(from, own) &&
      this.chains.isBehind(own, to)
    );
  }

  private evidenceOf({ left, taken }: Handover): Evidence {
    const kept = this.state.keptOf(left);
    const what =
      kept === undefined
        ? nameOf(left.resource)
        : kept.name !== undefined
          ? `what \`${kept.name}\` holds`
          : `what \`${kept.package}\` keeps`;
    const does = left.access === 'read' ? 'looks at' : 'sets';
    const then = left.access === 'read' ? 'changes' : 'uses';
    return assumed(
      `No other request changes ${what} between line ${String(lineOf(left.node))} of \`${fileNameOf(left.node)}\`, which ${does} it, and line ${String(lineOf(taken.node))} of \`${fileNameOf(taken.node)}\`, which ${then} it for the same request`,
      siteOf(taken.node),
    );
  }

  private handovers(): readonly Handover[] {
    this.found ??= this.index();
    return this.found;
  }

  private index(): readonly Handover[] {
    const all = this.chains.all();
    const found: Handover[] = [];
    for (const from of all) {
      if (!from.goesOn) continue;
      const leaves = this.parts.effectsOf(from.fn).filter((one) => this.isLeft(one, from.fn));
      if (leaves.length === 0) continue;
      for (const to of all) {
        if (!this.chains.isBehind(from, to)) continue;
        const takes = this.parts.effectsOf(to.fn);
        for (const left of leaves) {
          const taken = takes.find((one) => this.isTaken(one, left));
          if (taken !== undefined) found.push({ from, to, left, taken });
        }
      }
    }
    return found;
  }

  /** Whether an effect leaves something that all requests share: a variable that is set, a setting of a library, a file that was looked at. */
  private isLeft(effect: FoundEffect, fn: FunctionNode): boolean {
    const { access, resource } = effect;
    if (resource.kind === 'file') return access === 'read' && resource.name !== '*';
    if (access === 'read') return false;
    if (this.state.keptOf(effect) !== undefined) return true;
    if (resource.kind === 'variable') return !isLocal(resource, fn) && isSet(effect);
    return (
      resource.kind === 'field' &&
      resource.owner !== '*' &&
      /^[\w$#]+$/.test(resource.name) &&
      !isLocal(resource, fn) &&
      isSet(effect)
    );
  }

  private isTaken(effect: FoundEffect, left: FoundEffect): boolean {
    if (this.state.keptOf(left) !== undefined) return keyOf(effect.resource) === keyOf(left.resource);
    return (
      keyOf(effect.resource) === keyOf(left.resource) &&
      effect.access === (left.access === 'read' ? 'write' : 'read')
    );
  }
}
