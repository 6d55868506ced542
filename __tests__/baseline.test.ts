import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fails, holds } from '../src/evidence.ts';
import {
  asBaseline,
  baselineOf,
  baselineText,
  compareWith,
  NewerBaselineError,
  sizeOf,
  type Baseline,
  type Today,
} from '../src/run/baseline.ts';
import type { Failure } from '../src/run/plan.ts';
import type { Proposal } from '../src/transform.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-baseline-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** Calls of `slow` and `late` in the given files, found by a transform each. */
function today(
  names: readonly string[],
  { failures = [], isWhole = true, transforms = ['slow-call', 'late-call'] } = {} as {
    readonly failures?: readonly Failure[];
    readonly isWhole?: boolean;
    readonly transforms?: readonly string[];
  },
): Today {
  const files = names.map((name) => join(folder, name));
  const findings = files
    .flatMap((path) =>
      Array.from(textOf(path).matchAll(/(slow|late)\([^)]*\)/g), (match): Proposal => {
        const { index: start } = match;
        const transform = `${match[1] ?? ''}-call`;
        const end = start + match[0].length;
        return {
          id: `${path}${start}`,
          transform,
          path,
          start,
          end,
          title: '',
          evidence: [],
          safety: 'safe',
          edits: [],
        };
      }),
    )
    .filter(({ transform }) => transforms.includes(transform));
  const looked = { files, matched: files, transforms };
  return { plan: { findings, failures, looked }, folder, isWhole, textOf };
}

/** Which findings are new, as their code, and how many entries are fixed. */
function compared(baseline: Baseline, now: Today) {
  const { findings, fixed, known } = compareWith(baseline, now);
  const fresh = findings.filter(({ inBaseline }) => inBaseline !== true);
  expect(findings.length - fresh.length).toBe(known);
  return { fresh: fresh.map(({ path, start, end }) => now.textOf(path).slice(start, end)), fixed };
}

/** The baseline of some files, written and read again. */
const written = (...names: readonly string[]): Baseline =>
  asBaseline(JSON.parse(baselineText(baselineOf(today(names)))));

describe('a baseline', () => {
  it('is written in a stable order, one line for each kind of finding', () => {
    lay('src/b.ts', 'slow(1); late(2); slow(1);');
    lay('src/a.ts', 'slow(2);');
    lay('src/none.ts', '');
    const text = baselineText(baselineOf(today(['src/b.ts', 'src/none.ts', 'src/a.ts'])));
    expect(text.replace(/[0-9a-f]{12}/g, '#')).toBe(`{
  "version": 1,
  "findings": {
    "src/a.ts": {
      "slow-call #": 1
    },
    "src/b.ts": {
      "late-call #": 1,
      "slow-call #": 2
    }
  }
}
`);
    expect(baselineText(baselineOf(today(['src/a.ts', 'src/b.ts'])))).toBe(text);
    expect(baselineText(asBaseline(JSON.parse(text)))).toBe(text);
    expect(sizeOf(asBaseline(JSON.parse(text)))).toBe(4);
  });

  it('has a finding wherever in its file it stands and however it is laid out', () => {
    lay('a.ts', 'slow(1, 2);\nlate();\n');
    const baseline = written('a.ts');
    lay('a.ts', 'late();\r\n\r\n\tif (more) {\r\n\t\tslow(\r\n\t\t\t1,\r\n\t\t\t2,\r\n\t\t);\r\n\t}\r\n');
    expect(compared(baseline, today(['a.ts']))).toEqual({ fresh: [], fixed: 0 });
  });

  it('does not have other code, another transform, nor the same code in another file', () => {
    lay('a.ts', 'slow(1);');
    const baseline = written('a.ts');
    lay('a.ts', 'slow(1); slow(2); late(1);');
    lay('b.ts', 'slow(1);');
    expect(compared(baseline, today(['a.ts', 'b.ts']))).toEqual({
      fresh: ['slow(2)', 'late(1)', 'slow(1)'],
      fixed: 0,
    });
  });

  it('counts: of the same finding one more is new, and one less is fixed', () => {
    lay('a.ts', 'slow(1); slow(1);');
    const baseline = written('a.ts');
    lay('a.ts', 'slow(1); slow(1); slow(1);');
    expect(compared(baseline, today(['a.ts']))).toEqual({ fresh: ['slow(1)'], fixed: 0 });
    lay('a.ts', 'slow(1);');
    expect(compared(baseline, today(['a.ts']))).toEqual({ fresh: [], fixed: 1 });
    expect(sizeOf(baselineOf(today(['a.ts']), baseline))).toBe(1);
  });

  it('follows a file that was renamed, as often as it had the finding', () => {
    lay('a.ts', 'slow(1); slow(1); late();');
    const baseline = written('a.ts');
    renameSync(join(folder, 'a.ts'), join(folder, 'b.ts'));
    expect(compared(baseline, today(['b.ts']))).toEqual({ fresh: [], fixed: 0 });
    lay('b.ts', 'slow(1); slow(1); slow(1);');
    expect(compared(baseline, today(['b.ts']))).toEqual({ fresh: ['slow(1)'], fixed: 1 });
    expect([...baselineOf(today(['b.ts']), baseline).keys()]).toEqual(['b.ts']);
  });

  it('does not follow code from a file that is gone into one that it knows', () => {
    lay('a.ts', 'slow(1);');
    lay('b.ts', 'late();');
    const baseline = written('a.ts', 'b.ts');
    rmSync(join(folder, 'a.ts'));
    lay('b.ts', 'late(); slow(1);');
    expect(compared(baseline, today(['b.ts']))).toEqual({ fresh: ['slow(1)'], fixed: 1 });
  });

  it('keeps what a run could not find: other files, other transforms, what failed', () => {
    lay('src/a.ts', 'slow(1); late(1);');
    lay('b.ts', 'slow(2);');
    const baseline = written('src/a.ts', 'b.ts');
    lay('src/a.ts', '');
    lay('b.ts', '');
    const part = { isWhole: false };
    const cases: readonly (readonly [Today, number])[] = [
      [today(['src/a.ts', 'b.ts']), 3],
      [today(['src/a.ts'], part), 2],
      [today(['src/a.ts'], { ...part, transforms: ['late-call'] }), 1],
      [today(['src/a.ts', 'b.ts'], { failures: [{ path: join(folder, 'src/a.ts'), reason: 'no' }] }), 1],
      [today(['src/a.ts', 'b.ts'], { failures: [{ path: join(folder, 'src'), reason: 'no' }] }), 1],
      [
        today(['src/a.ts', 'b.ts'], {
          failures: [{ path: join(folder, 'c.ts'), reason: 'no', transform: 'slow-call' }],
        }),
        1,
      ],
    ];
    for (const [now, fixed] of cases) {
      expect(compared(baseline, now)).toEqual({ fresh: [], fixed });
      expect(sizeOf(baselineOf(now, baseline))).toBe(3 - fixed);
    }
    rmSync(join(folder, 'b.ts'));
    expect(compared(baseline, today(['src/a.ts'], part)).fixed).toBe(2);
    expect(compared(baseline, today(['src/a.ts'])).fixed).toBe(3);
  });

  it('has nothing that is ignored', () => {
    lay('a.ts', 'slow(1);');
    const now = today(['a.ts']);
    const ignored = { reason: 'why', at: { path: join(folder, 'a.ts'), line: 1 }, safety: 'safe' } as const;
    const findings = now.plan.findings.map((one) => ({
      ...one,
      ignored,
      evidence: [holds('x'), fails('y')],
    }));
    const silent = { ...now, plan: { ...now.plan, findings } };
    expect(sizeOf(baselineOf(silent))).toBe(0);
    expect(compareWith(written('a.ts'), silent)).toEqual({ findings, known: 0, fixed: 1 });
  });

  it.each([
    [[], 'it has no "version"'],
    [{ version: 'one', findings: {} }, 'it has no "version"'],
    [{ version: 1 }, 'it has no "findings"'],
    [{ version: 1, findings: [] }, 'it has no "findings"'],
    [{ version: 1, findings: { 'a.ts': 2 } }, '"a.ts" is no object of findings'],
    [
      { version: 1, findings: { 'a.ts': { 'slow-call 0123': 1 } } },
      'is no transform and fingerprint with a count',
    ],
    [
      { version: 1, findings: { 'a.ts': { 'slow-call 0123456789ab': 0 } } },
      'is no transform and fingerprint',
    ],
  ])('is not %j', (value, message) => {
    expect(() => asBaseline(value)).toThrow(message);
    expect(() => asBaseline(value)).toThrow(TypeError);
  });

  it('of a newer version is not read', () => {
    expect(() => asBaseline({ version: 2, results: [] })).toThrow(NewerBaselineError);
  });
});
