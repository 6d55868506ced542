import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pico from 'picocolors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isColored } from '../src/cli/colors.ts';
import { progressBar } from '../src/cli/progress.ts';
import { assumed, fails, holds, safetyOf, type Evidence } from '../src/evidence.ts';
import { changedReport } from '../src/review/reporters/changed.ts';
import { findingsReport } from '../src/review/reporters/findings.ts';
import { jsonReport } from '../src/review/reporters/json.ts';
import { terminalReport } from '../src/review/reporters/terminal.ts';
import { summary } from '../src/review/summary.ts';
import type { FileChange, Plan } from '../src/run/plan.ts';
import type { Proposal } from '../src/transform.ts';

const plain = pico.createColors(false);
const colors = pico.createColors(true);

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-reporters-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A proposal that replaces `found` in `text` by `b()`. */
function proposal(name: string, text: string, found: string, evidence: readonly Evidence[]): Proposal {
  const path = join(folder, name);
  const start = text.indexOf(found);
  const span = [start, start + found.length] as const;
  const safety = safetyOf(evidence);
  return {
    id: `${name}-${found}`,
    transform: 'a-to-b',
    path,
    start: span[0],
    end: span[1],
    title: `${found} → b()`,
    evidence,
    safety,
    edits: safety === 'report' ? [] : [{ file: path, span, code: ['b(', [start + 2, start + 2], ')'] }],
  };
}

function planOf(
  changes: readonly FileChange[],
  findings: readonly Proposal[],
  rest: Partial<Plan> = {},
): Plan {
  return {
    files: { scanned: 5, matched: 2, parsed: 2, failed: 0 },
    findings,
    failures: [],
    skipped: [],
    unmatched: [],
    steps: [],
    baselines: new Map(),
    isFormatted: true,
    looked: { files: [], matched: [], transforms: [] },
    warnings: [],
    changes,
    passes: 1,
    types: { configs: [], gaps: [] },
    ...rest,
  };
}

/** As many reasons that read alike. */
const sharedBy = (count: number): readonly Evidence[] =>
  Array.from({ length: count }, (_, index) => fails(`line ${index}: \`v${index}\` is shared`));

const TEXT = 'one\nx = a(1); // 漢\nc()\n';

/** A file with a safe and a refused place, as it stands on disk, and the change of the first. */
function example(bom = '') {
  const path = join(folder, 'src.ts');
  writeFileSync(path, bom + TEXT);
  const done = proposal('src.ts', TEXT, 'a(1)', [holds('`a` is `b`', { path, line: 1 })]);
  const left = proposal('src.ts', TEXT, 'c()', [holds('`c` is read'), fails('`c` is not `b`')]);
  const change: FileChange = {
    path,
    before: bom + TEXT,
    after: bom + TEXT.replace('a(1)', 'b()'),
    proposals: [done],
  };
  return { path, done, left, change, plan: planOf([change], [done, left]) };
}

describe('the JSON report', () => {
  it('has exactly the promised shape', () => {
    const { plan } = example();
    const failures = [{ path: join(folder, 'lib', 'x.ts'), reason: 'does not parse' }];
    expect(jsonReport({ ...plan, failures }, folder)).toEqual({
      version: 1,
      files: { scanned: 5, matched: 2, parsed: 2, failed: 0 },
      findings: [
        {
          id: 'src.ts-a(1)',
          transform: 'a-to-b',
          safety: 'safe',
          path: 'src.ts',
          start: { line: 2, column: 5 },
          end: { line: 2, column: 9 },
          title: 'a(1) → b()',
          evidence: [{ verdict: 'holds', claim: '`a` is `b`', path: 'src.ts', line: 1 }],
          edits: [{ path: 'src.ts', start: 8, end: 12, text: 'b()' }],
        },
        {
          id: 'src.ts-c()',
          transform: 'a-to-b',
          safety: 'report',
          path: 'src.ts',
          start: { line: 3, column: 1 },
          end: { line: 3, column: 4 },
          title: 'c() → b()',
          evidence: [
            { verdict: 'holds', claim: '`c` is read' },
            { verdict: 'fails', claim: '`c` is not `b`' },
          ],
          edits: [],
        },
      ],
      failures: [{ path: 'lib/x.ts', reason: 'does not parse' }],
      types: { configs: [], gaps: [] },
    });
  });

  it('has edits that fit the file on disk, byte order mark included, and places as an editor shows them', () => {
    const { plan, change } = example('\uFEFF');
    const [finding] = jsonReport(plan, folder).findings;
    const [edit] = finding?.edits ?? [];
    expect(edit).toEqual({ path: 'src.ts', start: 9, end: 13, text: 'b()' });
    const before = change.before ?? '';
    expect(before.slice(0, edit?.start) + edit?.text + before.slice(edit?.end)).toBe(change.after);
    expect(finding?.start).toEqual({ line: 2, column: 5 });
  });

  it('quotes the baseline in the text of an edit', () => {
    const { done, change } = example();
    const quoting = {
      ...done,
      edits: [{ file: done.path, span: [8, 12] as const, code: ['b(', [10, 11] as const, ')'] }],
    };
    const [finding] = jsonReport(planOf([change], [quoting]), folder).findings;
    expect(finding?.edits[0]?.text).toBe('b(1)');
  });

  it('reads the places of a file that did not change from the disk, and of one that did as it was', () => {
    const { plan, path } = example();
    writeFileSync(path, 'everything is different now');
    expect(jsonReport(plan, folder).findings[1]?.start).toEqual({ line: 3, column: 1 });
    writeFileSync(path, TEXT);
    expect(jsonReport({ ...plan, changes: [] }, folder).findings[1]?.start).toEqual({ line: 3, column: 1 });
  });

  it('counts columns in UTF-16 units, lines by line feeds, and tells what could not be written', () => {
    const text = '😀 a()\r\n\r\n  a();';
    writeFileSync(join(folder, 'f.ts'), text);
    const first = proposal('f.ts', text, 'a()', [holds('x')]);
    const second = proposal('f.ts', text, 'a();', [holds('x')]);
    const report = jsonReport(planOf([], [first, second]), join(folder, 'deep'), {
      written: [],
      failures: [{ path: first.path, reason: 'is read-only' }],
    });
    expect(report.written).toEqual([]);
    expect(report.findings.map(({ path, start }) => [path, start])).toEqual([
      ['../f.ts', { line: 1, column: 4 }],
      ['../f.ts', { line: 3, column: 3 }],
    ]);
    expect(report.failures).toEqual([{ path: '../f.ts', reason: 'is read-only' }]);
  });
});

describe('the report for a terminal', () => {
  it('shows the first of many reasons that read alike, and how many there are more', () => {
    const linesOf = (...evidence: readonly Evidence[]): readonly string[] => {
      const left = proposal('src.ts', TEXT, 'c()', evidence);
      writeFileSync(left.path, TEXT);
      return [...terminalReport(planOf([], [left]), folder, plain)].map((line) => line.trim()).slice(2, -1);
    };
    const first = ['✗ line 0: `v0` is shared', '✗ line 1: `v1` is shared', '✗ line 2: `v2` is shared'];
    expect(linesOf(...sharedBy(4))).toEqual([...first, '✗ line 3: `v3` is shared']);
    expect(linesOf(...sharedBy(33), fails('`x` is kept'))).toEqual([
      ...first,
      '✗ 30 more like it',
      '✗ `x` is kept',
    ]);
    expect(linesOf(...sharedBy(3), assumed('line 3: `v3` is shared'))).toEqual([
      ...first,
      '? line 3: `v3` is shared',
    ]);
    expect(
      jsonReport(planOf([], [proposal('src.ts', TEXT, 'c()', sharedBy(33))]), folder).findings[0]?.evidence,
    ).toHaveLength(33);
  });

  it('shows each hunk below its level, title and evidence, and then what is left alone and why', () => {
    const { plan } = example();
    expect([...terminalReport(plan, folder, plain)].join('').split('\n')).toEqual([
      'src.ts',
      '  safe: a(1) → b() [a-to-b]',
      '    ✓ `a` is `b` (src.ts:1)',
      '@@ -1,3 +1,3 @@',
      ' one',
      '-x = a(1); // 漢',
      '+x = b(); // 漢',
      ' c()',
      '',
      'Left alone, each for the reason below it',
      'src.ts:3:1: report: c() → b() [a-to-b]',
      '    ✓ `c` is read',
      '    ✗ `c` is not `b`',
      '',
      '',
    ]);
  });

  it('has colour where asked', () => {
    const text = [...terminalReport(example().plan, folder, colors)].join('');
    expect(text).toContain('\u001b[31m-x = a(1); // 漢\u001b[39m\n');
    expect(text).toContain('\u001b[32msafe\u001b[39m');
  });

  it('lets no file, path or claim steer the terminal', () => {
    const path = join(folder, 'a\u001b[2J.ts');
    const change: FileChange = {
      path,
      before: '\u001b[2Jold\r\n',
      after: '\u001b[2Jnew\u009b\r\n',
      proposals: [],
    };
    const text = [...terminalReport(planOf([change], []), folder, plain)].join('');
    for (const control of ['\u001b', '\u009b', '\r']) expect(text).not.toContain(control);
    expect(text).toContain('-^[[2Jold^M\n');
  });

  it('says that a file is created, and where a last newline is missing', () => {
    const change: FileChange = { path: join(folder, 'new.ts'), before: null, after: 'a', proposals: [] };
    const text = [...terminalReport(planOf([change], []), folder, plain)].join('');
    expect(text).toBe('new.ts (is created)\n@@ -0,0 +1 @@\n+a\n\\ No newline at end of file\n\n');
  });

  it('says what a hunk is a part of where its proposal is shown elsewhere', () => {
    const lines = `${'z\n'.repeat(20)}a()\n`;
    const path = join(folder, 'i.ts');
    const one = proposal('i.ts', lines, 'a()', [assumed('x')]);
    const both = {
      ...one,
      edits: [...one.edits, { file: path, span: [0, 0] as const, code: ['import b;\n'] }],
    };
    const after = `import b;\n${lines.replace('a()', 'b()')}`;
    const change: FileChange = { path, before: lines, after, proposals: [both] };
    const text = [...terminalReport(planOf([change], [both]), folder, plain)].join('');
    expect(text).toContain('i.ts\n  part of a() → b()\n@@ -1,3 +1,4 @@\n');
    expect(text.match(/review: a\(\)/g)).toHaveLength(1);
  });
});

describe('the findings report', () => {
  it('tells where, what and why, a place on each line', () => {
    expect([...findingsReport(example().plan, folder, plain)].join('')).toBe(
      'src.ts:2:5: safe: a(1) → b() [a-to-b]\n    ✓ `a` is `b` (src.ts:1)\n' +
        'src.ts:3:1: report: c() → b() [a-to-b]\n    ✓ `c` is read\n    ✗ `c` is not `b`\n',
    );
  });

  it('tells the same reasons once for all places of a file that are only reported', () => {
    const text = 'c()\nd()\ne()\nf()\n';
    const path = join(folder, 'one.ts');
    writeFileSync(path, text);
    const here = (line: number) => fails('it is left alone', { path, line });
    const findings = [
      proposal('one.ts', text, 'c()', [here(1)]),
      // For a reason that stands elsewhere.
      proposal('one.ts', text, 'd()', [here(1)]),
      proposal('one.ts', text, 'e()', [here(3)]),
      proposal('one.ts', text, 'f()', [here(4)]),
    ];
    expect([...findingsReport(planOf([], findings), folder, plain)].join('')).toBe(
      'one.ts:1:1: report: c() → b() [a-to-b]\n' +
        'one.ts:3:1: report: e() → b() [a-to-b]\n' +
        'one.ts:4:1: report: f() → b() [a-to-b]\n' +
        '    these 3:\n    ✗ it is left alone\n' +
        'one.ts:2:1: report: d() → b() [a-to-b]\n    ✗ it is left alone (one.ts:1)\n',
    );
  });
});

describe('the report of what was written', () => {
  it('counts the places of each transform', () => {
    const { change } = example();
    const created: FileChange = { path: join(folder, 'log.ts'), before: null, after: '', proposals: [] };
    expect([...changedReport([change, created], folder, plain)]).toEqual([
      'changed src.ts  1 place by a-to-b\n',
      'created log.ts\n',
    ]);
  });
});

const linesOf = (plan: Plan, outcome: Parameters<typeof summary>[1]): string[] => [
  ...summary(plan, outcome, folder, plain),
];

describe('the summary', () => {
  it('of a dry run counts by transform and level, and says how to go on', () => {
    const { plan, done } = example();
    const wanting: Proposal = { ...done, id: 'r', safety: 'review' };
    const whole = { ...plan, findings: [...plan.findings, wanting] };
    expect(linesOf(whole, { mode: 'dry-run', level: 'safe' })).toEqual([
      'a-to-b  1 safe, 1 review, 1 report\n',
      '1 file would change; 5 files scanned, 2 matched.\n',
      'To write these changes, leave out --dry-run.\n',
      '1 finding wants a review: hasten run --level review --dry-run\n',
    ]);
  });

  it('of a run tells what failed and why', () => {
    const { plan, path } = example();
    const failures = [{ path: join(folder, 'bad.ts'), reason: 'does not parse' }];
    const written = { written: [], failures: [{ path, reason: 'is read-only' }] };
    const files = { ...plan.files, failed: 1 };
    const skipped = [{ path, reason: 'is minified' }];
    expect(linesOf({ ...plan, failures, files, skipped }, { mode: 'apply', level: 'safe', written })).toEqual(
      [
        'failed bad.ts: does not parse\n',
        'failed src.ts: is read-only\n',
        'a-to-b  1 safe, 1 report\n',
        '0 files changed; 5 files scanned, 2 matched, 1 failed, 1 left out as generated or minified.\n',
        '2 things could not be done; the reasons are above.\n',
        '1 finding was left alone; hasten check tells why.\n',
      ],
    );
  });

  it('of a check where nothing was found is one line', () => {
    expect(linesOf(planOf([], []), { mode: 'check', level: 'safe' })).toEqual([
      '0 findings; 5 files scanned, 2 matched.\n',
    ]);
  });
});

const write = (): void => {};

describe('colour', () => {
  it.each([
    [{ isTTY: true, write }, {}, undefined, true],
    [{ isTTY: false, write }, {}, undefined, false],
    [{ isTTY: true, write }, { NO_COLOR: '1' }, undefined, false],
    [{ isTTY: true, write }, { NO_COLOR: '' }, undefined, true],
    [{ isTTY: true, write }, { TERM: 'dumb' }, undefined, false],
    [{ isTTY: false, write }, { FORCE_COLOR: '1' }, undefined, true],
    [{ isTTY: true, write }, { FORCE_COLOR: '0' }, undefined, false],
    [{ isTTY: true, write }, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    [{ isTTY: false, write }, { NO_COLOR: '1' }, true, true],
    [{ isTTY: true, write }, { FORCE_COLOR: '1' }, false, false],
  ])('on %j with %j and --color %s is %s', (output, env, typed, expected) => {
    expect(isColored(output, env, typed)).toBe(expected);
  });
});

function drawn(isTTY: boolean, times: readonly number[]): string[] {
  const written: string[] = [];
  const clock = [0, ...times];
  const bar = progressBar({ isTTY, write: (text) => written.push(text) }, () => clock.shift() ?? 0);
  for (const [done] of times.entries()) bar.update({ stage: 'scan', done: done + 1, total: 4 });
  bar.clear();
  return written;
}

describe('the progress bar', () => {
  it('is drawn in a terminal only, after a second, not too often, and cleared', () => {
    expect(drawn(true, [500, 1100, 1150, 1300])).toEqual([
      `\r\u001b[KScanning ${'█'.repeat(12)}${'░'.repeat(12)} 2/4`,
      `\r\u001b[KScanning ${'█'.repeat(24)} 4/4`,
      '\r\u001b[K',
    ]);
    expect(drawn(true, [500, 900])).toEqual([]);
    expect(drawn(false, [500, 5000])).toEqual([]);
  });
});
