import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPackageFacts, type PackageFact } from '../src/facts/packages.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-packages-')));
  await mkdir(join(folder, '.git'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (files: Readonly<Record<string, string | object>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
  }
};
const readText = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;
const packageOf = (name: string): PackageFact =>
  createPackageFacts(join(folder, 'cwd'), readText)(join(folder, name));
const shown = (paths: readonly string[]): readonly string[] => paths.map((path) => relative(folder, path));

describe('the package of a file', () => {
  it('is the nearest one upwards, with what the workspace depends on', async () => {
    await put({
      'package.json': {
        name: 'root',
        type: 'module',
        workspaces: ['packages/*'],
        devDependencies: { vitest: '1' },
      },
      'packages/api/package.json': {
        name: 'api',
        dependencies: { express: '4' },
        optionalDependencies: { pino: '9' },
      },
    });
    const api = packageOf('packages/api/src/a.ts');
    expect(api).toMatchObject({ root: join(folder, 'packages/api'), name: 'api', isModule: false });
    expect([...api.dependencies].toSorted()).toEqual(['express', 'pino', 'vitest']);
    const root = packageOf('scripts/a.ts');
    expect(root).toMatchObject({ root: folder, name: 'root', isModule: true });
    expect([...root.dependencies]).toEqual(['vitest']);
  });

  it('is the folder of the run where there is none', () => {
    expect(packageOf('a.ts')).toMatchObject({
      root: join(folder, 'cwd'),
      name: undefined,
      isModule: false,
      binaries: [],
    });
  });

  it('is not looked for above the root of a work tree', async () => {
    await put({
      'package.json': { name: 'outside', dependencies: { a: '1' } },
      'inner/.git/HEAD': '',
      'inner/b.ts': '',
    });
    expect(packageOf('inner/b.ts')).toMatchObject({
      root: join(folder, 'cwd'),
      name: undefined,
      dependencies: new Set(),
    });
  });

  it.each([['{ "name": "a", '], ['[]'], ['null'], ['{ "dependencies": ["a"], "bin": 1, "name": {} }']])(
    'is there although its package.json is wrong: %s',
    async (text) => {
      await put({ 'package.json': text });
      expect(packageOf('src/a.ts')).toMatchObject({
        root: folder,
        name: undefined,
        isModule: false,
        dependencies: new Set(),
        binaries: [],
      });
    },
  );

  it('is not made by a package.json that only tells how its folder is loaded', async () => {
    await put({ 'package.json': { name: 'a' }, 'esm/package.json': { type: 'module' } });
    expect(packageOf('esm/a.js')).toMatchObject({ root: folder, name: 'a', isModule: true });
    expect(packageOf('a.js')).toMatchObject({ root: folder, name: 'a', isModule: false });
  });

  it('answers the same for two files', async () => {
    await put({ 'package.json': { name: 'a' } });
    const of = createPackageFacts(folder, readText);
    expect(of(join(folder, 'a.ts'))).toBe(of(join(folder, 'b/c.ts')));
  });
});

describe('the binaries of a package', () => {
  it.each([
    ['a text', { bin: './cli.js' }, ['cli.js']],
    ['a map', { bin: { a: 'cli.js', b: 'bin/other' } }, ['bin/other', 'bin/other.ts', 'cli.js']],
    ['build output', { bin: { a: './dist/main.js' } }, ['dist/main.js', 'src/main.ts']],
    ['a folder', { directories: { bin: './bin' } }, ['bin/other.ts', 'bin/third.js']],
    ['nothing', {}, []],
  ])('are read from %s', async (_, manifest, expected) => {
    await put({
      'package.json': { name: 'a', ...manifest },
      'cli.js': '',
      'bin/other.ts': '',
      'bin/third.js': '',
      'src/main.ts': '',
    });
    expect(shown(packageOf('a.ts').binaries)).toEqual(expected);
  });
});

describe('the files of a package', () => {
  it('are its sources, without those of others and without output', async () => {
    await put({
      'package.json': { name: 'a' },
      'src/b.ts': '',
      'src/a.mjs': '',
      'src/types.d.ts': '',
      'src/style.css': '',
      'index.cjs': '',
      'public/lib.min.js': '',
      'dist/a.js': '',
      'node_modules/x/a.js': '',
      '.cache/a.js': '',
      'nested/package.json': { name: 'b' },
      'nested/a.ts': '',
      'esm/package.json': { type: 'module' },
      'esm/c.js': '',
    });
    expect(shown(packageOf('src/b.ts').files())).toEqual(['esm/c.js', 'index.cjs', 'src/a.mjs', 'src/b.ts']);
    expect(await readFile(join(folder, 'src/b.ts'), 'utf8')).toBe('');
  });
});
