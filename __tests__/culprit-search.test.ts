import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCulprits, type SearchResult } from '../src/run/verification/search.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

/** A command that fails where all of one of `bad` are there. */
const failing =
  (bad: readonly (readonly number[])[]) =>
  (items: readonly number[]): boolean =>
    !bad.some((set) => set.every((one) => items.includes(one)));

/** Searches among `count` items, and tells the sets that were tested. */
async function search(
  count: number,
  passes: (items: readonly number[]) => boolean,
  most = 10_000,
  builtOn: (item: number) => readonly number[] = () => [],
) {
  const tested: { readonly set: readonly number[]; readonly passed: boolean }[] = [];
  const result = await findCulprits({
    items: upTo(count),
    most,
    builtOn,
    test: (set) => {
      const passed = passes(set);
      tested.push({ set, passed });
      return Promise.resolve({ passed, isRun: true });
    },
  });
  return { result, tested };
}

function found(result: SearchResult<number>) {
  if (result.kind !== 'found') throw new Error(`The search ended with ${result.kind}.`);
  return result;
}

const withSome = fc.integer({ min: 1, max: 80 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    bad: fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { maxLength: Math.min(8, count) }),
  }),
);

describe('what is to blame', () => {
  it('is found whatever it is, and each alone', async () => {
    await fc.assert(
      fc.asyncProperty(withSome, async ({ count, bad }) => {
        const { result } = await search(count, failing(bad.map((one) => [one])));
        const { blamed, kept, untested } = found(result);
        expect(sorted(blamed.map(({ item }) => item))).toEqual(sorted(bad));
        expect(blamed.every(({ together }) => together?.length === 0)).toBe(true);
        expect(kept).toEqual(upTo(count).filter((one) => !bad.includes(one)));
        expect(untested).toEqual([]);
      }),
    );
  });

  it('takes a logarithm of tests each: three of sixty are found in 23, and are known to fail alone after 26', async () => {
    const three = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(three, async (bad) => {
        const { result, tested } = await search(60, failing(bad.map((one) => [one])));
        expect(found(result).blamed).toHaveLength(3);
        expect(tested.length).toBeLessThanOrEqual(26);
        const { result: bounded } = await search(60, failing(bad.map((one) => [one])), 23);
        expect(sorted(found(bounded).blamed.map(({ item }) => item))).toEqual(sorted(bad));
        expect(found(bounded).kept).toHaveLength(57);
      }),
      { numRuns: 500 },
    );
  });

  it('is told with the others that have to be there too', async () => {
    const sets = fc.integer({ min: 4, max: 60 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        bad: fc.array(
          fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 3 }),
          { minLength: 1, maxLength: 4 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(sets, async ({ count, bad }) => {
        const passes = failing(bad);
        const { result } = await search(count, passes);
        const { blamed, kept } = found(result);
        expect(passes(kept)).toBe(true);
        for (const { item, together = [] } of blamed) {
          const smallest = sorted([item, ...together]);
          expect(passes(smallest)).toBe(false);
          for (const one of smallest) expect(passes(smallest.filter((other) => other !== one))).toBe(true);
          // None is taken out for nothing.
          expect(passes(sorted([...kept, item]))).toBe(false);
        }
      }),
    );
  });
});

describe('what is built on others', () => {
  it('is not tested without them, and they are not to blame', async () => {
    // The last of them is not there without the first, and what is not there does no harm.
    const { result, tested } = await search(10, failing([[0, 9]]), 100, (item) => (item === 9 ? [0] : []));
    expect(found(result).blamed).toMatchObject([{ item: 9, together: [] }]);
    expect(tested.every(({ set }) => !set.includes(9) || set.includes(0))).toBe(true);
  });
});

describe('a bound', () => {
  it('is never passed, no set is tested twice, and what is kept was tested just so', async () => {
    await fc.assert(
      fc.asyncProperty(withSome, fc.integer({ min: 2, max: 40 }), async ({ count, bad }, most) => {
        const { result, tested } = await search(count, failing(bad.map((one) => [one])), most);
        expect(tested.length).toBeLessThanOrEqual(most);
        expect(result.runs).toBe(tested.length);
        const { kept, blamed, untested } = found(result);
        const keptTest = tested.find(({ set }) => set.join() === kept.join());
        expect(keptTest?.passed).toBe(true);
        expect(sorted([...kept, ...untested, ...blamed.map(({ item }) => item)])).toEqual(upTo(count));
        expect(blamed.every(({ item }) => bad.includes(item))).toBe(true);
        const sets = tested.map(({ set }) => set.join()).filter((set) => set !== '');
        expect(new Set(sets).size).toBe(sets.length);
      }),
    );
  });

  it('leaves out only those among which one to blame must be, where the others pass without them', async () => {
    const { result } = await search(64, failing([[5]]), 6);
    expect(found(result)).toMatchObject({ blamed: [], untested: upTo(8) });
    expect(found(result).kept).toHaveLength(56);
  });
});

describe('a command that cannot tell', () => {
  it('fails without any of them', async () => {
    const { result } = await search(9, () => false);
    expect(result).toEqual({ kind: 'fails-without', runs: 1 });
  });

  it('fails once and passes then with the same', async () => {
    let hasFailed = false;
    const { result } = await search(9, (items) => {
      if (items.length < 9 || hasFailed) return true;
      hasFailed = true;
      return false;
    });
    expect(result).toMatchObject({ kind: 'unsteady', items: upTo(9) });
  });

  it('passes first, and fails from then on without any of them too', async () => {
    let runs = 0;
    const { result } = await search(2, () => ++runs === 1);
    expect(result).toMatchObject({ kind: 'unsteady', items: [] });
  });
});
