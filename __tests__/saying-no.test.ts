import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReport } from '../src/review/reporters/json.ts';
import { hastenIn } from './command-line.ts';

/** Renames calls: of `safely` with proof, of `maybe` with an assumption; calls of `never` are only reported. */
const TRANSFORM = `import { assumed, defineTransform, fails, holds } from 'hasten';
const evidenceOf = {
  safely: (text) => holds('\`safely\` is \`done\`'),
  maybe: (text) => assumed('\`maybe\` is \`done\`'),
  never: (text) => fails('\`' + text + '\` is not \`done\`'),
};
export default defineTransform({
  id: 'rename-calls',
  summary: 'Rename calls.',
  prefilter: /safely|maybe|never/,
  *inspect({ find, j, replace, text, textOf }) {
    for (const { node } of find(j.CallExpression)) {
      const name = textOf(node.callee);
      const evidence = evidenceOf[name];
      if (evidence === undefined) continue;
      yield { at: node, title: name + ' → done', evidence: [evidence(textOf(node))], edits: [replace(node.callee, 'done')] };
    }
  },
});
`;

/** Ignore comments are read as on this day. */
const TODAY = '2026-06-15';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-no-')));
  lay('mods/rename.ts', TRANSFORM);
  lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true }, "exclude": ["mods"] }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const hasten = (...words: readonly string[]) => hastenIn(folder, words, TODAY);

const reportOf = async (...words: string[]): Promise<JsonReport> =>
  JSON.parse((await hasten(...words, '--format', 'json')).stdout) as JsonReport;

const IGNORED = '// hasten-ignore rename-calls until 2026-06-30: it is timed\nsafely(1);\n';

describe('what is ignored', () => {
  it('is neither changed nor counted for --fail-on, but in the summary', async () => {
    lay('src/a.ts', `${IGNORED}safely(2);\n`);
    const { code, stdout, stderr } = await hasten('run', 'src', '--fail-on-changes');
    expect([code, stdout]).toEqual([1, 'changed src/a.ts  1 place by rename-calls\n']);
    expect(read('src/a.ts')).toBe(`${IGNORED}done(2);\n`);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'rename-calls  1 safe, 1 ignored',
      '1 file changed; 1 file scanned, 1 matched.',
    ]);
    const checked = await hasten('check', 'src', '--fail-on', 'report');
    expect([checked.code, checked.stdout]).toEqual([0, '']);
    expect(checked.stderr).toContain('0 findings, 1 ignored; 1 file scanned');
    const again = await hasten('run', 'src', '--dry-run', '--fail-on-changes');
    expect([again.code, again.stdout]).toEqual([0, '']);
  });

  it('is in the JSON with its state, reason, place and level', async () => {
    lay('src/a.ts', `${IGNORED}safely(2);\n`);
    const { findings, ...rest } = await reportOf('check', 'src');
    expect(Object.keys(rest)).toEqual(['version', 'files', 'failures', 'types']);
    expect(
      findings.map(({ state, ignored, safety, edits }) => ({ state, ignored, safety, edits: edits.length })),
    ).toEqual([
      {
        state: 'ignored',
        ignored: { reason: 'it is timed', path: 'src/a.ts', line: 1, until: '2026-06-30', safety: 'safe' },
        safety: 'report',
        edits: 0,
      },
      { state: undefined, ignored: undefined, safety: 'safe', edits: 1 },
    ]);
  });

  it('speaks again after its day', async () => {
    lay('src/a.ts', IGNORED.replace('06-30', '06-14'));
    const { code, stderr } = await hasten('check', 'src');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        'warning src/a.ts:1: this ignore comment ended on 2026-06-14: what it ignored is told again\n',
      ),
    ]);
  });

  it('without a reason, or by a name that there is not, is told and does not count', async () => {
    lay(
      'src/a.ts',
      '// hasten-ignore rename-calls\nsafely(1);\n// hasten-ignore rename-call: why\nsafely(2);\n',
    );
    const { code, stderr } = await hasten('check', 'src');
    expect(code).toBe(1);
    expect(stderr).toContain('warning src/a.ts:1: this ignore comment gives no reason: write');
    expect(stderr).toContain(
      'src/a.ts:3: this ignore comment names `rename-call`, which is neither built in nor part of this run; did you mean `rename-calls`?\n',
    );
    expect(
      (await reportOf('check', 'src')).warnings?.map(({ kind, path, line }) => [kind, path, line]),
    ).toEqual([
      ['fault', 'src/a.ts', 1],
      ['unknown', 'src/a.ts', 3],
    ]);
  });
});

describe('--remove-unused-ignores', () => {
  const text = '// hasten-ignore rename-calls: why\nother(1);\n';

  it('takes away what nothing needs, and a run without it says so', async () => {
    lay('a.ts', text);
    const { code, stderr } = await hasten('run');
    expect([code, read('a.ts')]).toEqual([0, text]);
    expect(stderr).toContain(
      'warning a.ts:1: this ignore comment is not needed: `rename-calls` finds nothing there\n',
    );
    expect(stderr).toContain('1 ignore comment is not needed: hasten run --remove-unused-ignores\n');
    expect((await hasten('run', '--remove-unused-ignores', '--dry-run')).stdout).toContain(
      '# a.ts:1: safe: remove an ignore comment that nothing needs [unused-ignore]\n#     ✓ `rename-calls` finds nothing that the comment speaks about, nor changes anything there\n',
    );
    const removed = await hasten('run', '--remove-unused-ignores');
    expect([removed.code, removed.stdout]).toEqual([0, 'changed a.ts  1 place by unused-ignore\n']);
    expect(removed.stderr).not.toContain('warning');
    expect(read('a.ts')).toBe('other(1);\n');
  });

  it('is true or false', async () => {
    expect((await hasten('run', '--remove-unused-ignores=maybe')).code).toBe(3);
    expect((await hasten('check', '--explain-skips=maybe')).code).toBe(3);
  });
});

describe('a baseline', () => {
  it('lets only new findings fail, and is written beside the configuration', async () => {
    lay('src/a.ts', 'safely(1);\nnever(1);\n');
    const written = await hastenIn(join(folder, 'src'), ['check', '--write-baseline'], TODAY);
    expect([written.code, written.stdout]).toEqual([0, '']);
    expect(written.stderr).toContain('0 findings, 2 in the baseline; 1 file scanned');
    expect(written.stderr).toContain('Wrote ../hasten.baseline.json: 2 findings.\n');
    expect(read('hasten.baseline.json')).toContain('    "src/a.ts": {\n      "rename-calls ');

    expect((await hasten('check', '--fail-on', 'report')).code).toBe(0);
    lay('src/a.ts', 'safely(2);\n\n  safely(\n1);\nnever(1);\n');
    const { code, stdout } = await hasten('check');
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^src\/a\.ts:1:1: safe: .*\n.*\n$/)]);
    expect((await hasten('check', '--no-baseline')).stdout.match(/^src/gm)).toHaveLength(3);
    expect((await hasten('run', '--dry-run')).stdout).toContain('+done(2);\n \n-  safely(\n+  done(\n');
  });

  it('is told in the JSON', async () => {
    lay('a.ts', 'safely(1);\nnever(1);\n');
    await hasten('check', '--write-baseline');
    lay('a.ts', 'safely(1);\nsafely(2);\n');
    const { baseline, findings } = await reportOf('check');
    expect(baseline).toEqual({ path: 'hasten.baseline.json', known: 1, fixed: 1 });
    expect(findings.map(({ state, safety, edits }) => [state, safety, edits.length])).toEqual([
      ['baseline', 'safe', 1],
      [undefined, 'safe', 1],
    ]);
    expect((await reportOf('check', '--no-baseline')).baseline).toBeUndefined();
  });

  it('lets go of what is fixed, when it is written again', async () => {
    lay('a.ts', 'safely(1);\nsafely(2);\n');
    lay('b.ts', 'safely(3);\n');
    await hasten('check', '--write-baseline');
    lay('a.ts', 'safely(1);\n');
    const { code, stderr } = await hasten('check');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('1 entry of hasten.baseline.json is fixed: --write-baseline removes it.\n'),
    ]);
    expect((await hasten('check', 'a.ts', '--write-baseline')).stderr).toContain(
      'Wrote hasten.baseline.json: 2 findings.',
    );
    expect((await hasten('check', '--fail-on', 'report')).stderr).not.toContain('fixed');
  });

  it('may have another name, and is left alone when it stays the same', async () => {
    lay('a.ts', 'safely(1);\n');
    await hasten('check', '--write-baseline', 'known.json');
    expect((await hasten('check')).code).toBe(1);
    expect((await hasten('check', '--baseline', 'known.json')).code).toBe(0);
    const before = new Date(2020, 1, 1);
    utimesSync(join(folder, 'known.json'), before, before);
    await hasten('check', '--write-baseline=known.json');
    expect(statSync(join(folder, 'known.json')).mtime).toEqual(before);
  });

  it('keeps what it has of files that fail, and the check still fails with 2', async () => {
    lay('a.ts', 'safely(1);\n');
    await hasten('check', '--write-baseline');
    lay('a.ts', 'safely(;\n');
    expect((await hasten('check', '--write-baseline')).code).toBe(2);
    lay('a.ts', 'safely(1);\n');
    expect((await hasten('check')).code).toBe(0);
  });

  it.each([
    [
      ['check', '--baseline', 'none.json'],
      3,
      'none.json does not exist. To write it: hasten check --write-baseline',
    ],
    [['check', '--baseline', 'none/none.json'], 3, 'The folder of the baseline'],
    [
      ['check', '--baseline', 'bad.json'],
      3,
      'bad.json:2: this is no baseline: it ends too early. Put it right',
    ],
    [
      ['check', '--baseline', 'other.json'],
      3,
      'other.json: this is no baseline: it has no "version". Put it right',
    ],
    [['check', '--baseline', 'merged.json'], 3, 'It has marks of a merge: keep the lines of both sides.'],
    [
      ['check', '--baseline', 'newer.json'],
      2,
      'newer.json: it has version 2, and this hasten reads up to 1. Update hasten',
    ],
    [['check', '--write-baseline', 'newer.json'], 2, 'it has version 2'],
    [
      ['check', '--write-baseline', 'src'],
      3,
      'To check src, write it before: hasten check src --write-baseline',
    ],
    [['check', '--write-baseline', 'src/a.ts'], 3, 'a baseline is a .json file'],
    [['check', '--write-baseline', '--baseline', 'bad.json'], 3, '--write-baseline goes alone'],
    [['check', '--baseline', 'a.json', '--baseline', 'b.json'], 3, '--baseline is given more than once'],
    [['check', '--baseline'], 3, '`--baseline` needs a value behind it.'],
  ])('%j exits with %i and says what to do', async (words, expected, message) => {
    lay('src/a.ts', 'safely(1);\n');
    lay('bad.json', '{ "version": 1,\n');
    lay('other.json', '{ "name": "x" }\n');
    lay('merged.json', '{ "version": 1, "findings": {\n<<<<<<< HEAD\n=======\n>>>>>>> main\n} }\n');
    lay('newer.json', '{ "version": 2 }\n');
    const { code, stdout, stderr } = await hasten(...words);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([expected, '']);
    expect([read('src/a.ts'), read('newer.json')]).toEqual(['safely(1);\n', '{ "version": 2 }\n']);
  });

  it('is not written where no file was looked at', async () => {
    expect((await hasten('check', 'none', '--write-baseline')).code).toBe(3);
    expect(() => read('hasten.baseline.json')).toThrow('ENOENT');
  });
});

describe('--explain-skips', () => {
  beforeEach(() => {
    lay('src/a.ts', `safely(0);\nnever(1);\n${IGNORED}never(22);\nmaybe(3);\n`);
    lay('src/b.ts', '// @generated\nsafely(1);\n');
    lay('src/broken.ts', 'safely(;\n');
    lay('src/quiet.ts', 'other();\n');
  });

  it('tells everything that is left alone, by reason and with its place', async () => {
    const { code, stdout } = await hasten('check', 'src', 'none*', '--explain-skips');
    expect(stdout.split('\n')).toEqual([
      '2 reported: `…` is not `done`',
      '    src/a.ts:2:1: [rename-calls] `never(1)` is not `done`',
      '    src/a.ts:5:1: [rename-calls] `never(22)` is not `done`',
      '1 ignored: it is timed (until 2026-06-30)',
      '    src/a.ts:4:1: [rename-calls] it is timed (until 2026-06-30)',
      expect.stringMatching(/^1 failed: does not parse/),
      expect.stringMatching(/^ {4}src\/broken\.ts: does not parse/),
      '1 left out: is marked @generated; change what generates it',
      '    src/b.ts: is marked @generated; change what generates it',
      '1 not looked into: has nothing that a transform of this run looks for',
      '    src/quiet.ts: has nothing that a transform of this run looks for',
      '1 not looked into: there is nothing to look at',
      '    none*: there is nothing to look at',
      '',
    ]);
    expect(code).toBe(2);
  });

  it('is in the JSON, too, and only when asked for', async () => {
    const { skips = [] } = await reportOf('check', 'src', '--explain-skips');
    expect(skips.map(({ kind, count }) => [kind, count])).toEqual([
      ['report', 2],
      ['ignored', 1],
      ['failed', 1],
      ['skipped', 1],
      ['unmatched', 1],
    ]);
    expect(skips[0]).toEqual({
      kind: 'report',
      reason: '`…` is not `done`',
      count: 2,
      places: [
        {
          path: 'src/a.ts',
          line: 2,
          column: 1,
          transform: 'rename-calls',
          reason: '`never(1)` is not `done`',
        },
        {
          path: 'src/a.ts',
          line: 5,
          column: 1,
          transform: 'rename-calls',
          reason: '`never(22)` is not `done`',
        },
      ],
    });
    expect(await reportOf('check', 'src')).not.toHaveProperty('skips');
  });

  it('follows a patch in lines that git passes over, and tells what the baseline has', async () => {
    rmSync(join(folder, 'src/broken.ts'));
    await hasten('check', '--write-baseline');
    const { code, stdout } = await hasten('check', '--format', 'patch', '--explain-skips');
    expect(code).toBe(0);
    expect(stdout).toContain('+done(0);\n');
    expect(stdout).toContain(
      '\n# 2 in the baseline: the baseline has it\n#     src/a.ts:1:1: [rename-calls] the baseline has it\n',
    );
  });
});
