import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownersIn } from '../src/run/commits/codeowners.ts';
import { Project } from './plans/project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  project.lay('src/one.ts', 'a(1);\nx(1);\n');
  project.lay('src/two.ts', 'a(2);\n');
  project.lay('lib/three.ts', 'x(3);\n');
  project.lay('CODEOWNERS', '/lib/ @lib\n');
  project.commitAll();
});
afterEach(() => project.remove());

const SOURCES = ['src/one.ts', 'src/two.ts', 'src/y.ts', 'lib/three.ts', 'lib/y.ts'];
const subjects = (): string[] => project.git('log', '--reverse', '--format=%s').trim().split('\n').slice(1);
/** The text of a file in a commit, counted from the last one; undefined where it is not in that. */
const textIn = (back: number, name: string): string | undefined => {
  const names = project.git('ls-tree', '-r', '--name-only', `HEAD~${back}`).split('\n');
  return names.includes(name) ? project.git('show', `HEAD~${back}:${name}`) : undefined;
};
const status = (): string => project.git('status', '--porcelain');

/** What the files are after a run that commits nothing. */
async function wholeRun(): Promise<(string | undefined)[]> {
  const other = new Project();
  try {
    for (const name of ['src/one.ts', 'src/two.ts', 'lib/three.ts']) other.lay(name, project.read(name));
    expect((await other.hasten('run')).code).toBe(0);
    return SOURCES.map((name) => (other.has(name) ? other.read(name) : undefined));
  } finally {
    other.remove();
  }
}

const inHead = (): (string | undefined)[] => SOURCES.map((name) => textIn(0, name));

describe('hasten run --commit', () => {
  it.each(['per-transform', 'per-proposal', 'per-directory', 'per-owner'])(
    '%s leaves in the end what a run leaves, and nothing that is not committed',
    async (grouping) => {
      const whole = await wholeRun();
      const { code, stdout } = await project.hasten('run', '--commit', grouping);
      expect(code).toBe(0);
      expect(inHead()).toEqual(whole);
      expect(status()).toBe('');
      expect(stdout.match(/^committed /gm)).toHaveLength(subjects().length);
      expect((await project.hasten('run', '--commit', grouping)).code).toBe(0);
    },
  );

  it('per transform has in each commit what the transforms up to it do, and what builds on several in the last of them', async () => {
    await project.hasten('run', '--commit', 'per-transform');
    expect(subjects()).toEqual(['Call the next letter', 'Call what is created']);
    expect(textIn(1, 'src/two.ts')).toBe('c(2);\n');
    // The second letter was found after the other transform had changed the file.
    expect(textIn(1, 'src/one.ts')).toBe('b(1);\nx(1);\n');
    expect(textIn(1, 'lib/y.ts')).toBeUndefined();
    expect(textIn(0, 'src/one.ts')).toBe('import { y } from "./y.js";\n\nc(1);\ny(1);\n');
    expect(project.git('log', '-1', '--format=%b')).toContain('3 places in 4 files, by created, letters.');
  });

  it('tells in the message what, how many and what is known', async () => {
    await project.hasten('run', '--commit', 'per-transform', '--signoff');
    expect(project.git('log', '-1', '--format=%B', 'HEAD~1').trim()).toBe(
      [
        'Call the next letter',
        '',
        '3 places in 2 files, by letters.',
        '',
        'Proved:',
        '- 3 × the next letter does the same',
        '',
        'Signed-off-by: Some One <some.one@example.com>',
      ].join('\n'),
    );
  });

  it('fills in a template, and refuses one with a placeholder that there is not', async () => {
    project.lay('mods/message.txt', 'perf({group}): {places}\n\n# {proposals}\n');
    project.commitAll();
    const words = ['--commit', 'per-directory', '--commit-template', 'mods/message.txt'];
    expect((await project.hasten('run', ...words)).code).toBe(0);
    expect(project.git('log', '-1', '--format=%B', 'HEAD~1')).toMatch(
      /^perf\(lib\): 1 place\n\n# lib\/three\.ts:1: x → y \([0-9a-f]{12}\)\n/,
    );
    project.lay('mods/message.txt', '{subjekt}');
    const { code, stderr } = await project.hasten('run', ...words);
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('there is no {subjekt}. There is: {subject}, '),
    ]);
  });

  it('leaves what is staged as it is, and refuses files with changes of their own', async () => {
    project.lay('notes.txt', 'staged\n');
    project.git('add', 'notes.txt');
    const refused = await project.hasten('run', '--commit', 'per-transform');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--allow-dirty')]);
    expect([subjects(), project.read('src/two.ts')]).toEqual([[], 'a(2);\n']);
    expect((await project.hasten('run', '--commit', 'per-transform', '--allow-dirty')).code).toBe(0);
    expect([subjects().length, status(), textIn(0, 'notes.txt')]).toEqual([2, 'A  notes.txt\n', undefined]);

    project.lay('src/two.ts', 'a(4);\n');
    const own = await project.hasten('run', '--commit', 'per-transform', '--allow-dirty');
    expect([own.code, own.stderr]).toEqual([
      2,
      expect.stringContaining('failed src/two.ts: is not as it was committed last'),
    ]);
    expect([project.read('src/two.ts'), subjects().length]).toEqual(['a(4);\n', 2]);
  });

  it('refuses a detached HEAD unless told otherwise, a tree without a commit, no tree and nobody who commits', async () => {
    project.git('checkout', '-q', '--detach');
    const refused = await project.hasten('run', '--commit', 'per-transform');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('go on with --allow-detached'),
    ]);
    expect(project.read('src/two.ts')).toBe('a(2);\n');
    project.git('config', 'user.useConfigOnly', 'true');
    project.git('config', '--unset', 'user.email');
    const nobody = await project.hasten('run', '--commit', 'per-transform', '--allow-detached');
    // Who runs this may have an address of their own for all projects.
    if (nobody.code === 2) expect(nobody.stderr).toContain('git does not know who commits');
    else expect(subjects()).toHaveLength(2);
    rmSync(project.at('.git'), { recursive: true });
    project.lay('src/four.ts', 'a(4);\n');
    const without = await project.hasten('run', '--commit', 'per-transform');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('lies in no git work tree')]);
    expect(project.read('src/four.ts')).toBe('a(4);\n');
    project.git('init', '-q');
    const unborn = await project.hasten('run', '--commit', 'per-transform');
    expect([unborn.code, unborn.stderr]).toEqual([2, expect.stringContaining('has no commit yet')]);
  });

  it.skipIf(process.platform === 'win32')(
    'puts back what a hook refuses, shows what it said, and keeps the commits before',
    async () => {
      project.lay(
        '.git/hooks/commit-msg',
        '#!/bin/sh\ngrep -q created "$1" && printf "nothing new on Fridays\\nask on Monday\\n" >&2 && exit 1\nexit 0\n',
      );
      chmodSync(project.at('.git/hooks/commit-msg'), 0o755);
      const { code, stderr } = await project.hasten('run', '--commit', 'per-transform');
      expect(code).toBe(2);
      expect(stderr).toContain(
        'failed .: git did not make the commit "Call what is created", and its changes are taken back; 1 commit was made before, and nothing after. Git says:\n    nothing new on Fridays\n    ask on Monday\n',
      );
      expect(subjects()).toEqual(['Call the next letter']);
      expect([status(), project.read('src/one.ts')]).toEqual(['', 'b(1);\nx(1);\n']);
      project.lay('.git/hooks/commit-msg', '#!/bin/sh\nexit 1\n');
      project.git('reset', '-q', '--hard', 'HEAD~1');
      expect((await project.hasten('run', '--commit', 'per-transform')).code).toBe(2);
      expect([status(), project.read('src/one.ts'), subjects()]).toEqual(['', 'a(1);\nx(1);\n', []]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'tells of a file that is in a commit only what the commits before a refused one made of it',
    async () => {
      expect((await project.hasten('run', '--dry-run', '--plan', 'plan.json')).code).toBe(0);
      project.lay('.git/hooks/commit-msg', '#!/bin/sh\n! grep -q "x → y" "$1"\n');
      chmodSync(project.at('.git/hooks/commit-msg'), 0o755);
      const { code, stdout } = await project.hasten('run', '--commit', 'per-proposal');
      expect([code, project.read('src/one.ts')]).toEqual([2, textIn(0, 'src/one.ts')]);
      expect(stdout).toMatch(/^changed src\/one\.ts {2}1 place by letters$/m);
      expect(stdout).not.toContain('by created');

      project.git('reset', '-q', '--hard', 'HEAD~2');
      const words = ['apply', 'plan.json', '--commit', 'per-proposal', '--format', 'json'];
      const applied = await project.hasten(...words);
      const { proposals, written } = JSON.parse(applied.stdout) as {
        proposals: { state: string; title: string }[];
        written: string[];
      };
      expect(written).toEqual(['src/one.ts', 'src/two.ts']);
      expect(proposals.filter(({ state }) => state === 'applied').map(({ title }) => title)).toEqual([
        'a → b',
        'a → b',
      ]);
      expect(applied.code).toBe(2);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'takes back a commit in the middle of which it was stopped, and does not blame the hook',
    () => {
      project.lay(
        '.git/hooks/commit-msg',
        '#!/bin/sh\nkill -INT "$(ps -o ppid= -p $PPID | tr -d " ")"\nsleep 0.5\necho interrupted >&2\nexit 130\n',
      );
      chmodSync(project.at('.git/hooks/commit-msg'), 0o755);
      const { status: code, stderr } = project.hastenProcess('run', '--commit', 'per-transform');
      expect([code, status(), subjects()]).toEqual([2, '', []]);
      expect(stderr).toContain(
        'was stopped in the middle of the commit "Call the next letter", and its changes are',
      );
      expect(stderr).not.toContain('Git says');
    },
  );

  it.skipIf(process.platform === 'win32')(
    'can be undone where it was killed between writing and committing, and leaves the work tree clean',
    async () => {
      // A hook of a commit that has a new file: the process that runs git is killed, as `kill -9` would, and git says no.
      project.lay(
        '.git/hooks/commit-msg',
        '#!/bin/sh\ngrep -q created "$1" || exit 0\nkill -9 "$(ps -o ppid= -p $PPID | tr -d " ")"\nexit 1\n',
      );
      chmodSync(project.at('.git/hooks/commit-msg'), 0o755);
      const killed = project.hastenProcess('run', '--commit', 'per-transform');
      expect(killed.signal).toBe('SIGKILL');
      expect([subjects(), project.has('src/y.ts')]).toEqual([['Call the next letter'], true]);
      expect(status()).toContain(' A src/y.ts');
      // Git goes on for a moment.
      await expect.poll(() => project.has('.git/index.lock'), { timeout: 10_000 }).toBe(false);
      rmSync(project.at('.git/hooks/commit-msg'));

      const resumed = await project.hasten('run', '--resume');
      expect([resumed.code, resumed.stderr]).toEqual([2, expect.stringContaining('nothing to resume')]);
      expect((await project.hasten('undo')).code).toBe(0);
      expect([status(), project.read('src/one.ts'), project.has('src/y.ts')]).toEqual([
        '',
        'b(1);\nx(1);\n',
        false,
      ]);
      expect((await project.hasten('run', '--commit', 'per-transform')).code).toBe(0);
      expect([status(), subjects()]).toEqual([
        '',
        ['Call the next letter', 'Call the next letter', 'Call what is created'],
      ]);
    },
  );

  it.each([
    [['--commit', 'per-transform', '--dry-run'], '--commit writes and commits; --dry-run changes nothing'],
    [['--signoff'], '--signoff goes with --commit'],
    [['--commit', 'per-file'], '`--commit per-file` is not possible'],
    [['--commit', 'per-transform', '--commit-template', 'gone.txt'], 'gone.txt cannot be read'],
  ])('%j is refused', async (words, said) => {
    expect(await project.hasten('run', ...words)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(said) as unknown,
    });
    expect(project.read('src/two.ts')).toBe('a(2);\n');
  });

  it('can take back the last commit with undo, which says that the commit stays', async () => {
    await project.hasten('run', '--commit', 'per-transform');
    const { code, stderr } = await project.hasten('undo');
    const last = project.git('rev-parse', '--short', 'HEAD').trim();
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`The commit ${last} has its changes and stays`),
    ]);
    expect(['src/one.ts', 'src/two.ts'].map((name) => project.read(name))).toEqual(
      ['src/one.ts', 'src/two.ts'].map((name) => textIn(1, name)),
    );
  });
});

describe('hasten apply --commit', () => {
  it('commits what is accepted, from a plan', async () => {
    expect((await project.hasten('run', '--dry-run', '--plan', 'plan.json')).code).toBe(0);
    const whole = await wholeRun();
    project.lay('src/two.ts', 'a(20);\n');
    project.git('commit', '-q', '-am', 'meanwhile');
    const { code, stdout } = await project.hasten(
      'apply',
      'plan.json',
      '--commit',
      'per-directory',
      '--format',
      'json',
    );
    expect(code).toBe(2);
    const { commits, proposals } = JSON.parse(stdout) as {
      commits: { subject: string; files: string[] }[];
      proposals: { state: string; path: string }[];
    };
    expect(commits.map(({ subject, files }) => [subject, files])).toEqual([
      ['lib: Call what is created', ['lib/three.ts', 'lib/y.ts']],
      ['src: 3 rewrites by 2 transforms', ['src/one.ts', 'src/y.ts']],
    ]);
    expect(new Set(proposals.filter(({ state }) => state === 'left-out').map(({ path }) => path))).toEqual(
      new Set(['src/two.ts']),
    );
    expect(inHead()).toEqual(whole.with(1, 'a(20);\n'));
    expect(status()).toBe('?? plan.json\n');
  });

  it('per owner is refused where nothing says who owns what', async () => {
    project.git('rm', '-q', 'CODEOWNERS');
    project.git('commit', '-q', '-m', 'nobody');
    const { code, stderr } = await project.hasten('run', '--commit', 'per-owner');
    expect([code, stderr]).toEqual([2, expect.stringContaining('failed .: has no CODEOWNERS (in .github,')]);
    expect([status(), project.read('src/two.ts')]).toEqual(['', 'a(2);\n']);
  });

  it('per owner goes by CODEOWNERS', async () => {
    project.lay('.github/CODEOWNERS', '* @all\n/lib/ @lib # the library\nsrc/two.ts\n');
    project.commitAll();
    await project.hasten('run', '--commit', 'per-owner');
    expect(subjects().slice(1)).toEqual([
      '3 rewrites by 2 transforms (@all)',
      'Call what is created (@lib)',
      'Call the next letter (nobody)',
    ]);
  });
});

describe('CODEOWNERS', () => {
  let top = '';
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-owners-')));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it.each([
    ['*.js @js', 'src/a.js', '@js'],
    ['*.js @js', 'src/a.ts', 'nobody'],
    ['* @one @two', 'a.ts', '@one, @two'],
    ['* @one\n*.ts @two', 'a.ts', '@two'],
    ['*.ts @two\n* @one', 'a.ts', '@one'],
    ['/build/ @root', 'src/build/a.ts', 'nobody'],
    ['build/ @any', 'src/build/a.ts', '@any'],
    ['docs/* @docs', 'docs/a.ts', '@docs'],
    ['docs/* @docs', 'docs/deep/a.ts', 'nobody'],
    ['**/logs @logs', 'deep/logs/a.ts', '@logs'],
    ['/apps/ @apps\n/apps/github', 'apps/github/a.ts', 'nobody'],
    ['a\\ b.ts @space', 'a b.ts', '@space'],
    ['# * @none\n* @all # really', 'a.ts', '@all'],
    ['* @all\n!a.ts @not\n[ab].ts @range', 'a.ts', '@all'],
    ['*.TS @upper', 'a.ts', 'nobody'],
  ])('%j: %s is owned by %s', (text, path, owner) => {
    project.lay('.github/CODEOWNERS', text);
    project.lay('CODEOWNERS', '* @wrong');
    expect(ownersIn(project.root)(path)).toBe(owner);
    expect(ownersIn(top)(path)).toBe('nobody');
  });
});
