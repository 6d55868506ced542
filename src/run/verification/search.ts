/** What a test tells. */
export interface TestResult {
  readonly passed: boolean;
  /** Whether the command ran for it; false where the same was run before under another name. */
  readonly isRun: boolean;
}

/** What to search, and how. */
export interface SearchRequest<T> {
  /** In an order in which each builds on those before it only. */
  readonly items: readonly T[];
  /** Those that have to be there so that an item is: it is not tested without them. None unless told. */
  readonly builtOn?: (item: T) => readonly T[];
  /**
   * Runs the command with `items`, which are in the order of all, and no others. What it throws ends the search.
   * @param suspects among how many one to blame is looked for.
   * @param isAgain whether what was told of these before does not count.
   */
  readonly test: (items: readonly T[], suspects: number, isAgain: boolean) => Promise<TestResult>;
  /** How many runs there may be: at least two, without any of `items` and with all. */
  readonly most: number;
}

/** One to blame: with those of `failedWith` the command fails, and without it it passes. */
export interface Blamed<T> {
  readonly item: T;
  /** Those with which it was first seen to fail, itself among them. */
  readonly failedWith: readonly T[];
  /** The others that have to be there too, beside those that it is built on; none where it fails alone; undefined where there was no run left to find out. */
  readonly together: readonly T[] | undefined;
}

/** How a search ended. */
export type SearchResult<T> = { readonly runs: number } & (
  | { readonly kind: 'fails-without' }
  /** The same set, `items`, passed once and failed once: nothing can be told. */
  | { readonly kind: 'unsteady'; readonly items: readonly T[] }
  | {
      readonly kind: 'found';
      /** They pass: they were tested together, and no others with them. */
      readonly kept: readonly T[];
      readonly blamed: readonly Blamed<T>[];
      /** What there was no run left for; not in `kept`. */
      readonly untested: readonly T[];
    }
);

/** Tests each set once. Sets are told apart by the places of their items. */
class Tests<T> {
  private readonly request: SearchRequest<T>;
  private readonly results = new Map<string, boolean>();
  private readonly placeOf: ReadonlyMap<T, number>;
  runs = 0;
  suspects: number;

  constructor(request: SearchRequest<T>) {
    this.request = request;
    this.placeOf = new Map(request.items.map((item, place) => [item, place]));
    this.suspects = request.items.length;
  }

  get left(): number {
    return this.request.most - this.runs;
  }

  /** What a test of `items` gave, or gives now. */
  async passes(items: readonly T[]): Promise<boolean> {
    const key = items.map((item) => this.placeOf.get(item)).join();
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const result = await this.run(items, false);
    this.results.set(key, result);
    return result;
  }

  /** What a test of `items` gives now, whatever one gave before. */
  passesAgain(items: readonly T[]): Promise<boolean> {
    return this.run(items, true);
  }

  private async run(items: readonly T[], isAgain: boolean): Promise<boolean> {
    const { passed, isRun } = await this.request.test(items, this.suspects, isAgain);
    if (isRun) this.runs++;
    return passed;
  }

  /** Whether `passes` can answer. */
  canTell(items: readonly T[]): boolean {
    const key = items.map((item) => this.placeOf.get(item)).join();
    return this.left > 0 || this.results.has(key);
  }
}

/**
 * The one of `items` whose addition to those before it makes the command fail, as its place. With the first `low` it passes, with all it fails.
 * Where only `reserve` runs are left, the range in which it lies.
 */
async function narrowed<T>(
  tests: Tests<T>,
  setOf: (count: number) => readonly T[],
  low: number,
  high: number,
  reserve: number,
): Promise<readonly [low: number, high: number]> {
  while (high - low > 1) {
    tests.suspects = high - low;
    const middle = (low + high) >> 1;
    if (tests.left <= reserve) break;
    if (await tests.passes(setOf(middle))) low = middle;
    else high = middle;
  }
  tests.suspects = high - low;
  return [low, high];
}

interface Kept<T> {
  readonly kept: readonly T[];
  readonly blamed: readonly Omit<Blamed<T>, 'together'>[];
  readonly untested: readonly T[];
}

/**
 * Takes out one to blame after the other until the others pass. With all of `items` the command fails, with none it passes.
 *
 * The first to blame is that whose addition to those before it makes the command fail: halving finds it. The next one can only stand behind
 * it, so that several that are independent of each other cost little more than a logarithm each.
 */
async function takeOut<T>(tests: Tests<T>, items: readonly T[]): Promise<Kept<T>> {
  const blamed: Omit<Blamed<T>, 'together'>[] = [];
  let rest = items;
  // The first `passing` of `rest` pass together.
  let passing = 0;
  for (;;) {
    const current = rest;
    const [low, high] = await narrowed(tests, (count) => current.slice(0, count), passing, rest.length, 1);
    if (high - low > 1) {
      // The last run tells whether all others can stay.
      const others = [...rest.slice(0, low), ...rest.slice(high)];
      if (tests.canTell(others) && (await tests.passes(others)))
        return { kept: others, blamed, untested: rest.slice(low, high) };
      return { kept: rest.slice(0, low), blamed, untested: rest.slice(low) };
    }
    const item = rest[high - 1];
    if (item === undefined) throw new RangeError('There is nothing to blame.');
    blamed.push({ item, failedWith: rest.slice(0, high) });
    rest = rest.filter((one) => one !== item);
    passing = low;
    tests.suspects = rest.length - passing;
    // The first `passing` were tested: where that is all, nothing is left to be asked.
    if (passing === rest.length) return { kept: rest, blamed, untested: [] };
    if (!tests.canTell(rest)) return { kept: rest.slice(0, passing), blamed, untested: rest.slice(passing) };
    if (await tests.passes(rest)) return { kept: rest, blamed, untested: [] };
  }
}

/** What has to be there too for the one to blame to fail; undefined where there was no run left to find out. */
async function togetherWith<T>(
  tests: Tests<T>,
  { items, builtOn }: SearchRequest<T>,
  { item, failedWith }: Omit<Blamed<T>, 'together'>,
): Promise<readonly T[] | undefined | 'unsteady'> {
  const base = new Set([item, ...(builtOn?.(item) ?? [])].filter((one) => failedWith.includes(one)));
  const needed = new Set(base);
  const ordered = (set: ReadonlySet<T>): readonly T[] => items.filter((one) => set.has(one));
  let pool = failedWith.filter((one) => !base.has(one));
  for (let isFirst = true; ; isFirst = false) {
    const alone = ordered(needed);
    if (pool.length === 0) break;
    if (!tests.canTell(alone)) return undefined;
    tests.suspects = alone.length;
    if (!(await tests.passes(alone))) break;
    // Either others have to be there too, or the command gives now this and now that.
    if (isFirst) {
      if (tests.left === 0) return undefined;
      if (await tests.passesAgain(failedWith)) return 'unsteady';
    }
    const among = pool;
    const setOf = (count: number): readonly T[] => ordered(new Set([...needed, ...among.slice(0, count)]));
    const [low, high] = await narrowed(tests, setOf, 0, pool.length, 0);
    const partner = pool[high - 1];
    if (high - low > 1 || partner === undefined) return undefined;
    needed.add(partner);
    pool = pool.slice(0, high - 1);
  }
  return ordered(needed).filter((one) => !base.has(one));
}

/**
 * Finds which of `items` are to blame where a command fails with all of them: the fewest to take out so that it passes, as far as sets that
 * contain a failing one fail too. What is kept was always tested just so. With what is left of the runs each to blame is asked
 * whether it fails alone, or which others have to be there too; that is also how a command shows that it gives now this and now that.
 */
export async function findCulprits<T>(request: SearchRequest<T>): Promise<SearchResult<T>> {
  const { items } = request;
  const tests = new Tests(request);
  if (!(await tests.passes([]))) return { kind: 'fails-without', runs: tests.runs };
  const all = { kind: 'found', kept: items, blamed: [], untested: [] } as const;
  if (await tests.passes(items)) return { ...all, runs: tests.runs };
  const { kept, blamed, untested } = await takeOut(tests, items);
  const explained: Blamed<T>[] = [];
  for (const one of blamed) {
    const together = await togetherWith(tests, request, one);
    if (together === 'unsteady') return { kind: 'unsteady', items: one.failedWith, runs: tests.runs };
    explained.push({ ...one, together });
  }
  // Everything fails: more likely is that the command does by now.
  if (kept.length === 0 && tests.left > 0 && !(await tests.passesAgain([])))
    return { kind: 'unsteady', items: [], runs: tests.runs };
  return { kind: 'found', kept, blamed: explained, untested, runs: tests.runs };
}
