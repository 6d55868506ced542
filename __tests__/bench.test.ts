import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { barsOf, rounded } from '../bench/bars.ts';
import { run, type Command } from '../bench/measure.ts';
import { report } from '../bench/report.ts';
import type { Measured, Result } from '../bench/results.ts';
import { median, medianCost, serialPart, without } from '../bench/statistics.ts';

const scratch = mkdtempSync(join(tmpdir(), 'hasten-bench-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A result of one run that took so many seconds, all of the processor, in 100 MiB. */
const took = (corpus: string, entryId: string, wall: number, more: Partial<Result> = {}): Result => ({
  corpus,
  caseId: 'nothing',
  entryId,
  label: entryId,
  costs: [{ wall, cpu: wall, memory: 100 }],
  ...more,
});

const measuredOf = (...results: readonly Result[]): Measured => ({
  date: '2026-01-31',
  machine: 'a machine',
  processors: 2,
  versions: { grep: '3' },
  runs: 5,
  limit: 900,
  corpora: [
    { name: '10k', files: 100, lines: 10_000, origin: 'one' },
    { name: '1.5M', files: 9000, lines: 1_500_000, origin: 'one, two' },
  ],
  cases: [{ id: 'nothing', title: 'Nothing matches' }],
  results,
});

const barOf = (measured: Measured, asked: RegExp, corpus: string) =>
  barsOf(measured).find((row) => asked.test(row.asked) && row.corpus === corpus);

describe('the statistics of the bench', () => {
  it('take the value in the middle, or the mean of the two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('take each median of its own, and memory only where it is known', () => {
    const costs = [
      { wall: 1, cpu: 9, memory: undefined },
      { wall: 2, cpu: 8, memory: 30 },
      { wall: 3, cpu: 1, memory: 10 },
    ];
    expect(medianCost(costs)).toEqual({ wall: 2, cpu: 8, memory: 20 });
    expect(medianCost(costs.slice(0, 1)).memory).toBeUndefined();
  });

  it('never leave less than nothing', () => {
    const cost = { wall: 1, cpu: 1, memory: 5 };
    expect(without(cost, { wall: 0.25, cpu: 2, memory: 4 })).toEqual({ wall: 0.75, cpu: 0, memory: 5 });
  });

  it('take what is not shared off how much faster several processors are', () => {
    expect(serialPart(2, 2)).toBe(0);
    expect(serialPart(1, 2)).toBe(1);
    expect(serialPart(4, 16)).toBeCloseTo(0.2);
    expect(serialPart(2.1, 2)).toBe(0);
    expect(serialPart(1, 1)).toBeUndefined();
  });

  it('tell three digits that count, and all before the point', () => {
    expect([1234.5, 12.345, 0.012345, 0, Number.NaN].map(rounded)).toEqual([
      '1,235',
      '12.3',
      '0.0123',
      '0',
      '–',
    ]);
  });
});

describe('what is asked of hasten', () => {
  it('is judged without the start of Node where that is asked', () => {
    const row = barOf(
      measuredOf(took('10k', 'node', 1), took('10k', 'grep', 2), took('10k', 'hasten-nothing', 6.9)),
      /Nothing matches/,
      '10k',
    );
    expect(row).toMatchObject({ value: '2.95×', bound: '≤ 3×', isMet: true });
  });

  it('is told where it is not met', () => {
    const results = [took('1.5M', 'jscodeshift', 100), took('1.5M', 'hasten-console', 10)];
    expect(barOf(measuredOf(...results), /^jscodeshift/, '1.5M')).toMatchObject({
      value: '10×',
      isMet: false,
    });
  });

  it('is not judged where a command did not end', () => {
    const stopped = took('10k', 'hasten-types', 0, { costs: [], trouble: 'stopped after 900 s' });
    const row = barOf(measuredOf(stopped, took('10k', 'tsc', 5)), /types and their check/, '10k');
    expect(row).toMatchObject({ value: 'hasten-types: stopped after 900 s', isMet: undefined });
  });

  it('holds the growth to that of the lines', () => {
    const node = [took('10k', 'node', 1), took('1.5M', 'node', 1)];
    const slow = measuredOf(...node, took('10k', 'hasten-nothing', 2), took('1.5M', 'hasten-nothing', 301));
    expect(barOf(slow, /^What a line costs/, '1.5M')).toMatchObject({ value: '2×', isMet: false });
    const linear = measuredOf(...node, took('10k', 'hasten-nothing', 2), took('1.5M', 'hasten-nothing', 151));
    expect(barOf(linear, /^What a line costs/, '1.5M')).toMatchObject({ value: '1×', isMet: true });
  });

  it('asks the memory of every run on the largest corpus', () => {
    const costs = [
      { wall: 1, cpu: 1, memory: 100 },
      { wall: 1, cpu: 1, memory: 1600 },
    ];
    const much = measuredOf(took('1.5M', 'hasten-nothing', 1, { costs }));
    expect(barOf(much, /memory/, '1.5M')).toMatchObject({ value: '1,600 MiB', isMet: false });
    const little = measuredOf(took('1.5M', 'hasten-nothing', 1));
    expect(barOf(little, /memory/, '1.5M')).toMatchObject({ value: '100 MiB', isMet: true });
  });
});

describe('the page of the bench', () => {
  it('has a row for each result, with what it read and found', () => {
    const text = report(
      measuredOf(
        took('10k', 'grep', 1234, { files: 1235, found: 'a | b' }),
        took('10k', 'tsc', 0, { costs: [], trouble: 'stopped after 900 s' }),
      ),
    );
    expect(text).toContain('| grep | 1,234 | 1,234 | 100 | 1,235 | a \\| b |');
    expect(text).toContain('| tsc | stopped after 900 s |  |  |  |  |');
    expect(text).toContain('| 1.5M | 9,000 | 1,500,000 | one, two |');
  });
});

/** Node with that program. */
const node = (program: string): Command => ({ words: [process.execPath, '-e', program], cwd: scratch });

describe('the page of the bench on how it scales', () => {
  it('compares all processors with one where both were measured', () => {
    const both = [took('10k', 'hasten-syntax', 2), took('10k', 'hasten-syntax-one', 3)];
    expect(report(measuredOf(...both))).toContain('| 10k | 1.5× | 33.3% |');
    expect(report(measuredOf(...both.slice(1)))).not.toContain('How it scales');
  });
});

describe.skipIf(process.platform === 'win32')('a measured command', () => {
  it('tells how it ended and what it printed', async () => {
    const ran = await run(
      {
        ...node("process.stdin.pipe(process.stdout); console.error('no'); process.exitCode = 3"),
        input: 'yes',
      },
      60,
      scratch,
    );
    expect(ran).toMatchObject({ code: 3, stdout: 'yes', stderr: 'no\n' });
  });

  it('is measured with all that it starts', async () => {
    const busy = 'for (const end = process.cpuUsage().user + 2e5; process.cpuUsage().user < end;);';
    const program = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(busy)}])`;
    const ran = await run(node(program), 60, scratch);
    // It is busy for 0.2 s, whatever the clock says.
    expect(ran.cpu).toBeGreaterThan(0.2);
  });

  it('is stopped at the limit', async () => {
    const program = `require('node:child_process').spawnSync('sleep', ['600'])`;
    expect(await run(node(program), 0.5, scratch)).toMatchObject({ code: undefined });
  });
});
