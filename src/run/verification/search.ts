/** What to search, and how. */
export interface SearchRequest<T> {
  /** In an order in which each builds on those before it only. */
  readonly items: readonly T[];
  /** Whether the command passes with these, which are in the order of `items`, and no others. What it throws ends the search. */
  readonly test: (items: readonly T[]) => Promise<boolean>;
  /** How many tests there may be: at least two, without any of `items` and with all. */
  readonly most: number;
  /** Told before each test: the how manieth it is, and among how many `items` one to blame is looked for. */
  readonly onTest?: (test: number, suspects: number) => void;
}

/** One to blame: with those of `failedWith` the command fails, and without it it passes. */
export interface Blamed<T> {
  readonly item: T;
  /** Those with which it was first seen to fail, itself among them. */
  readonly failedWith: readonly T[];
  /** The others that have to be there too, none where it fails alone; undefined where there was no test left to find out. */
  readonly together: readonly T[] | undefined;
}

/** How a search ended. */
export type SearchResult<T> = { readonly tests: number } & (
  | { readonly kind: 'fails-without' }
  /** The same set, `items`, passed once and failed once: nothing can be told. */
  | { readonly kind: 'unsteady'; readonly items: readonly T[] }
  | {
      readonly kind: 'found';
      /** They pass: they were tested together, and no others with them. */
      readonly kept: readonly T[];
      readonly blamed: readonly Blamed<T>[];
      /** What there was no test left for; not in `kept`. */
      readonly untested: readonly T[];
    }
);

/** Tests each set once. Sets are told apart by the places of their items. */
class Tests<T> {
  private readonly request: SearchRequest<T>;
  private readonly results = new Map<string, boolean>();
  private readonly placeOf: ReadonlyMap<T, number>;
  count = 0;
  suspects: number;

  constructor(request: SearchRequest<T>) {
    this.request = request;
    this.placeOf = new Map(request.items.map((item, place) => [item, place]));
    this.suspects = request.items.length;
  }

  get left(): number {
    return this.request.most - this.count;
  }

  /** What a test of `items` gave, or gives now. */
  async passes(items: readonly T[]): Promise<boolean> {
    const key = items.map((item) => this.placeOf.get(item)).join();
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const result = await this.again(items);
    this.results.set(key, result);
    return result;
  }

  /** What a test of `items` gives now, whatever one gave before. */
  async again(items: readonly T[]): Promise<boolean> {
    this.count++;
    this.request.onTest?.(this.count, this.suspects);
    return this.request.test(items);
  }

  /** Whether `passes` can answer. */
  canTell(items: readonly T[]): boolean {
    const key = items.map((item) => this.placeOf.get(item)).join();
    return this.left > 0 || this.results.has(key);
  }
}

/**
 * The one of `items` whose addition to those before it makes the command fail, as its place. With the first `low` it passes, with all it fails.
 * Where only `reserve` tests are left, the range in which it lies.
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
      // The last test tells whether all others can stay.
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

/** What has to be there too for the one to blame to fail; undefined where there was no test left to find out. */
async function togetherWith<T>(
  tests: Tests<T>,
  items: readonly T[],
  { item, failedWith }: Omit<Blamed<T>, 'together'>,
): Promise<readonly T[] | undefined | 'unsteady'> {
  const needed = new Set([item]);
  const ordered = (set: ReadonlySet<T>): readonly T[] => items.filter((one) => set.has(one));
  let pool = failedWith.filter((one) => one !== item);
  for (let isFirst = true; ; isFirst = false) {
    const alone = ordered(needed);
    if (pool.length === 0) break;
    if (!tests.canTell(alone)) return undefined;
    tests.suspects = alone.length;
    if (!(await tests.passes(alone))) break;
    // Either others have to be there too, or the command gives now this and now that.
    if (isFirst) {
      if (tests.left === 0) return undefined;
      if (await tests.again(failedWith)) return 'unsteady';
    }
    const among = pool;
    const setOf = (count: number): readonly T[] => ordered(new Set([...needed, ...among.slice(0, count)]));
    const [low, high] = await narrowed(tests, setOf, 0, pool.length, 0);
    const partner = pool[high - 1];
    if (high - low > 1 || partner === undefined) return undefined;
    needed.add(partner);
    pool = pool.slice(0, high - 1);
  }
  return ordered(needed).filter((one) => one !== item);
}

/**
 * Finds which of `items` are to blame where a command fails with all of them: the fewest to take out so that it passes, as far as sets that
 * contain a failing one fail too. What is kept was always tested just so. With what is left of the tests each to blame is asked
 * whether it fails alone, or which others have to be there too; that is also how a command shows that gives now this and now that.
 */
export async function findCulprits<T>(request: SearchRequest<T>): Promise<SearchResult<T>> {
  const { items } = request;
  const tests = new Tests(request);
  if (!(await tests.passes([]))) return { kind: 'fails-without', tests: tests.count };
  const all = { kind: 'found', kept: items, blamed: [], untested: [] } as const;
  if (await tests.passes(items)) return { ...all, tests: tests.count };
  const { kept, blamed, untested } = await takeOut(tests, items);
  const explained: Blamed<T>[] = [];
  for (const one of blamed) {
    const together = await togetherWith(tests, items, one);
    if (together === 'unsteady') return { kind: 'unsteady', items: one.failedWith, tests: tests.count };
    explained.push({ ...one, together });
  }
  // Everything fails: more likely is that the command does by now.
  if (kept.length === 0 && tests.left > 0 && !(await tests.again([])))
    return { kind: 'unsteady', items: [], tests: tests.count };
  return { kind: 'found', kept, blamed: explained, untested, tests: tests.count };
}
