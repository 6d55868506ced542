import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evictInstalled, keepInstalled, takeInstalled } from '../src/campaign/installed.ts';
import { locked } from '../src/run/journal/lock.ts';
import { COMMAND_LINE, packageRoot } from './command-line.ts';

const KIB = 1024;

let world = '';
let all = '';
beforeEach(() => {
  world = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-installed-')));
  all = join(world, 'installed');
});
afterEach(() => rmSync(world, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

const { signal } = new AbortController();

/** A work tree with packages of about so many KiB. */
function treeWith(name: string, size: number): string {
  const tree = join(world, 'trees', name);
  mkdirSync(join(tree, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(tree, 'sub', 'node_modules'), { recursive: true });
  writeFileSync(join(tree, 'node_modules', 'large.js'), name.padEnd(size * KIB));
  writeFileSync(join(tree, 'sub', 'node_modules', 'small.js'), name);
  const link = join(tree, 'node_modules', '.bin', 'large');
  if (!existsSync(link)) symlinkSync('../large.js', link);
  return tree;
}

const folderOf = (name: string): string => join(all, name);

/** Keeps an installation of that name, which was used last in the minute `used`. */
async function kept(name: string, size: number, used: number, most = Infinity): Promise<boolean> {
  mkdirSync(folderOf(name), { recursive: true });
  const folders = ['node_modules', 'sub/node_modules'];
  const isKept = await keepInstalled(folderOf(name), treeWith(name, size), folders, most);
  if (isKept) utimesSync(join(folderOf(name), 'used'), used * 60, used * 60);
  return isKept;
}

/** A module of campaigns, as it stands in an import. */
const from = (path: string): string => JSON.stringify(join(packageRoot, 'src', 'campaign', path));

/** The names of what is kept. */
const names = (): string[] => readdirSync(all).filter((name) => existsSync(join(all, name, 'packages')));

describe('what was installed', () => {
  it('is kept, and taken as it was', async () => {
    expect(await kept('a', 10, 1)).toBe(true);
    const tree = join(world, 'other');
    expect(await takeInstalled(folderOf('a'), tree)).toBe(true);
    expect(readFileSync(join(tree, 'node_modules', '.bin', 'large'), 'utf8').trim()).toBe('a');
    expect(readFileSync(join(tree, 'sub', 'node_modules', 'small.js'), 'utf8')).toBe('a');
    expect(readdirSync(tree)).toEqual(['node_modules', 'sub']);
    expect(await takeInstalled(folderOf('b'), tree)).toBe(false);
  });

  it('goes where it was not used for the longest time, until the rest has room', async () => {
    for (const [name, used] of Object.entries({ a: 3, b: 1, c: 4, d: 2 })) await kept(name, 100, used);
    await evictInstalled(all, 1000 * KIB, signal);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    await takeInstalled(folderOf('b'), join(world, 'other'));
    await evictInstalled(all, 300 * KIB, signal);
    expect(names()).toEqual(['b', 'c']);
    await evictInstalled(all, 0, signal);
    expect(names()).toEqual([]);
    expect(await takeInstalled(folderOf('b'), join(world, 'other'))).toBe(false);
    expect(await kept('b', 100, 1)).toBe(true);
  });

  it('is not kept where it takes more than all may', async () => {
    await kept('a', 10, 1);
    expect(await kept('b', 100, 2, 100 * KIB)).toBe(false);
    expect(names()).toEqual(['a']);
  });

  it('stays as long as somebody is at work with it', async () => {
    for (const name of ['a', 'b']) await kept(name, 100, 1);
    await locked(folderOf('a'), () => evictInstalled(all, 0, signal));
    expect(names()).toEqual(['a']);
  });

  it('is whole or not there at all, also where a process was killed', async () => {
    await kept('a', 10, 1);
    for (const left of ['b/packages.unfinished/node_modules', 'a/packages.removed/node_modules']) {
      mkdirSync(join(all, left), { recursive: true });
      writeFileSync(join(all, left, 'x.js'), 'x');
    }
    mkdirSync(join(all, 'c', 'packages'), { recursive: true });
    writeFileSync(join(all, 'c', 'packages', 'installed.json'), '{"fold');
    expect(await takeInstalled(folderOf('b'), join(world, 'other'))).toBe(false);
    expect(await takeInstalled(folderOf('c'), join(world, 'other'))).toBe(false);
    await evictInstalled(all, 1000 * KIB, signal);
    expect(readdirSync(folderOf('a')).toSorted()).toEqual(['packages', 'used']);
    expect(readdirSync(folderOf('b'))).toEqual([]);
    expect(await kept('c', 10, 1)).toBe(true);
    expect(await takeInstalled(folderOf('c'), join(world, 'other'))).toBe(true);
  });

  it(
    'is not torn apart by several processes that install, take and remove at once',
    { timeout: 120_000 },
    async () => {
      const most = 250 * KIB;
      const child = join(world, 'child.mts');
      writeFileSync(
        child,
        `import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { evictInstalled, keepInstalled, takeInstalled } from ${from('installed.ts')};
import { inTurn } from ${from('place.ts')};
const [world, own] = process.argv.slice(2);
const { signal } = new AbortController();
const all = join(world, 'installed');
let taken = 0;
for (let turn = 0; turn < 25; turn++) {
  const name = 'abcd'[(turn * 7 + Number(own)) % 4];
  const folder = join(all, name);
  const tree = join(world, 'taken-' + own);
  await inTurn(folder, signal, async () => {
    if (!(await takeInstalled(folder, tree))) return void (await keepInstalled(folder, join(world, 'trees', name), ['node_modules', 'sub/node_modules'], ${most}));
    taken++;
    const texts = ['node_modules/.bin/large', 'sub/node_modules/small.js'].map((path) => readFileSync(join(tree, path), 'utf8').trim());
    if (texts.join() !== name + ',' + name) throw new Error('torn: ' + texts.join());
  });
  await evictInstalled(all, ${most}, signal);
  rmSync(tree, { recursive: true, force: true });
}
process.send(taken);
process.disconnect();
`,
      );
      for (const name of 'abcd') treeWith(name, 100);
      const tsx = COMMAND_LINE.slice(0, 2);
      const ended = ['0', '1', '2'].map(async (own) => {
        const process = fork(child, [world, own], { execArgv: tsx, cwd: dirname(packageRoot) });
        let taken = 0;
        process.on('message', (count) => (taken = Number(count)));
        const [code] = (await once(process, 'close')) as [number | null];
        return { code, taken };
      });
      const told = await Promise.all(ended);
      expect(told.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(told.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(0);
      expect(names().length).toBeLessThanOrEqual(2);
    },
  );
});
