import { barsOf, rounded, type BarRow } from './bars.ts';
import { resultOf, type Measured, type Result } from './results.ts';
import { medianCost, serialPart } from './statistics.ts';

/** Text that cannot end a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const lineOf = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

type Side = 'left' | 'right';

function table(head: Readonly<Record<string, Side>>, rows: readonly (readonly string[])[]): string {
  const rule = Object.values(head).map((side) => (side === 'right' ? '---:' : '---'));
  return [lineOf(Object.keys(head)), lineOf(rule), ...rows.map(lineOf)].join('\n');
}

const count = (value: number): string => value.toLocaleString('en-US');

function verdict({ isMet }: BarRow): string {
  if (isMet === undefined) return 'not measured';
  return isMet ? 'met' : '**not met**';
}

function barsTable(measured: Measured): string {
  return table(
    {
      'what is asked': 'left',
      corpus: 'left',
      bound: 'right',
      measured: 'right',
      'by the processor': 'right',
      '': 'left',
    },
    barsOf(measured).map((row) => [
      row.asked,
      row.corpus,
      row.bound,
      row.value,
      row.byProcessor,
      verdict(row),
    ]),
  );
}

function resultRow({ label, costs, trouble, files, found }: Result): string[] {
  const read = files === undefined ? '' : count(files);
  if (costs.length === 0) return [label, trouble ?? '', '', '', read, found ?? ''];
  const { wall, cpu, memory } = medianCost(costs);
  const note = trouble === undefined ? '' : ` (${costs.length} runs, then ${trouble})`;
  return [
    label + note,
    rounded(wall),
    rounded(cpu),
    memory === undefined ? '' : count(Math.round(memory)),
    read,
    found ?? '',
  ];
}

function caseSection(measured: Measured, id: string, title: string, note: string | undefined): string {
  const parts = [`### ${title}`, ...(note === undefined ? [] : [note])];
  for (const { name } of measured.corpora) {
    const results = measured.results.filter((one) => one.caseId === id && one.corpus === name);
    if (results.length === 0) continue;
    parts.push(
      table(
        {
          [name]: 'left',
          'wall, s': 'right',
          'CPU, s': 'right',
          'memory, MiB': 'right',
          files: 'right',
          found: 'left',
        },
        results.map(resultRow),
      ),
    );
  }
  return parts.join('\n\n');
}

/** How much faster all processors are than one, and the part of the work that only one can do; undefined where that was not measured. */
function scaling(measured: Measured): string | undefined {
  const rows = measured.corpora.flatMap(({ name }) => {
    const [all, one] = ['hasten-syntax', 'hasten-syntax-one'].map(
      (id) => resultOf(measured, name, id)?.costs ?? [],
    );
    if (all === undefined || one === undefined || all.length === 0 || one.length === 0) return [];
    const speedup = medianCost(one).wall / medianCost(all).wall;
    const part = serialPart(speedup, measured.processors);
    return [[name, `${rounded(speedup)}×`, part === undefined ? '–' : `${rounded(part * 100)}%`]];
  });
  if (rows.length === 0) return undefined;
  return [
    '## How it scales',
    'By syntax alone (`--types off`) files are looked at by as many threads as there are processors, where they are large enough together to be worth a thread: ' +
      'listing, reading and testing the prefilters, composing the edits and telling what was found are done by one. ' +
      "The part that is not shared is what Amdahl's law makes of how much faster all processors are than one; it holds what each thread does again for itself too, as loading parsers. " +
      'With types there is one program of the project, and one thread.',
    table(
      { corpus: 'left', [`${measured.processors} processors beside one`]: 'right', 'not shared': 'right' },
      rows,
    ),
  ].join('\n\n');
}

/** Everything that was measured, as Markdown. */
export function report(measured: Measured): string {
  const { date, machine, versions, runs, limit, corpora, cases } = measured;
  return `${[
    '# Performance',
    'This page is written by `npm run bench`, which fetches with npm what it measures on and what it measures beside, and needs bash, git, grep and tar. ' +
      '`npm run bench -- --help` lists its options; `--corpus <folder>` measures on your own code, of which it takes a copy.',
    `Measured on ${date}: ${machine}. ${runs === 1 ? 'One run' : `Medians of ${runs} runs`} of each command, in turns, with all files in the system's cache. ` +
      `Wall is the clock; CPU the processor's time of the command and all that it started; memory the most that all its processes held at once. ` +
      `A command that takes longer than ${limit} s is stopped.`,
    table({ program: 'left', version: 'left' }, Object.entries(versions)),
    table(
      { corpus: 'left', files: 'right', lines: 'right', 'sources of': 'left' },
      corpora.map(({ name, files, lines, origin }) => [name, count(files), count(lines), origin]),
    ),
    '## What is asked of hasten',
    barsTable(measured),
    ...[scaling(measured)].filter((one) => one !== undefined),
    '## What was measured',
    'Tools do not find the same: ast-grep and ESLint name each place that has a form, jscodeshift changes whatever it finds, hasten says for each place what it proved.',
    ...cases.map(({ id, title, note }) => caseSection(measured, id, title, note)),
  ].join('\n\n')}\n`;
}
