import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand, tellingLine } from '../src/run/verification/command.ts';
import { makeScratchTree, type ScratchTree } from '../src/run/verification/scratch-tree.ts';

let folder = '';
const trees: ScratchTree[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-scratch-')));
});
afterEach(async () => {
  for (const tree of trees.splice(0)) await tree.remove();
  rmSync(folder, { recursive: true, force: true });
});

function lay(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function git(...words: string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return execFileSync('git', [...identity, ...words], { cwd: folder, encoding: 'utf8' });
}

function commit(): void {
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
}

async function scratch(cwd = folder): Promise<ScratchTree> {
  const tree = await makeScratchTree(cwd, folder);
  trees.push(tree);
  return tree;
}

const runIn = (tree: ScratchTree, command: string) =>
  runCommand({ command, cwd: tree.cwd, timeLimit: 60_000 });

/** What a command writes in the copy. */
const outputIn = async (tree: ScratchTree, command: string): Promise<string> =>
  (await runIn(tree, command)).output;

describe('a scratch tree', () => {
  it('is a work tree with what is committed, changed, new and ignored, and leaves nothing behind', async () => {
    lay('.gitignore', '.env\ngenerated/\ncoverage/\nnode_modules/\n');
    lay('src/a.js', 'committed\n');
    lay('src/gone.js', 'gone\n');
    commit();
    lay('src/a.js', 'changed\n');
    lay('src/new.js', 'new\n');
    lay('.env', 'SECRET=1\n');
    lay('generated/client.js', 'generated\n');
    lay('coverage/report.html', 'report\n');
    rmSync(join(folder, 'src/gone.js'));
    const tree = await scratch();
    const files = await outputIn(tree, 'find . -type f | grep -v "^./.git$" | sort');
    expect(files.split('\n')).toEqual([
      './.env',
      './.gitignore',
      './generated/client.js',
      './src/a.js',
      './src/new.js',
    ]);
    expect(readFileSync(join(tree.cwd, 'src/a.js'), 'utf8')).toBe('changed\n');
    expect((await outputIn(tree, 'git status --short')).trim().split('\n').sort()).toEqual(
      git('status', '--short').trim().split('\n').sort(),
    );
    await tree.remove();
    expect(existsSync(tree.cwd)).toBe(false);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('has a folder without git whole, and one whose repository has no commit yet', async () => {
    lay('a/b.txt', 'b\n');
    lay('node_modules/x/index.js', 'module.exports = 1;\n');
    const check = 'cat a/b.txt && node -p "require(\'x\')"';
    expect(await outputIn(await scratch(), check)).toBe('b\n1');
    git('init', '--quiet');
    expect(await outputIn(await scratch(), check)).toBe('b\n1');
  });

  it('finds packages of every level, and the copy of those of the project itself', async () => {
    lay('.gitignore', 'node_modules\n');
    lay('packages/core/index.js', 'module.exports = "old";\n');
    lay('packages/core/package.json', '{ "name": "@acme/core" }');
    lay('packages/app/test.js', 'console.log(require("@acme/core"), require("outer"), require("inner"));\n');
    commit();
    lay('node_modules/outer/index.js', 'module.exports = "outer";\n');
    lay('packages/app/node_modules/inner/index.js', 'module.exports = "inner";\n');
    mkdirSync(join(folder, 'node_modules/@acme'));
    symlinkSync('../../packages/core', join(folder, 'node_modules/@acme/core'));
    const tree = await scratch(join(folder, 'packages/app'));
    expect(await outputIn(tree, 'node test.js')).toBe('old outer inner');
    const path = join(folder, 'packages/core/index.js');
    const before = readFileSync(path, 'utf8');
    await tree.put(new Map([[path, { before, after: 'module.exports = "new";\n' }]]));
    expect(await outputIn(tree, 'node test.js')).toBe('new outer inner');
    expect(readFileSync(path, 'utf8')).toBe(before);
    await tree.put(new Map());
    expect(await outputIn(tree, 'node test.js')).toBe('old outer inner');
  });

  it('creates and removes files, writes through links in it, and refuses what lies outside', async () => {
    const real = lay('src/real.js', '1\n');
    symlinkSync(real, join(folder, 'src/link.js'));
    symlinkSync(tmpdir(), join(folder, 'out'));
    commit();
    const tree = await scratch();
    const created = join(folder, 'src/new/made.js');
    await tree.put(
      new Map([
        [created, { before: null, after: '2\n' }],
        [join(folder, 'src/link.js'), { before: '1\n', after: '3\n' }],
      ]),
    );
    expect(await outputIn(tree, 'cat src/new/made.js src/real.js src/link.js')).toBe('2\n3\n3');
    expect([readFileSync(real, 'utf8'), existsSync(created)]).toEqual(['1\n', false]);
    await tree.put(new Map());
    expect(await outputIn(tree, 'cat src/real.js; ls src/new')).toBe('1');
    const outside = new Map([[join(folder, 'out/a.js'), { before: null, after: '' }]]);
    await expect(tree.put(outside)).rejects.toThrow('lies outside of');
  });

  it('leaves out and names what is too large of what git does not track', async () => {
    lay('.gitignore', 'dump/\nsettings/\n*.bin\n');
    commit();
    lay('settings/a.json', '{}\n');
    truncateSync(lay('dump/all.sql', ''), 400 * 1024 * 1024);
    truncateSync(lay('image.bin', ''), 400 * 1024 * 1024);
    const tree = await scratch();
    expect(tree.gaps).toEqual(['dump/', 'image.bin']);
    expect(existsSync(join(tree.cwd, 'settings/a.json'))).toBe(true);
    expect(existsSync(join(tree.cwd, 'dump'))).toBe(false);
  });

  it('is removed where making it is interrupted', async () => {
    lay('a.js', '1\n');
    commit();
    const interrupted = AbortSignal.abort(new Error('stopped'));
    await expect(makeScratchTree(folder, folder, interrupted)).rejects.toThrow('stopped');
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('removes the work tree of a process that was killed', async () => {
    lay('a.js', '1\n');
    commit();
    // No process has this number: it is above what any system gives.
    const left = join(mkdtempSync(join(tmpdir(), 'hasten-verify-999999999-')), 'project');
    git('worktree', 'add', '--quiet', '--detach', left);
    await scratch();
    expect(existsSync(dirname(left))).toBe(false);
    expect(git('worktree', 'list')).not.toContain(left);
  });
});

const run = (command: string, timeLimit = 60_000, signal?: AbortSignal) =>
  runCommand({ command, cwd: folder, timeLimit, signal });

describe('a command', () => {
  it('passes or fails by its exit code, with what it wrote to both outputs', async () => {
    expect(await run('echo fine')).toEqual({ passed: true, ending: 'exit code 0', output: 'fine' });
    expect(await run('echo out; printf "\\033[31mred\\033[0m" >&2; exit 3')).toEqual({
      passed: false,
      ending: 'exit code 3',
      output: 'out\nred',
    });
  });

  it('is stopped with everything that it started when it takes too long', async () => {
    const ran = await run(`sh -c 'echo $$ > inner; sleep 600' & sleep 600; wait`, 500);
    expect(ran).toMatchObject({ passed: false, ending: 'not done after 0.5 s' });
    const inner = Number(readFileSync(join(folder, 'inner'), 'utf8'));
    await expect.poll(() => isAlive(inner)).toBe(false);
  });

  it('leaves nothing running', async () => {
    expect((await run('sleep 600 & echo $! > left; true')).passed).toBe(true);
    const left = Number(readFileSync(join(folder, 'left'), 'utf8'));
    await expect.poll(() => isAlive(left)).toBe(false);
  });

  it('ends when it is interrupted', async () => {
    const controller = new AbortController();
    const running = run('touch begun; sleep 600', 60_000, controller.signal);
    await expect.poll(() => existsSync(join(folder, 'begun'))).toBe(true);
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });

  it('keeps the end of an output without end', async () => {
    const { output } = await run('yes | head -c 1000000; echo last');
    expect(output.length).toBeLessThan(200_000);
    expect(output.endsWith('last')).toBe(true);
  });
});

/** Whether a process runs; one that has ended and that nobody asked for its result does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/\) Z /.test(state);
  } catch {
    return false;
  }
}

describe('the telling line of an output', () => {
  it.each([
    [
      '# Error: a log\nok 1 - adds\n    not ok 2 - divides\n  ---\nnot ok 1 - sums\n# fail 1',
      'not ok 2 - divides',
    ],
    [
      '> app@1.0.0 test\n> vitest\n\n FAIL  a.test.ts > adds\nAssertionError: 2 is 3',
      'FAIL  a.test.ts > adds',
    ],
    ['starting\nTypeError: f is no function\n    at a.js:1\nnpm error code 1', 'TypeError: f is no function'],
    ["a.ts(1,2): error TS2304: Cannot find name 'b'.", "a.ts(1,2): error TS2304: Cannot find name 'b'."],
    ['one\ntwo\n\nnpm error Lifecycle script failed', 'two'],
    ['', ''],
  ])('of %j', (output, line) => {
    expect(tellingLine(output)).toBe(line);
  });
});
