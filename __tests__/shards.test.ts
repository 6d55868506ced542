import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assert, integer, property, record, stringMatching, uniqueArray } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  check,
  defineTransform,
  fails,
  holds,
  merge,
  MergeError,
  plan,
  report,
  shard,
  UsageError,
  type MergeRequest,
  type SearchRequest,
} from '../src/index.ts';
import { split } from '../src/run/shards/split.ts';
import { hastenIn } from './command-line.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "whole", "private": true, "type": "module", "dependencies": { "express": "^5.1.0", "pino": "^9.0.0" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "noEmit": true } }\n',
  'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
  // Two cones that reach the same functions over files: which edits of `main` they share is decided by the composition of all.
  'src/first.ts':
    "import { readFileSync } from 'node:fs';\nexport function first(name: string): string {\n  return readFileSync(name, 'utf8');\n}\n",
  'src/second.ts':
    "import { readFileSync } from 'node:fs';\nexport function second(name: string): string {\n  return readFileSync(name + '.2', 'utf8');\n}\n",
  'src/main.ts':
    "import express from 'express';\nimport { first } from './first.js';\nimport { second } from './second.js';\n\nfunction both(name: string): string {\n  return first(name) + second(name);\n}\n\nconst app = express();\napp.get('/:name', (request, response) => {\n  response.send(both(request.params.name));\n});\napp.listen(3000);\n",
  'src/awaits.ts':
    "export async function load(urls: string[]): Promise<string[]> {\n  const texts: string[] = [];\n  for (const url of urls) {\n    const answer = await fetch(url);\n    console.log('got', url);\n    texts.push(await answer.text());\n  }\n  const one = await fetch('https://example.com/1');\n  const two = await fetch('https://example.com/2');\n  return [...texts, await one.text(), await two.text()];\n}\n",
  'src/ignored.ts':
    "export function tell(): void {\n  // hasten-ignore console-to-logger: people read this\n  console.log('told');\n  console.warn('warned');\n}\n\n// hasten-ignore sync-to-async: nothing needs this\nexport const nothing = 0;\n",
  'src/broken.ts': "console.log('never parsed'\n",
  'src/renamed.ts': 'export const oldName = oldName2;\ndeclare const oldName2: number;\n',
  'src/again.ts': "import { oldName } from './renamed.js';\nexport const again = () => oldName;\n",
  'packages/a/package.json': '{ "name": "a", "private": true, "dependencies": { "pino": "^9.0.0" } }\n',
  'packages/a/log.ts':
    "export const log = (value: unknown) => {\n  console.log(value);\n  console.error('error', value);\n};\n",
  'packages/a/more.ts':
    "import { log } from './log.js';\nexport const more = () => {\n  log(1);\n  console.info('more');\n};\n",
  'packages/b/package.json': '{ "name": "b", "private": true }\n',
  'packages/b/log.ts': "export const log = () => console.debug('no logger here');\n",
};

/** Looks at all files at once, as no built-in transform does, and says something of each that depends on the others. */
const renaming = defineTransform({
  id: 'old-to-new',
  summary: 'Rename what is called old.',
  prefilter: /\bold[A-Z]/,
  *inspectProject({ files }) {
    const all = [...files];
    // Not in the order of the files.
    for (const file of all.toReversed())
      for (const { node } of file.find('Identifier', { name: 'oldName' }))
        yield {
          file: file.path,
          at: node,
          title: `oldName → newName, in ${all.length} files`,
          evidence: [all.length > 1 ? holds('it is renamed everywhere') : fails('it is used nowhere else')],
          edits: [file.replace(node, 'newName')],
        };
  },
});

let folder = '';
let original = '';
beforeAll(() => {
  original = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-shards-')));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(original, name)), { recursive: true });
    writeFileSync(join(original, name), text);
  }
});
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-shard-')));
  cpSync(original, folder, { recursive: true });
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

const asked = (): SearchRequest => ({ cwd: folder, cache: false, level: 'review' });

/** All shards, each as it comes out of a file. */
async function shards(of: number, request: SearchRequest = asked()): Promise<object[]> {
  const all: object[] = [];
  for (let index = 1; index <= of; index++) {
    const { json } = await shard({ ...request, shard: { index, of } });
    all.push(JSON.parse(JSON.stringify(json)) as object);
  }
  return all;
}

async function textOf(
  about: Parameters<typeof report>[0],
  format: Parameters<typeof report>[1],
): Promise<string> {
  let text = '';
  for await (const piece of report(about, format)) text += piece;
  return text;
}

const merged = (parts: readonly (object | string)[], more: Partial<MergeRequest> = {}) =>
  merge({ cwd: folder, shards: parts, ...more });

describe('all shards together', () => {
  it.each([1, 4, 16])('give what the whole gives, byte for byte: %i of them', async (of) => {
    const expected = await check(asked());
    const actual = await merged(await shards(of));
    for (const format of ['json', 'patch', 'sarif', 'text'] as const)
      expect(await textOf(actual, format)).toBe(await textOf(expected, format));
    // Something is at stake: more than one pass, something ignored, a failure, and two cones that share functions of another file.
    expect(actual.passes).toBeGreaterThan(1);
    expect(actual.findings.some(({ ignored }) => ignored !== undefined)).toBe(true);
    expect(actual.failures.map(({ path }) => path)).toEqual([join(folder, 'src', 'broken.ts')]);
    expect(actual.warnings.map(({ kind }) => kind)).toEqual(['unused']);
    expect(actual.findings.some(({ edits }) => new Set(edits.map(({ file }) => file)).size > 1)).toBe(true);
    expect(actual.steps).toEqual(expected.steps);
  });

  it('give what the whole gives where a transform looks at all files', async () => {
    const request = { ...asked(), transforms: [renaming, 'console-to-logger'] };
    const expected = await check(request);
    expect(expected.findings.filter(({ transform }) => transform === 'old-to-new').length).toBeGreaterThan(2);
    const actual = await merged(await shards(3, request), { transforms: [renaming] });
    expect(await textOf(actual, 'json')).toBe(await textOf(expected, 'json'));
    expect(actual.steps).toEqual(expected.steps);
  });

  it('give what the whole gives without types', async () => {
    const request = { ...asked(), types: false };
    const expected = await check(request);
    expect(await textOf(await merged(await shards(4, request)), 'json')).toBe(await textOf(expected, 'json'));
  });

  it('can be judged by another level than they were asked for', async () => {
    const parts = await shards(2);
    const expected = await plan({ ...asked(), level: 'safe' });
    const { changes } = await merged(parts, { level: 'safe' });
    expect(changes).toEqual(expected.changes);
  });

  it('look at each file once, and each at something', async () => {
    const looked = (await shards(4)).map((one) => (one as { readonly looked: readonly string[] }).looked);
    expect(looked.every((own) => own.length > 0)).toBe(true);
    const all = looked.flat();
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('what is refused', () => {
  let parts: readonly object[] = [];
  beforeEach(async () => {
    parts = await shards(3);
  });

  const [first, second, third] = [0, 1, 2];
  const other = (at: number, by: object): object[] =>
    parts.map((one, index) => (index === at ? { ...one, ...by } : one));

  it.each([
    ['a missing shard', () => [parts[first], parts[third]], 'Of 3 shards this one is missing: 2.'],
    ['one that is there twice', () => [...parts, parts[second]], 'are both shard 2 of 3'],
    [
      'one of another version',
      () => other(second, { hasten: '0.0.0' }),
      'are of different versions of hasten',
    ],
    [
      'one of another number',
      () => other(second, { shard: { index: 2, of: 4 } }),
      'are not parts of as many',
    ],
    [
      'one of other options',
      () => other(third, { asks: 'other' }),
      'have different configurations or options',
    ],
    ['one of another commit', () => other(third, { files: 'other' }), 'saw different files'],
  ])('%s', async (_name, given, message) => {
    const shardsGiven = given().filter((one) => one !== undefined);
    await expect(merged(shardsGiven)).rejects.toThrow(MergeError);
    await expect(merged(shardsGiven)).rejects.toThrow(message);
  });

  it('other files than those that the shards saw', async () => {
    writeFileSync(join(folder, 'src', 'main.ts'), '// other\n');
    await expect(merged(parts)).rejects.toThrow('The files are others here than where the shards ran');
  });

  it('another version of what was read besides', async () => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "other" }\n');
    await expect(merged(parts)).rejects.toThrow(
      /^package\.json is another one here than where the shard at \d/,
    );
  });

  it('another configuration', async () => {
    writeFileSync(join(folder, 'hasten.config.json'), '{ "exclude": ["src/again.ts"] }\n');
    await expect(merged(parts)).rejects.toThrow('The configuration or the options');
  });

  it('another folder', async () => {
    await expect(merged(parts, { cwd: join(folder, 'src') })).rejects.toThrow(UsageError);
  });

  it.each([
    ['{', 'this is no shard: it ends too early'],
    ['{"version":1,"files":{}}', 'this is no shard: it is not what --shard prints'],
    ['[]', 'this is no shard'],
  ])('a file with %s', async (text, message) => {
    const path = join(folder, 'shard.txt');
    writeFileSync(path, text);
    await expect(merged([path])).rejects.toThrow(UsageError);
    await expect(merged([path])).rejects.toThrow(message);
  });

  it('a path that leads out of the project', async () => {
    const looked = (parts[first] as { readonly looked: readonly string[] }).looked;
    await expect(merged(other(first, { looked: ['../../etc/passwd', ...looked] }))).rejects.toThrow(
      'a path inside of the root',
    );
  });
});

describe('on the command line', () => {
  it('prints a shard, and merges shards into a report, a patch and a plan', async () => {
    const names: string[] = [];
    for (const index of [1, 2]) {
      const words = ['run', '--dry-run', '--level', 'review', '--shard', `${index}/2`, '--format', 'json'];
      const { code, stdout, stderr } = await hastenIn(folder, words);
      expect(stderr).toMatch(new RegExp(`^Shard ${index} of 2: \\d+ findings? in \\d+ of 12 files\\.$`, 'm'));
      expect(code).toBe(stderr.includes('broken.ts') ? 2 : 0);
      names.push(`shard-${index}.txt`);
      writeFileSync(join(folder, `shard-${index}.txt`), stdout);
    }
    const whole = await hastenIn(folder, ['run', '--dry-run', '--level', 'review', '--format', 'patch']);
    const words = [
      'merge',
      ...names,
      '--format',
      'patch',
      '--plan',
      'plan.json',
      '--report',
      'sarif=out.sarif',
    ];
    const made = await hastenIn(folder, words);
    expect(made.stdout).toBe(whole.stdout);
    expect(made.code).toBe(2);
    expect(made.stderr).toContain('broken.ts');
    expect(readFileSync(join(folder, 'out.sarif'), 'utf8')).toContain('"console-to-logger"');
    const applied = await hastenIn(folder, ['apply', 'plan.json', '--dry-run', '--format', 'patch']);
    expect(applied.stdout).toBe(whole.stdout);
  });

  it.each([
    [['check', '--shard', '0/4', '--format', 'json'], 'write it as 3/16'],
    [['check', '--shard', '5/4', '--format', 'json'], 'write it as 3/16'],
    [['check', '--shard', '1/4'], 'say --format json'],
    [
      ['check', '--shard', '1/4', '--format', 'json', '--fail-on', 'report'],
      '--fail-on goes with hasten merge',
    ],
    [['check', '--shard', '1/4', '--format', 'json', '--report', 'sarif=x.sarif'], '--report goes with'],
    [['run', '--shard', '1/4', '--format', 'json'], '--shard goes with --dry-run'],
    [['merge'], 'The shards are missing'],
    [['merge', 'nowhere.json'], 'cannot be read'],
  ])('%j is bad usage', async (words, message) => {
    const { code, stdout, stderr } = await hastenIn(folder, words);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(message);
  });
});

describe('the split', () => {
  const weighed = uniqueArray(
    record({
      path: stringMatching(/^\/r\/[a-c]\/[a-z]{1,6}\.ts$/),
      weight: integer({ min: 1, max: 1000 }),
    }),
    { selector: ({ path }) => path, maxLength: 200 },
  );

  it('gives each file to one shard, whatever the order, and none much more than its share', () => {
    assert(
      property(weighed, integer({ min: 1, max: 20 }), (files, of) => {
        const shardOf = split(files, of, '/r');
        expect(new Set(shardOf.keys())).toEqual(new Set(files.map(({ path }) => path)));
        expect(split(files.toReversed(), of, '/r')).toEqual(shardOf);
        const loads = Array.from({ length: of }, () => 0);
        for (const { path, weight } of files) {
          const at = shardOf.get(path) ?? -1;
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThan(of);
          loads[at] = (loads[at] ?? 0) + weight;
        }
        const total = files.reduce((sum, { weight }) => sum + weight, 0);
        const heaviest = Math.max(0, ...files.map(({ weight }) => weight));
        expect(Math.max(...loads)).toBeLessThanOrEqual((1.1 * total) / of + heaviest);
      }),
    );
  });

  it('keeps the files of a package together where they fit', () => {
    const packages = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const name of packages) {
      mkdirSync(join(folder, 'many', name), { recursive: true });
      writeFileSync(join(folder, 'many', name, 'package.json'), '{}');
    }
    const files = packages.flatMap((name) =>
      [1, 2, 3, 4, 5].map((at) => ({ path: join(folder, 'many', name, `${at}.ts`), weight: 10 })),
    );
    const shardOf = split(files, 4, folder);
    for (const name of packages)
      expect(
        new Set([1, 2, 3, 4, 5].map((at) => shardOf.get(join(folder, 'many', name, `${at}.ts`)))).size,
      ).toBe(1);
  });

  it('leaves most files where they were when one is added', () => {
    const files = Array.from({ length: 1000 }, (_, at) => ({ path: `/r/${at}.ts`, weight: 100 + (at % 7) }));
    const before = split(files, 8, '/r');
    const after = split([...files, { path: '/r/new.ts', weight: 103 }], 8, '/r');
    const moved = files.filter(({ path }) => before.get(path) !== after.get(path));
    expect(moved.length).toBeLessThan(100);
  });
});
