/** What was measured, as tables that are Markdown and can be read as they are. */
import type { Cost, Load } from './load.ts';
import type { Reading } from './probe.ts';

/** One load on one server. */
export interface Round {
  readonly load: Load;
  readonly reading: Reading;
}

/** What is known of one of the two shops. */
export interface Measured {
  readonly rounds: readonly Round[];
  /** Of requests that were alone, each endpoint several times. */
  readonly costs: readonly Cost[];
}

/** Both shops. */
export interface Comparison {
  readonly before: Measured;
  readonly after: Measured;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The smallest value that at least `percent` of the values do not exceed; NaN where there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** A Markdown table as prettier writes it: the first column to the left, the others to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(4, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const aligned = (row: readonly string[]): string[] =>
    widths.map((width, column) => {
      const cell = row[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [aligned(head), rule, ...rows.map(aligned)].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Three digits that count; whole numbers as they are. */
function told(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** How much more or less `after` is, such as `+12%`; empty where that says nothing. */
function change(before: number, after: number): string {
  const percent = Math.round((after / before - 1) * 100);
  if (!Number.isFinite(percent)) return '';
  return percent < 0 ? `−${-percent}%` : `+${percent}%`;
}

const latenciesOf = ({ rounds }: Measured): number[] =>
  rounds.flatMap(({ load }) => [...load.latencies.values()].flat());

/** The lines of the table of the whole load: what is told, and its value. */
const LINES: readonly (readonly [label: string, valueOf: (measured: Measured) => number])[] = [
  [
    'requests a second',
    (measured) => latenciesOf(measured).length / sum(measured.rounds.map(({ load }) => load.seconds)),
  ],
  ['latency p50, ms', (measured) => percentile(latenciesOf(measured), 50)],
  ['latency p95, ms', (measured) => percentile(latenciesOf(measured), 95)],
  [
    'queries a request',
    (measured) =>
      sum(measured.rounds.map(({ reading }) => reading.statements)) / latenciesOf(measured).length,
  ],
  // The timers of the event loop tick in whole milliseconds.
  [
    'event-loop delay p50, ms',
    ({ rounds }) => Math.round(mean(rounds.map(({ reading }) => reading.delayP50))),
  ],
  [
    'event-loop delay p99, ms',
    ({ rounds }) => Math.round(mean(rounds.map(({ reading }) => reading.delayP99))),
  ],
];

/** The whole load: each line one number of both shops. */
export function loadTable({ before, after }: Comparison): string {
  const rows = LINES.map(([label, valueOf]) => {
    const values = [valueOf(before), valueOf(after)] as const;
    return [label, ...values.map(told), change(...values)];
  });
  return tableOf(['under load', 'before', 'after', 'change'], rows);
}

/** What a request costs that is alone, by endpoint. */
export function endpointTable({ before, after }: Comparison): string {
  const endpoints = [...new Set(before.costs.map(({ endpoint }) => endpoint))];
  const rows = endpoints.map((endpoint) => {
    const columns = [before, after].map(({ costs }) => costs.filter((cost) => cost.endpoint === endpoint));
    return [
      endpoint,
      ...columns.map((costs) =>
        told(
          percentile(
            costs.map((cost) => cost.milliseconds),
            50,
          ),
        ),
      ),
      ...columns.map((costs) =>
        told(
          percentile(
            costs.map((cost) => cost.statements),
            50,
          ),
        ),
      ),
    ];
  });
  return tableOf(['one request alone', 'p50 before, ms', 'after', 'queries before', 'after'], rows);
}

/** How many hunks were applied, by transform. */
export const hunkTable = (hunks: ReadonlyMap<string, number>): string =>
  tableOf(
    ['transform', 'hunks applied'],
    [...hunks].map(([id, count]) => [`\`${id}\``, String(count)]),
  );
