import type { ts } from 'ts-morph';
import type { Span } from '../../edits/edit.ts';
import { assumed, type Evidence } from '../../evidence.ts';
import { keyOf, type FoundEffect } from '../effects/summary.ts';
import { isInside, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { AfterNext } from './after-next.ts';
import type { Surroundings } from './around.ts';
import { BuiltInObjects } from './built-in-objects.ts';
import { CarriedObjects } from './carried-objects.ts';
import { ChainsMeanwhile } from './chains-meanwhile.ts';
import { FilesMeanwhile } from './files-meanwhile.ts';
import { LibrariesMeanwhile } from './libraries-meanwhile.ts';
import { LibraryState } from './library-state.ts';
import { MemoryMeanwhile } from './memory-meanwhile.ts';
import type { Leaf } from './cone.ts';
import { OwnObjects } from './own-objects.ts';
import { OwnTurns } from './own-turns.ts';
import { PartsOf, type Asked, type Parts, type PartsTools } from './parts.ts';
import { FilePaths } from './paths.ts';
import { Pauses } from './pauses.ts';
import type { IsPromise } from './promises.ts';
import { Reached } from './reached.ts';
import { RequestChains } from './request-chains.ts';
import type { Roles } from './roles.ts';
import { fileNameOf } from './sites.ts';
import { TableCalls } from './table-calls.ts';
import { TimersMeanwhile } from './timers-meanwhile.ts';
import { UnderWay } from './under-way.ts';
import type { Uses } from './uses.ts';

/** Tells what other turns may see or change while a function waits that did not wait before. */
export class Interleaving {
  private readonly pauses: Pauses;
  private readonly parts: PartsOf;
  private readonly likelyParts: PartsOf;
  private readonly memory: MemoryMeanwhile;
  private readonly libraries: LibrariesMeanwhile;
  private readonly chains: ChainsMeanwhile;
  private readonly afterNext: AfterNext;
  private readonly carried: CarriedObjects;
  private readonly files: FilesMeanwhile;
  private readonly underWay: UnderWay;
  private readonly timers: TimersMeanwhile;

  /** `isPromise` tells whether an expression gives a promise. */
  constructor(
    tools: Omit<PartsTools, 'state'> & { readonly around: Surroundings },
    symbols: Symbols,
    roles: Roles,
    uses: Uses,
    isPromise: (node: ts.Expression) => IsPromise,
  ) {
    const calls = new Reached(tools.callees);
    const turns = new OwnTurns(symbols, tools.callees);
    const state = new LibraryState(symbols, tools.callees, tools.libraries, calls, {
      turns,
      builtIn: new BuiltInObjects(symbols, tools.callees, tools.libraries, turns),
    });
    this.pauses = new Pauses(tools.callees, tools.libraries, isPromise);
    this.parts = new PartsOf({ ...tools, state }, this.pauses);
    const likely = new Pauses(tools.callees, tools.libraries, isPromise, { likely: true });
    this.likelyParts = new PartsOf({ ...tools, state }, likely);
    const chains = new RequestChains(symbols, tools.callees, roles);
    this.chains = new ChainsMeanwhile(chains, this.parts, state);
    this.afterNext = new AfterNext(symbols, chains, tools.around);
    this.libraries = new LibrariesMeanwhile(state);
    this.carried = new CarriedObjects(symbols, calls, (path) => tools.around.kindOf(path) === 'test');
    this.memory = new MemoryMeanwhile(symbols, tools.callees, tools.libraries, calls, {
      turns,
      objects: new OwnObjects({
        ...tools,
        symbols,
        roles,
        usesOf: (fn) => uses.of(fn),
        placesOf: (name) =>
          uses
            .at({ name, within: undefined })
            .filter((one) => tools.around.kindOf(one.getSourceFile().fileName) !== 'test'),
        givesPromise: (node) => isPromise(node) === 'yes',
        partsOf: (fn, point) => this.parts.of(fn, point),
      }),
      tables: new TableCalls(symbols, tools.callees, tools.libraries, calls),
      isTest: (path) => tools.around.kindOf(path) === 'test',
    });
    this.files = new FilesMeanwhile(symbols, new FilePaths(symbols, tools.callees, calls));
    this.timers = new TimersMeanwhile(symbols);
    this.underWay = new UnderWay(symbols, tools.callees, isPromise);
  }

  /** What stands against letting other turns run where `fn` comes to `point`, and what is taken for granted. */
  *whyNobodyInterferes(
    fn: FunctionNode,
    point: ts.Expression,
    { isIdle = false, without }: Leaf = {},
  ): Generator<Evidence> {
    const whole = this.parts.of(fn, point);
    const found = without === undefined ? whole : withoutCode(whole, point.getSourceFile(), without);
    const parts = isIdle ? { ...found, at: [], atBefore: [], atAfter: [] } : found;
    const asked = this.asked(fn, point);
    yield* this.memory.between(fn, point, parts, asked);
    yield* this.libraries.between(parts);
    yield* this.chains.between(fn, point, parts);
    yield* this.afterNext.between(fn, parts);
    yield* this.carried.between(parts);
    yield* this.files.between(fn, parts, asked);
    yield* this.underWay.between(fn, point, parts, asked);
    yield* this.timers.between(fn, parts, asked);
  }

  /**
   * What is taken for granted at an `await` of today that only waited for what was there already: other turns come between for the first
   * time. Who waits there has to expect them, but may not have met them.
   */
  *whatComesBetween(fn: FunctionNode, point: ts.Expression): Generator<Evidence> {
    const parts = { ...this.parts.of(fn, point), at: [] };
    const asked = this.asked(fn, point);
    for (const { verdict, claim, seenAt } of [
      ...this.memory.between(fn, point, parts, asked),
      ...this.libraries.between(parts),
      ...this.files.between(fn, parts, asked),
    ])
      if (verdict === 'fails')
        yield assumed(
          `It does not matter that other turns come between at an \`await\` where none did before: ${claim.replace(/^While it waits other turns run: /, '')}`,
          seenAt,
        );
  }

  private asked(fn: FunctionNode, point: ts.Expression): Asked {
    const seen = new Set<string>();
    let likely: Parts | undefined;
    const parts = (): Parts => (likely ??= this.likelyParts.of(fn, point));
    let touched: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> } | undefined;
    const find = (): NonNullable<typeof touched> => {
      const { before, after, at, atBefore, atAfter } = parts();
      return {
        before: new Set([...before, ...atBefore, ...at].map(placeOfEffect)),
        after: new Set([...after, ...atAfter, ...at].map(placeOfEffect)),
      };
    };
    return {
      isRecent: (node) =>
        // What a function is given is there from its beginning.
        fn.parameters.some((one) => isInside(node, one))
          ? !parts().isPausedBefore
          : parts().recent.some((one) => isInside(node, one)),
      once: (key) => !seen.has(key) && seen.add(key).size > 0,
      isParted: (one, other) => {
        touched ??= find();
        return !touched.before.has(placeOfEffect(one)) || !touched.after.has(placeOfEffect(other));
      },
    };
  }

  /** Whether no other turn comes between today where a function is waited for. */
  isNoPause(fn: FunctionNode): boolean {
    return this.pauses.isNever(fn);
  }
}

const placeOfEffect = ({ access, resource, node }: FoundEffect): string =>
  `${access} ${keyOf(resource)} ${fileNameOf(node)}:${String(node.pos)}`;

/** What is left of what lies around a place where some code before it is gone. */
function withoutCode(parts: Parts, source: ts.SourceFile, [start, end]: Span): Parts {
  const isGone = ({ node }: FoundEffect): boolean =>
    node.getSourceFile() === source && node.getStart() >= start && node.end <= end;
  return { ...parts, before: parts.before.filter((one) => !isGone(one)) };
}
