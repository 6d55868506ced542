/** What one run of a command cost. */
export interface Cost {
  /** Seconds of the clock. */
  readonly wall: number;
  /** Seconds of the processor: of the command and all that it started, user and system. */
  readonly cpu: number;
  /** The most memory that all its processes held at one moment, in MiB; undefined where the system does not say. */
  readonly memory: number | undefined;
}

/** The value in the middle; of an even number the mean of both. NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** The medians of several runs, each of its own: the median of the memory need not be of the run with the median time. */
export function medianCost(costs: readonly Cost[]): Cost {
  const known = costs.flatMap(({ memory }) => (memory === undefined ? [] : [memory]));
  return {
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    memory: known.length === 0 ? undefined : median(known),
  };
}

/** What is left of `cost` without what only starting costs; never less than nothing. */
export const without = (cost: Cost, start: Cost): Cost => ({
  ...cost,
  wall: Math.max(0, cost.wall - start.wall),
  cpu: Math.max(0, cost.cpu - start.cpu),
});

/**
 * The part of some work that is not shared by `processors`, when it is done `speedup` times as fast by all of them as by one (Karp and
 * Flatt's reading of Amdahl's law); undefined for a single one. Above 1 where all are slower than one.
 */
export const serialPart = (speedup: number, processors: number): number | undefined =>
  processors < 2 ? undefined : Math.max(0, (1 / speedup - 1 / processors) / (1 - 1 / processors));
