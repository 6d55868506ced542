import { compileProgram, type Compiled, type Observation, type Outcome, type Way } from './sandbox.ts';

/** A run in which the rewritten program did something else. */
export interface Difference {
  /** What differs. */
  readonly about:
    | 'compilation'
    | 'result'
    | 'promise'
    | 'log'
    | 'order of the log'
    | 'what is seen after the end'
    | 'calls under way at the end'
    | 'files'
    | 'unhandled rejection'
    | 'two runs at once'
    | 'types'
    | 'promises that nobody waits for';
  readonly input: string;
  readonly before: string;
  readonly after: string;
}

/** What the entry is called with, each time in a program of its own. */
const INPUTS = ['a.txt', 'missing.txt'] as const;
/** What it is called with at once. */
const PAIRS = [
  ['a.txt', 'b.txt'],
  ['a.txt', 'a.txt'],
] as const;
/** Ways in which the calls of two runs may come to their ends. */
const SEEDS = 2;
/** In how many ways the program as it was is run, to see what it may do. */
const MORE_SEEDS = 12;

const told = ({ ended, log }: Outcome): string => `${ended}\n  ${log.join('\n  ')}`;

/** The lines of an outcome without their order. */
const sorted = (outcome: string): string => outcome.split('\n').toSorted().join('\n');

const allOf = (one: Outcome): string => [one.ended, ...one.log, ...one.late].join('\n');

const emptyOutcome: Outcome = { ended: 'nothing', log: [], late: [], underWay: 0 };

/** Whether a program begins several things together: in which order they end, and what goes on when one fails, is left open. */
const beginsTogether = (texts: ReadonlyMap<string, string>): boolean =>
  [...texts.values()].some((text) => text.includes('Promise.all('));

/** What is left of an outcome where such things are open. */
const loosely = ({ ended, log, late }: Outcome): Outcome => ({
  ended,
  log: [...log, ...late].toSorted(),
  late: [],
  underWay: 0,
});

function differenceInOne(input: string, before: Observation, after: Observation): Difference | undefined {
  const [was = emptyOutcome, is = emptyOutcome] = [before.outcomes[0], after.outcomes[0]];
  const differ = (about: Difference['about'], one: unknown, other: unknown): Difference => ({
    about,
    input,
    before: String(one),
    after: String(other),
  });
  if (/A PROMISE/.test(allOf(is)) && !/A PROMISE/.test(allOf(was)))
    return differ('promise', told(was), told(is));
  const lost = after.unhandled.filter((one) => !before.unhandled.includes(one));
  if (lost.length > 0) return differ('unhandled rejection', before.unhandled, lost);
  if (was.ended !== is.ended) return differ('result', told(was), told(is));
  if (was.log.join('\n') !== is.log.join('\n')) {
    const isReordered = was.log.toSorted().join('\n') === is.log.toSorted().join('\n');
    return differ(isReordered ? 'order of the log' : 'log', told(was), told(is));
  }
  if (was.late.toSorted().join('\n') !== is.late.toSorted().join('\n'))
    return differ('what is seen after the end', was.late.join(), is.late.join());
  if (is.underWay > 0 && was.underWay === 0)
    return differ('calls under way at the end', was.underWay, is.underWay);
  if (before.files !== after.files) return differ('files', before.files, after.files);
  return undefined;
}

/**
 * Runs a program before and after a rewrite, and tells the first difference. `level` is that of the rewrite: what is `safe` must also
 * keep two runs at once apart from each other, as they were when each ran to its end before another began.
 */
export async function differenceOf(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  level: 'safe' | 'review',
  seed = 1,
): Promise<Difference | undefined> {
  const isLoose = beginsTogether(before);
  const original = runnerOf(before, isLoose);
  let rewritten;
  try {
    rewritten = runnerOf(after, isLoose);
  } catch (error) {
    return { about: 'compilation', input: '', before: 'compiles', after: String(error) };
  }
  for (const [at, input] of INPUTS.entries()) {
    const way: Way = { inputs: [input], seed: seed + at };
    const found = differenceInOne(input, await original.run(way), await rewritten.run(way));
    if (found !== undefined) return found;
  }
  if (level === 'review') return undefined;
  for (const inputs of PAIRS) {
    const found = await differenceInTwo(inputs, original, rewritten, seed);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A program, with what is seen of it as far as that is not open. */
function runnerOf(texts: ReadonlyMap<string, string>, isLoose: boolean): Compiled {
  const program = compileProgram(texts);
  if (!isLoose) return program;
  return {
    run: async (way) => {
      const seen = await program.run(way);
      return { ...seen, outcomes: seen.outcomes.map(loosely) };
    },
  };
}

/** Whether two runs at once did something together that they never did before, whichever of them came first. */
async function differenceInTwo(
  inputs: readonly [string, string],
  original: Compiled,
  rewritten: Compiled,
  seed: number,
): Promise<Difference | undefined> {
  const known = new Set<string>();
  const swapped = [inputs[1], inputs[0]] as const;
  const allow = async (way: Omit<Way, 'inputs'>): Promise<void> => {
    for (const order of [inputs, swapped]) {
      const { outcomes } = await original.run({ ...way, inputs: order });
      known.add(toldBoth(order === inputs ? outcomes : outcomes.toReversed()));
      if (inputs[0] === inputs[1]) known.add(toldBoth(outcomes));
    }
  };
  await allow({ seed });
  let isSampled = false;
  for (let at = 0; at < SEEDS; at++) {
    const { outcomes } = await rewritten.run({ inputs, isTogether: true, seed: seed + at });
    const after = toldBoth(outcomes);
    if (known.has(after)) continue;
    // What waited before may already have come out in several ways.
    if (!isSampled)
      for (let more = 0; more < MORE_SEEDS; more++)
        await allow({ isTogether: true, isPausing: true, seed: seed + more });
    isSampled = true;
    if (known.has(after)) continue;
    const isReordered = [...known].some((other) => sorted(other) === sorted(after));
    return {
      about: isReordered ? 'order of the log' : 'two runs at once',
      input: inputs.join(' and '),
      before: [...known].join('\nor '),
      after,
    };
  }
  return undefined;
}

const toldBoth = (outcomes: readonly Outcome[]): string => outcomes.map(told).join('\nand ');
