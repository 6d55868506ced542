import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holds, type Transform } from '../src/index.ts';
import type { JsonReport } from '../src/review/reporters/json.ts';
import { plan } from '../src/run/plan.ts';
import { idsOf, type Composition } from '../src/run/composition.ts';
import { verifyCommand } from '../src/run/verification/verify-command.ts';
import { COMMAND_LINE, hastenIn } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-command-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

function git(...words: string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return execFileSync('git', [...identity, ...words], { cwd: folder, encoding: 'utf8' });
}

function commit(): void {
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
}

const FILES = 12;
const PER_FILE = 5;

/** Writes a project with 60 calls of `plain`, in functions whose results its test knows. */
function laySixty(): void {
  const names = Array.from({ length: FILES }, (_, file) => `f${file}`);
  for (const [file, name] of names.entries()) {
    const functions = Array.from({ length: PER_FILE }, (_, index) => {
      const number = file * PER_FILE + index;
      return `exports.n${number} = () => plain(${number});\n`;
    });
    lay(`src/${name}.js`, `const { plain, quick } = require('../lib.js');\n${functions.join('')}`);
  }
  lay('lib.js', 'exports.plain = (n) => n;\nexports.quick = (n) => n;\n');
  const all = names.map((name) => `...require('./src/${name}.js')`).join(', ');
  lay(
    'test.js',
    `const all = { ${all} };\nfor (const [name, f] of Object.entries(all)) {\n  if ('n' + f() !== name) throw new Error(name + ' is ' + f());\n}\n`,
  );
  commit();
}

const quicken: Transform = {
  id: 'quicken',
  summary: 'Call `quick` instead of `plain`.',
  prefilter: /plain/,
  *inspect({ find, replace }) {
    for (const { node } of find('CallExpression', { callee: { name: 'plain' } }))
      yield {
        at: node,
        title: 'plain → quick',
        evidence: [holds('they do the same')],
        edits: [replace(node.callee, 'quick')],
      };
  },
};

const planned = (transform: Transform) =>
  plan({ cwd: folder, paths: ['.'], level: 'safe', transforms: [{ transform, options: {} }] });

/** A plan in which somebody has broken the proposals at some places. */
function brokenAt(composition: Composition, broken: readonly number[]): Composition {
  const ids = new Set(broken.map((index) => idsOf(composition)[index]));
  const steps = composition.steps.map((step) => ({
    ...step,
    proposals: step.proposals.map((one) =>
      ids.has(one.id) ? { ...one, edits: one.edits.map((edit) => ({ ...edit, code: ['1 + quick'] })) } : one,
    ),
  }));
  return { ...composition, steps };
}

const verify = (composition: Composition, command: string, more = {}) =>
  verifyCommand({
    command,
    composition,
    accepted: new Set(idsOf(composition)),
    level: 'safe',
    most: 25,
    timeLimit: 60_000,
    cwd: folder,
    top: folder,
    ...more,
  });

describe('a command', () => {
  it.each([
    [0, 1, 2],
    [3, 17, 59],
    [29, 30, 31],
    [57, 58, 59],
  ])(
    'finds exactly the three of sixty that are broken, %j, %j and %j, in at most 25 runs',
    async (...broken) => {
      laySixty();
      const composition = brokenAt(await planned(quicken), broken);
      const ids = idsOf(composition);
      expect(ids).toHaveLength(60);
      const verified = await verify(composition, 'node test.js');
      expect(
        verified.culprits.map(({ proposal }) => ids.indexOf(proposal.id)).toSorted((a, b) => a - b),
      ).toEqual(broken);
      expect(verified.runs).toBeLessThanOrEqual(25);
      expect([verified.kept.size, verified.untested, verified.refusal]).toEqual([57, [], undefined]);
      for (const { claim } of verified.culprits)
        expect(claim).toMatch(/^`node test\.js` fails with it: Error: n(\d+) is \d+$/);
      // What is kept passes as it would be written.
      for (const { path, after } of verified.subset.texts.values()) writeFileSync(path, after);
      execFileSync(process.execPath, ['test.js'], { cwd: folder });
      git('checkout', '--quiet', '.');
      expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    },
  );

  it('names what fails together only, and keeps one of it', async () => {
    laySixty();
    lay(
      'pair.js',
      `const { readFileSync } = require('node:fs');\nconst has = (f) => /quick\\(/.test(readFileSync(f, 'utf8'));\nif (has('src/f1.js') && has('src/f9.js')) throw new Error('both');\n`,
    );
    const first = new Set(['f1.js', 'f9.js']);
    const made = await planned({
      ...quicken,
      *inspect(file) {
        const name = file.path.split('/').at(-1) ?? '';
        for (const one of quicken.inspect?.(file) ?? []) {
          yield one;
          if (first.has(name)) break;
        }
      },
    });
    const { culprits, kept } = await verify(made, 'node pair.js');
    expect(kept.size).toBe(idsOf(made).length - 1);
    expect(culprits.map(({ claim }) => claim)).toEqual([
      expect.stringMatching(
        /^`node pair\.js` fails with it, only together with plain → quick \(\w+\): Error: both$/,
      ),
    ]);
  });

  it('that hangs has failed', async () => {
    laySixty();
    const composition = brokenAt(await planned(quicken), [4]);
    const { culprits } = await verify(composition, 'node test.js || sleep 600', { timeLimit: 1000 });
    expect(culprits.map(({ proposal }) => idsOf(composition).indexOf(proposal.id))).toEqual([4]);
  });
});

/** Renames calls: of `safely` with proof, of `maybe` with an assumption. */
const RENAME = `import { assumed, defineTransform, holds } from 'hasten';
const evidenceOf = { safely: holds('it is proved'), maybe: assumed('it is likely') };
export default defineTransform({
  id: 'rename-calls',
  summary: 'Rename calls.',
  prefilter: /safely|maybe/,
  *inspect({ find, j, replace, text }) {
    for (const { node } of find(j.CallExpression)) {
      const name = text.slice(node.callee.start ?? 0, node.callee.end ?? 0);
      const evidence = evidenceOf[name as keyof typeof evidenceOf];
      if (evidence !== undefined) yield { at: node, title: name + ' → done', evidence: [evidence], edits: [replace(node.callee, 'done')] };
    }
  },
});
`;

/** A project in which the calls of `a.js` may be renamed, and that of `b.js` must not. */
function layRenamed(): void {
  lay('mods/rename.ts', RENAME);
  lay('hasten.config.json', '{ "transforms": { "./mods/rename.ts": true }, "exclude": ["mods"] }');
  lay('.gitignore', '.hasten/\n');
  lay('a.js', 'const safely = 1, maybe = 1;\nexport const a = () => safely(1) + maybe(1);\n');
  lay('b.js', 'export const b = () => maybe(2);\n');
  lay('test.sh', `if grep -q done b.js; then echo 'Error: b is done'; exit 1; fi\n`);
  commit();
}

const onTheCommandLine = (...words: readonly string[]) => hastenIn(folder, words);
const hasten = (...words: readonly string[]) => onTheCommandLine(...words, '--no-cache');

describe('hasten run --verify', () => {
  it('writes what passes, and tells what is to blame', async () => {
    layRenamed();
    const { code, stderr } = await hasten('run', '--level', 'review', '--verify', 'sh test.sh');
    expect(stderr).toContain('`sh test.sh`: run 2 of at most 25: 3 suspects left\n');
    expect(stderr).toContain('verified `sh test.sh` passes with 2 of 3 changes; it ran 5 times.\n');
    expect(stderr).toContain(
      'left out b.js:1: maybe → done [rename-calls]\n    `sh test.sh` fails with it: Error: b is done\n',
    );
    // What failed is told, and the tests ran.
    expect(stderr).toMatch(/2 matched\.\nhasten undo takes the changes back\.\n$/);
    expect([code, read('a.js'), read('b.js')]).toEqual([
      0,
      'const safely = 1, maybe = 1;\nexport const a = () => done(1) + done(1);\n',
      'export const b = () => maybe(2);\n',
    ]);
  });

  it('does not call it verified where the command passes with nothing', async () => {
    layRenamed();
    lay('test.sh', 'grep -q "safely(1) + maybe(1)" a.js && grep -q maybe b.js\n');
    commit();
    const { code, stderr } = await hasten('run', '--level', 'review', '--verify', 'sh test.sh');
    expect(stderr).toMatch(
      /^not verified `sh test\.sh` is not known to pass with any of 3 changes; it ran /m,
    );
    expect([code, git('status', '--short')]).toEqual([0, '']);
  });

  it('tells scripts', async () => {
    layRenamed();
    const { code, stdout } = await hasten(
      'run',
      '--level',
      'review',
      '--dry-run',
      '--format',
      'json',
      '--verify',
      'sh test.sh',
    );
    const report = JSON.parse(stdout) as JsonReport;
    const culprits = report.verification?.culprits ?? [];
    expect(code).toBe(0);
    expect(report.verification).toMatchObject({
      command: 'sh test.sh',
      passed: true,
      untested: [],
      notCopied: [],
    });
    expect(report.verification?.kept).toHaveLength(2);
    expect(report.findings.filter(({ safety }) => safety === 'report')).toMatchObject([
      { id: culprits[0], path: 'b.js', edits: [], evidence: [{}, { verdict: 'fails' }] },
    ]);
  });

  it('holds what is safe for granted where only reviews are in question', async () => {
    layRenamed();
    const { stderr } = await hasten(
      'run',
      '--level',
      'review',
      '--verify',
      'sh test.sh',
      '--verify-level',
      'review',
    );
    expect(stderr).toContain('2 suspects left\n');
    expect(stderr).not.toContain('3 suspects left\n');
    expect(stderr).toContain('passes with 2 of 3 changes');
    git('checkout', '--quiet', '.');
    const refused = await hasten(
      'run',
      '--level',
      'review',
      '--verify',
      '! grep -q "done(1) +" a.js',
      '--verify-level',
      'review',
    );
    expect(refused.stderr).toContain('fails with the 1 safe ones alone: leave out --verify-level review');
    expect([refused.code, git('status', '--short')]).toEqual([2, '']);
  });

  it.each([
    ['echo broken; exit 1', 'fails without any change too (exit code 1)', '  broken\n'],
    ['[ ! -e ../ran ] && touch ../ran', 'it passed once and failed once', ''],
  ])('writes nothing where %j cannot tell', async (command, said, shown) => {
    layRenamed();
    const { code, stderr } = await hasten('run', '--level', 'review', '--verify', command);
    expect(stderr).toContain(said);
    expect(stderr).toContain(shown);
    expect([code, git('status', '--short')]).toEqual([2, '']);
  });

  it('leaves out what there is no run left for', async () => {
    layRenamed();
    const { code, stderr } = await hasten(
      'run',
      '--level',
      'review',
      '--verify',
      'sh test.sh',
      '--verify-runs',
      '3',
    );
    expect(stderr).toContain('is left out: 3 runs of `sh test.sh` were not enough to verify it');
    expect(code).toBe(2);
    expect(read('b.js')).toContain('maybe(2)');
  });

  it('leaves nothing behind after Ctrl-C', async () => {
    layRenamed();
    const command = `pwd > '${folder}/.hasten/where'; sleep 600`;
    mkdirSync(join(folder, '.hasten'));
    const child = spawn(process.execPath, [...COMMAND_LINE, 'run', '--verify', command], {
      cwd: folder,
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise((end) => child.on('exit', end));
    const where = join(folder, '.hasten/where');
    await expect
      .poll(() => existsSync(where) && readFileSync(where, 'utf8'), { timeout: 60_000 })
      .toMatch(/\n/);
    expect(existsSync(readFileSync(where, 'utf8').trim())).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(2);
    expect(stderr).toContain('Stopping; nothing is written, and the copy is removed.');
    expect(existsSync(readFileSync(where, 'utf8').trim())).toBe(false);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(git('status', '--short')).toBe('');
  });

  it('runs nothing where the tree is dirty', async () => {
    layRenamed();
    lay('a.js', 'const safely = 1, maybe = 1;\nexport const a = () => safely(2) + maybe(1);\n');
    const { code, stderr } = await hasten('run', '--verify', 'sh test.sh');
    expect(stderr).not.toContain('suspects');
    expect(stderr).toContain('the git work tree has changes that are not committed');
    expect(code).toBe(2);
  });

  it.each([
    [['--verify', ' '], '--verify needs a command'],
    [['--verify', 'true', '--verify-runs', '2'], '--verify-runs is a whole number from 3 on, not "2".'],
    [
      ['--verify', 'true', '--verify-timeout', 'long'],
      '--verify-timeout is a whole number from 1 on, not "long".',
    ],
    [['--verify-runs', '9'], '--verify-runs needs a command: --verify "npm test".'],
  ])('%j is bad usage', async (words, said) => {
    layRenamed();
    const { code, stderr } = await hasten('run', ...words);
    expect([code, stderr]).toEqual([3, expect.stringContaining(said)]);
    expect(existsSync(join(folder, '.hasten'))).toBe(false);
  });
});

describe('hasten apply --verify', () => {
  it('applies what passes of a plan, and leaves out what is to blame', async () => {
    layRenamed();
    await hasten('run', '--level', 'review', '--dry-run', '--plan', 'plan.json');
    const { code, stderr } = await onTheCommandLine('apply', 'plan.json', '--verify', 'sh test.sh');
    expect(stderr).toContain('verified `sh test.sh` passes with 2 of 3 changes; it ran 5 times.\n');
    expect(stderr).toMatch(
      /left out b\.js:1: .* \w+: `sh test\.sh` fails with it: Error: b is done\n2 of 3 proposals applied, 1 left out\.\nhasten undo takes the changes back\.\n$/,
    );
    expect([code, git('status', '--short', '--untracked-files=no')]).toEqual([2, ' M a.js\n']);
  });

  it('applies nothing where the command cannot tell, and tells scripts', async () => {
    layRenamed();
    await hasten('run', '--level', 'review', '--dry-run', '--plan', 'plan.json');
    const { code, stdout } = await onTheCommandLine(
      'apply',
      'plan.json',
      '--verify',
      'exit 7',
      '--format',
      'json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verification: { passed: false, runs: 1, kept: [] },
      failures: [{ reason: expect.stringContaining('`exit 7` fails without any change too (exit code 7)') }],
    });
    expect(git('status', '--short', '--untracked-files=no')).toBe('');
  });

  it('keeps what was verified where a run writes a plan', async () => {
    layRenamed();
    await hasten('run', '--level', 'review', '--dry-run', '--plan', 'plan.json', '--verify', 'sh test.sh');
    const { code } = await onTheCommandLine('apply', 'plan.json');
    expect([code, git('status', '--short', '--untracked-files=no')]).toEqual([0, ' M a.js\n']);
  });
});
