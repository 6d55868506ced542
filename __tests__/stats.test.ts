import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pico from 'picocolors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumed, fails, holds } from '../src/evidence.ts';
import { statsReport } from '../src/review/reporters/stats.ts';
import { statsOf, type Stats, type StatsRequest } from '../src/review/stats.ts';
import type { Proposal } from '../src/transform.ts';
import { hastenIn } from './command-line.ts';

const plain = pico.createColors(false);

function proposal(id: string, rest: Partial<Proposal>): Proposal {
  return {
    id,
    transform: 'a-to-b',
    path: '/p/a.ts',
    start: 0,
    end: 1,
    title: id,
    evidence: [],
    safety: 'safe',
    edits: [],
    ...rest,
  };
}

const DONE = proposal('done', {
  edits: [{ file: '/p/a.ts', span: [0, 1], code: ['b'] }],
  evidence: [holds('x')],
});
const LATER = proposal('later', {
  transform: 'c-to-d',
  edits: [{ file: '/p/a.ts', span: [0, 1], code: ['d'] }],
});
const site = { path: '/p/a.ts', line: 1 };

const REQUEST: StatsRequest = {
  mode: 'dry-run',
  level: 'safe',
  findings: [
    DONE,
    proposal('other', {}),
    proposal('wants', { safety: 'review', evidence: [assumed('y')] }),
    proposal('one', { safety: 'report', evidence: [fails('`a` is shared')] }),
    proposal('two', { safety: 'report', evidence: [fails('`b` is shared')] }),
    proposal('told', { safety: 'report', ignored: { reason: 'legacy', at: site, safety: 'review' } }),
  ],
  changes: [{ path: '/p/a.ts', before: 'a\nx\n', after: 'b\nc\nx\n', proposals: [DONE, LATER] }],
  accepted: new Set(['done', 'later']),
  times: new Map([['a-to-b', 1234.5]]),
};

const COUNTS = { applied: null, files: 1, added: 2, removed: 1 };
const NOWHERE = { accepted: 0, applied: null, files: 0, added: 0, removed: 0 };

describe('the statistics', () => {
  it('count by transform and level, with what only a later pass found, and say why not', () => {
    expect(statsOf(REQUEST, ['a-to-b', 'quiet'])).toEqual({
      transforms: [
        {
          transform: 'a-to-b',
          seconds: 1.235,
          levels: [
            {
              level: 'safe',
              found: 2,
              accepted: 1,
              ...COUNTS,
              refused: [{ reason: 'another change of the same code took its place', count: 1 }],
            },
            {
              level: 'review',
              found: 2,
              ...NOWHERE,
              refused: [
                { reason: 'it wants a review', count: 1 },
                { reason: 'a comment ignores it: legacy', count: 1 },
              ],
            },
            { level: 'report', found: 2, ...NOWHERE, refused: [{ reason: '`…` is shared', count: 2 }] },
          ],
        },
        {
          transform: 'c-to-d',
          seconds: 0,
          levels: [{ level: 'safe', found: 1, accepted: 1, ...COUNTS, refused: [] }],
        },
        { transform: 'quiet', seconds: 0, levels: [] },
      ],
      total: { found: 7, accepted: 2, refused: 5, ...COUNTS },
    } satisfies Stats);
  });

  it('count what was written, and what was not although it was accepted', () => {
    const { transforms } = statsOf({ ...REQUEST, mode: 'apply', changes: [] }, []);
    expect(transforms[0]?.levels[0]).toMatchObject({
      applied: 0,
      accepted: 1,
      refused: [
        { reason: 'it was not written' },
        { reason: 'another change of the same code took its place' },
      ],
    });
  });

  it('are a table, and a list where that is too wide', () => {
    const { times: _, ...kept } = REQUEST;
    const stats = statsOf(REQUEST, []);
    expect([...statsReport(stats, 100, plain)].join('').split('\n')).toEqual([
      'transform  level   found  accepted  applied  refused  files  +  −  seconds',
      'a-to-b     safe        2         1                 1      1  2  1      1.2',
      '           review      2         0                 2      0  0  0',
      '           report      2         0                 2      0  0  0',
      'c-to-d     safe        1         1                 0      1  2  1      0.0',
      'all                    7         2                 5      1  2  1      1.2',
      '',
      'Refused',
      'a-to-b safe',
      '     1  another change of the same code took its place',
      'a-to-b review',
      '     1  it wants a review',
      '     1  a comment ignores it: legacy',
      'a-to-b report',
      '     2  `…` is shared',
      '',
    ]);
    expect([...statsReport(statsOf(kept, []), 100, plain)].join('')).toContain('from the cache');
    const narrow = [...statsReport(stats, 40, plain)].join('').split('\n');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(narrow.slice(0, 3)).toEqual([
      'a-to-b safe',
      '  found 2 accepted 1 refused 1 files 1',
      '  + 2 − 1 seconds 1.2',
    ]);
  });
});

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-stats-')));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","dependencies":{"pino":"9.0.0"}}');
  writeFileSync(
    join(folder, 'src', 'logger.ts'),
    `import pino from 'pino';\nexport const logger = pino();\n`,
  );
  writeFileSync(
    join(folder, 'src', 'f.ts'),
    `import { logger } from './logger.js';\nexport function f(n: number) {\n  console.log('count', n);\n  logger.info('x');\n}\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const statsIn = (text: string): Stats => (JSON.parse(text) as { readonly stats: Stats }).stats;

describe('--stats', () => {
  const words = ['src', '-t', 'console-to-logger', '--level', 'review', '--stats'];

  it('goes to stderr and leaves stdout alone; in JSON it is a part of the object', async () => {
    const dry = await hastenIn(folder, ['run', '--dry-run', ...words]);
    expect(dry.stdout).not.toContain('seconds');
    expect(dry.stderr).toMatch(/^transform .* seconds$/m);
    const { stdout, stderr } = await hastenIn(folder, ['run', '--dry-run', ...words, '--format', 'json']);
    expect(stderr).toBe('');
    // Nothing has changed since the run before.
    expect(statsIn(stdout).transforms[0]).toMatchObject({
      seconds: null,
      levels: [{ found: 1, accepted: 1, applied: null }],
    });
    const without = await hastenIn(folder, ['run', '--dry-run', ...words.slice(0, -1), '--format', 'json']);
    expect(JSON.parse(without.stdout)).not.toHaveProperty('stats');
  });

  it('measures the time of what is looked at anew, in a check too', async () => {
    const { stdout } = await hastenIn(folder, [
      'check',
      ...words.filter((one) => !/^--level|review$/.test(one)),
      '--no-cache',
      '--format',
      'json',
    ]);
    const [transform] = statsIn(stdout).transforms;
    expect(transform?.seconds).toBeGreaterThan(0);
  });

  it('counts of a plan what was decided, and what was written', async () => {
    const planned = await hastenIn(folder, [
      'run',
      '--dry-run',
      ...words,
      '--plan',
      'plan.json',
      '--format',
      'json',
    ]);
    const { findings } = JSON.parse(planned.stdout) as {
      readonly findings: readonly { readonly id: string }[];
    };
    const decide = (verdict: string) =>
      writeFileSync(
        join(folder, 'decisions.json'),
        JSON.stringify({ format: 1, decisions: { [findings[0]?.id ?? '']: { verdict, note: 'not now' } } }),
      );
    const apply = ['apply', 'plan.json', '--decisions', 'decisions.json', '--stats', '--format', 'json'];
    decide('rejected');
    expect(statsIn((await hastenIn(folder, apply)).stdout).transforms[0]?.levels[0]).toMatchObject({
      found: 1,
      accepted: 0,
      applied: 0,
      refused: [{ reason: 'it is rejected: not now', count: 1 }],
    });
    decide('accepted');
    expect(statsIn((await hastenIn(folder, apply)).stdout).total).toMatchObject({
      found: 1,
      accepted: 1,
      applied: 1,
      refused: 0,
      files: 1,
    });
  });
});
