import { resultOf, type CorpusFacts, type Measured, type Result } from './results.ts';
import { medianCost, without, type Cost } from './statistics.ts';

/** What was asked of hasten, and what came of it on one corpus. */
export interface BarRow {
  readonly asked: string;
  readonly corpus: string;
  /** The least or the most that the value may be. */
  readonly bound: string;
  /** What was measured, by the clock; or why nothing was. */
  readonly value: string;
  /** The same by the processor's time, which says more on a machine that has other things to do. */
  readonly byProcessor: string;
  /** Undefined where it was not measured. */
  readonly isMet: boolean | undefined;
}

/** How two entries are compared. */
interface Comparison {
  readonly asked: string;
  /** The entry above the line, and the one below. */
  readonly of: readonly [string, string];
  /** At most, or at least, so many times. */
  readonly bound: { readonly most: number } | { readonly least: number };
  /** Entries whose time without Node's own start-up counts. */
  readonly lessNode?: readonly string[];
  /** Only on these corpora; on all, where left out. */
  readonly on?: readonly string[];
}

const LARGER = ['150k', '1.5M'];

const COMPARISONS: readonly Comparison[] = [
  {
    asked: 'Nothing matches, without the start of Node, beside `grep -rlE`',
    of: ['hasten-nothing', 'grep'],
    bound: { most: 3 },
    lessNode: ['hasten-nothing'],
  },
  {
    asked: 'jscodeshift beside `console-to-logger` alone',
    of: ['jscodeshift', 'hasten-console'],
    bound: { least: 20 },
    on: LARGER,
  },
  {
    asked: '`console-to-logger` alone beside ast-grep with an equal rule',
    of: ['hasten-console', 'ast-grep-console'],
    bound: { most: 1 },
    on: LARGER,
  },
  {
    asked: 'All transforms by syntax alone beside `ast-grep scan` with a rule for each',
    of: ['hasten-syntax', 'ast-grep-all'],
    bound: { most: 1.5 },
  },
  {
    asked: 'ESLint with `no-await-in-loop` beside all transforms by syntax alone',
    of: ['eslint-await', 'hasten-syntax'],
    bound: { least: 8 },
  },
  {
    asked: 'All transforms with types and their check beside `tsc --noEmit`',
    of: ['hasten-types', 'tsc'],
    bound: { most: 1.5 },
  },
  ...(['by syntax alone', 'with types'] as const).flatMap((how): readonly Comparison[] => {
    const first = how === 'with types' ? 'hasten-types' : 'hasten-syntax';
    return [
      {
        asked: `A second run ${how} with nothing changed beside a run in which nothing matches, both without the start of Node`,
        of: [`${first}-unchanged`, 'hasten-nothing'],
        bound: { most: 1.5 },
        lessNode: [`${first}-unchanged`, 'hasten-nothing'],
      },
      {
        asked: `A second run ${how} with 1% of the files changed beside the first run`,
        of: [`${first}-changed`, first],
        bound: { most: 0.15 },
      },
    ];
  }),
];

/** The most memory that hasten may take at the largest corpus, in MiB: 1.5 GB. */
const MOST_MEMORY = 1.5e9 / 2 ** 20;
const LARGEST = '1.5M';

/** Three digits that count, or all that stand before the point. */
export const rounded = (value: number): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en-US', {
        maximumSignificantDigits: Math.max(3, String(Math.trunc(value)).length),
        useGrouping: true,
      })
    : '–';

const times = (value: number): string => `${rounded(value)}×`;

/** The cost of an entry, or why it is not known. */
function costOf(result: Result | undefined, measured: Measured, isLessNode: boolean): Cost | string {
  if (result === undefined) return 'not measured';
  if (result.costs.length === 0) return `${result.label}: ${result.trouble ?? 'not measured'}`;
  const cost = medianCost(result.costs);
  if (!isLessNode) return cost;
  const node = resultOf(measured, result.corpus, 'node');
  return node === undefined || node.costs.length === 0
    ? 'not measured'
    : without(cost, medianCost(node.costs));
}

function compared(comparison: Comparison, corpus: string, measured: Measured): BarRow {
  const { asked, of, bound, lessNode = [] } = comparison;
  const isMost = 'most' in bound;
  const told = isMost ? `≤ ${times(bound.most)}` : `≥ ${times(bound.least)}`;
  const [above, below] = of.map((id) =>
    costOf(resultOf(measured, corpus, id), measured, lessNode.includes(id)),
  );
  const row = { asked, corpus, bound: told };
  for (const one of [above, below])
    if (typeof one !== 'object') return { ...row, value: one ?? '', byProcessor: '', isMet: undefined };
  if (typeof above !== 'object' || typeof below !== 'object') throw new TypeError('There are two entries.');
  const value = above.wall / below.wall;
  return {
    ...row,
    value: times(value),
    byProcessor: times(above.cpu / below.cpu),
    isMet: isMost ? value <= bound.most : value >= bound.least,
  };
}

const isOwn = ({ entryId }: Result): boolean => entryId.startsWith('hasten-');

/** The most that any run of hasten held on the largest corpus. */
function memoryRow(measured: Measured): BarRow | undefined {
  const own = measured.results.filter((one) => one.corpus === LARGEST && isOwn(one));
  const most = Math.max(...own.flatMap(({ costs }) => costs.flatMap(({ memory }) => memory ?? [])));
  if (!Number.isFinite(most)) return undefined;
  const stopped = own.filter(({ costs }) => costs.length === 0);
  return {
    asked: `The most memory of any case${stopped.length === 0 ? '' : ` that ended, which ${stopped.length} did not`}`,
    corpus: LARGEST,
    bound: `≤ ${rounded(MOST_MEMORY)} MiB`,
    value: `${rounded(most)} MiB`,
    byProcessor: '',
    isMet: most > MOST_MEMORY ? false : stopped.length === 0 ? true : undefined,
  };
}

/** What a line costs on each corpus, beside what it costs on the smallest one. */
function* growthRows(measured: Measured): Generator<BarRow> {
  const [smallest, ...larger] = measured.corpora.toSorted((a, b) => a.lines - b.lines);
  if (smallest === undefined) return;
  const perLine = (id: string, corpus: CorpusFacts): Cost | undefined => {
    const cost = costOf(resultOf(measured, corpus.name, id), measured, true);
    if (typeof cost !== 'object') return undefined;
    return { ...cost, wall: cost.wall / corpus.lines, cpu: cost.cpu / corpus.lines };
  };
  const own = measured.results.filter((one) => isOwn(one) && one.caseId !== 'start');
  for (const { entryId, label } of own.filter(({ corpus }) => corpus === smallest.name)) {
    const first = perLine(entryId, smallest);
    for (const corpus of larger) {
      const here = perLine(entryId, corpus);
      if (first === undefined || here === undefined) continue;
      const value = here.wall / first.wall;
      yield {
        asked: `What a line costs, beside ${smallest.name}: ${label}`,
        corpus: corpus.name,
        bound: `≤ ${times(1)}`,
        value: times(value),
        byProcessor: times(here.cpu / first.cpu),
        isMet: value <= 1,
      };
    }
  }
}

/** Everything that is asked of hasten, with what was measured. */
export function barsOf(measured: Measured): readonly BarRow[] {
  const rows: BarRow[] = [];
  for (const comparison of COMPARISONS) {
    const corpora = measured.corpora.filter(({ name }) => comparison.on?.includes(name) ?? true);
    for (const { name } of corpora) rows.push(compared(comparison, name, measured));
  }
  const memory = memoryRow(measured);
  return [...rows, ...(memory === undefined ? [] : [memory]), ...growthRows(measured)];
}
