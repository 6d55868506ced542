import type { Colors } from 'picocolors/types.js';
import { counted, painted, visible } from '../describe.ts';
import type { LevelStats, Stats, TransformStats } from '../stats.ts';

/** Reasons that are shown for a transform and a level. */
const MOST_REASONS = 3;

const HEADER = [
  'transform',
  'level',
  'found',
  'accepted',
  'applied',
  'refused',
  'files',
  '+',
  '−',
  'seconds',
];

/** Columns from this one on are numbers, which stand to the right. */
const FIRST_NUMBER = 2;

const secondsOf = ({ seconds }: TransformStats): string =>
  seconds === null ? 'from the cache' : seconds.toFixed(1);

const refusedOf = ({ refused }: LevelStats): number => refused.reduce((sum, { count }) => sum + count, 0);

type Counts = Omit<LevelStats, 'level' | 'refused'>;

const countsOf = ({ found, accepted, applied, files, added, removed }: Counts, refused: number): string[] =>
  [found, accepted, applied ?? '', refused, files, added, removed].map((count) => count.toLocaleString('en'));

function rowsOf({ transforms, total }: Stats): readonly (readonly string[])[] {
  const rows = transforms.flatMap((one) => {
    const name = visible(one.transform);
    if (one.levels.length === 0)
      return [[name, '', '0', ...HEADER.slice(3, -1).map(() => ''), secondsOf(one)]];
    return one.levels.map((level, index) => [
      index === 0 ? name : '',
      level.level,
      ...countsOf(level, refusedOf(level)),
      index === 0 ? secondsOf(one) : '',
    ]);
  });
  const seconds = transforms.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
  const isKept = transforms.some((one) => one.seconds === null);
  return [...rows, ['all', '', ...countsOf(total, total.refused), isKept ? '' : seconds.toFixed(1)]];
}

/** A table as wide as it needs to be. */
function tableOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEADER.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index < FIRST_NUMBER ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The same for a narrow terminal: each row below its name, as a list that is broken where the line ends. */
function* foldedRows(rows: readonly (readonly string[])[], width: number): Iterable<string> {
  let name = '';
  for (const row of rows) {
    name = row[0] === '' ? name : (row[0] ?? '');
    yield [name, row[1]].join(' ').trim();
    let line = ' ';
    for (const [index, cell] of row.entries()) {
      if (index < FIRST_NUMBER || cell === '') continue;
      const next = ` ${HEADER[index]} ${cell}`;
      if (line.length + next.length > width && line !== ' ') {
        yield line;
        line = ' ';
      }
      line += next;
    }
    yield line;
  }
}

const cut = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;

/** Why what was found is not applied: the most frequent reasons of each transform and level. */
function* refusalLines({ transforms }: Stats, width: number, colors: Colors): Iterable<string> {
  for (const { transform, levels } of transforms)
    for (const { level, refused } of levels) {
      if (refused.length === 0) continue;
      yield `${visible(transform)} ${painted(level, colors)}`;
      // A line that says that there is one more would be no shorter.
      const most = refused.length === MOST_REASONS + 1 ? refused.length : MOST_REASONS;
      for (const { reason, count } of refused.slice(0, most))
        yield cut(`${count.toLocaleString('en').padStart(6)}  ${visible(reason)}`, width);
      const rest = refused.slice(most);
      const left = rest.reduce((sum, { count }) => sum + count, 0);
      if (rest.length > 0)
        yield `${left.toLocaleString('en').padStart(6)}  for ${counted(rest.length, 'other reason')}`;
    }
}

/** What was found, applied and refused, by transform and level, as lines no longer than `width`. */
export function* statsReport(stats: Stats, width: number, colors: Colors): Iterable<string> {
  const rows = rowsOf(stats);
  const [header = '', ...table] = tableOf([HEADER, ...rows]);
  if ([header, ...table].every((line) => line.length <= width)) {
    yield `${colors.bold(header)}\n`;
    for (const line of table) yield `${line}\n`;
  } else for (const line of foldedRows(rows, width)) yield `${line}\n`;
  const reasons = [...refusalLines(stats, width, colors)];
  if (reasons.length === 0) return;
  yield `\n${colors.bold('Refused')}\n`;
  for (const line of reasons) yield `${line}\n`;
}
