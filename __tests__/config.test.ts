import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseTransforms, type Choice } from '../src/api/choose.ts';
import { JsonError, parseLocatedJson } from '../src/api/json.ts';
import { loadConfig } from '../src/api/load-config.ts';
import { editDistance, nearest } from '../src/api/suggest.ts';
import type { Transform } from '../src/transform.ts';

/** A built-in transform as the catalog has it. */
function made(id: string, sets: readonly string[], defaults: Transform['defaults']): Transform {
  const options = defaults === undefined ? {} : { defaults };
  return { id, sets, summary: `Do ${id}.`, prefilter: /a/, ...options, inspect: () => [] };
}

vi.mock('../src/run/catalog.ts', () => {
  const all = [
    made('console-to-logger', ['logging'], { logger: 'pino', depth: 2, strict: true, names: ['log'] }),
    made('sync-to-async', ['async', 'files'], { depth: 1 }),
    made('await-in-loop', ['async'], undefined),
  ];
  return {
    CATALOG: Object.fromEntries(all.map((one) => [one.id, () => Promise.resolve({ default: one })])),
    builtIn: (id: string) => Promise.resolve(all.find((one) => one.id === id)),
    allBuiltIn: () => Promise.resolve(all),
  };
});

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-config-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const messageOf = async (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => 'nothing was thrown',
    (error: Error) => `${error.name}: ${error.message}`,
  );

async function choose(choice: Partial<Choice>) {
  const config = await loadConfig(folder);
  return chooseTransforms({ cwd: folder, transforms: [], sets: [], options: [], config, ...choice });
}

const idsOf = async (choice: Partial<Choice>): Promise<string[]> =>
  (await choose(choice)).map(({ transform }) => transform.id);

describe('the configuration file', () => {
  it.each([
    [
      'hasten.config.ts',
      `import { defineConfig } from 'hasten';\nconst level: string = 'review';\nexport default defineConfig({ level });`,
    ],
    ['hasten.config.js', `module.exports = { level: 'review' };`],
    ['hasten.config.mjs', `export default { level: 'review' };`],
    ['hasten.config.cjs', `exports.level = 'review';`],
    ['hasten.config.json', `\uFEFF{ "level": "review" }`],
  ])('%s is found upwards', async (name, text) => {
    const path = lay(name, text);
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    const loaded = await loadConfig(join(folder, 'a', 'b'));
    expect(loaded?.path).toBe(path);
    expect(loaded?.config.level).toBe('review');
  });

  it('can be named, and is then the only one', async () => {
    lay('hasten.config.json', '{ "level": "safe" }');
    lay('other.json', '{ "level": "review" }');
    expect((await loadConfig(folder, 'other.json'))?.config.level).toBe('review');
    expect(await messageOf(loadConfig(folder, 'none.json'))).toBe(
      `UsageError: The configuration ${join(folder, 'none.json')} does not exist.`,
    );
  });

  it('may be missing', async () => {
    expect(await loadConfig(folder)).toBeUndefined();
  });

  it('must be the only one in its folder', async () => {
    lay('hasten.config.json', '{}');
    lay('hasten.config.js', '');
    expect(await messageOf(loadConfig(folder))).toContain(
      'has hasten.config.js and hasten.config.json. Keep one',
    );
  });

  it.each([
    ['{\n  "sets": ["async"],\n  "levle": "safe"\n}', ':3: `levle` is not known. Did you mean `level`?'],
    ['{\n  "qqqqqqqqqq": 1 }', ':2: `qqqqqqqqqq` is not known. There is: `transforms`, `sets`,'],
    [
      '{\n\n"level": "reviw" }',
      ':3: `level` must be one of "safe", "review", not "reviw". Did you mean "review"?',
    ],
    ['{ "include": "src" }', ':1: `include` must be a list of strings, not "src".'],
    ['{ "fileTimeLimit": 0 }', ':1: `fileTimeLimit` must be a number of milliseconds above 0, not 0.'],
    ['{ "timeLimit": "1m" }', ':1: `timeLimit` must be a number of seconds above 0, not "1m".'],
    ['{ "memoryLimit": -1 }', ':1: `memoryLimit` must be a number of MiB above 0, not -1.'],
    ['{ "format": "yes" }', ':1: `format` must be true or false, not "yes".'],
    [
      '{\n"transforms": {\n"console-to-logger": 1 } }',
      ':3: `transforms.console-to-logger` must be true, false or an object',
    ],
    ['[]', ':1: expected an object as the configuration and found [].'],
    ['{\n"level": "safe",\n}', ':3: expected a key in double quotes and found }.'],
    ['{\n"level": \'safe\'\n}', ":2: expected a value and found 'safe'."],
    ['{\n"level":\n', ':3: it ends too early.'],
    ['{ "level": "safe",\n"level": "review" }', ':2: "level" is there twice.'],
  ])('%j is refused', async (text, message) => {
    const path = lay('hasten.config.json', text);
    expect(await messageOf(loadConfig(folder))).toContain(`UsageError: ${path}${message}`);
  });

  it.each([
    ['export default { levle: 1 };', ': `levle` is not known. Did you mean `level`?'],
    ['export default () => ({});', ': expected an object as the configuration and found a function.'],
    ['export default {', ':1 cannot be loaded: '],
    ['throw new Error("no database");', ':1 cannot be loaded: no database'],
  ])('%j in TypeScript is refused', async (text, message) => {
    const path = lay('hasten.config.ts', text);
    expect(await messageOf(loadConfig(folder))).toContain(`UsageError: ${path}${message}`);
  });
});

describe('JSON with lines', () => {
  it.each([
    '{"a":[1,-2.5e3,{"b":null}],"c":"\\u00e9\\"\\\\","d":{},"e":[],"f":true}',
    ' 1 ',
    '"a"',
    '[[],[{}]]',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseLocatedJson(text).value).toEqual(JSON.parse(text));
  });

  it.each(['', '{', '[1,]', '{"a" 1}', '01', '1 2', '{"a":tru}', '"a', '[1 2]', '1e', '"\n"', ',', '"\\x"'])(
    'refuses %j as JSON.parse does',
    (text) => {
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
      expect(() => parseLocatedJson(text)).toThrow(JsonError);
    },
  );

  it('keeps a key named __proto__ a key', () => {
    expect(Object.keys(parseLocatedJson('{"__proto__": 1}').value as object)).toEqual(['__proto__']);
  });

  it('tells the line of a key, of a list element and of the nearest known above', () => {
    const { lineOf } = parseLocatedJson('{\n"a": {\n"b": [\n1,\n2] }\n}');
    expect([['a'], ['a', 'b'], ['a', 'b', '1'], ['a', 'x'], ['x']].map(lineOf)).toEqual([2, 3, 5, 2, 1]);
  });
});

describe('names that were mistyped', () => {
  it('are as far from another as the letters to change', () => {
    expect([editDistance('kitten', 'sitting'), editDistance('ab', 'ba'), editDistance('', 'abc')]).toEqual([
      3, 1, 3,
    ]);
  });

  it('get the nearest known name, or none that is far', () => {
    expect(nearest('consle-to-loger', ['console-to-logger', 'sync-to-async'])).toBe('console-to-logger');
    expect(nearest('something-else', ['console-to-logger', 'level'])).toBeUndefined();
  });
});

describe('the choice of transforms', () => {
  it('is all that are built in where nothing is said', async () => {
    expect(await idsOf({})).toEqual(['await-in-loop', 'console-to-logger', 'sync-to-async']);
  });

  it('takes ids with commas and sets, each once', async () => {
    expect(await idsOf({ transforms: ['sync-to-async, console-to-logger'], sets: ['async'] })).toEqual([
      'sync-to-async',
      'console-to-logger',
      'await-in-loop',
    ]);
  });

  it('is that of the configuration where nothing is typed', async () => {
    lay('hasten.config.json', '{ "transforms": { "console-to-logger": { "depth": 5 } }, "sets": ["files"] }');
    const found = await choose({});
    expect(found.map(({ transform }) => transform.id)).toEqual(['console-to-logger', 'sync-to-async']);
    expect(found[0]?.options).toEqual({ logger: 'pino', depth: 5, strict: true, names: ['log'] });
  });

  it('leaves out what the configuration leaves out', async () => {
    lay('hasten.config.json', '{ "transforms": { "console-to-logger": false } }');
    expect(await idsOf({})).toEqual(['await-in-loop', 'sync-to-async']);
    expect(await idsOf({ transforms: ['console-to-logger'] })).toEqual(['console-to-logger']);
  });

  it('puts what was typed above the configuration, and that above the defaults', async () => {
    lay(
      'hasten.config.json',
      '{ "transforms": { "console-to-logger": { "depth": 5, "logger": "bunyan" } } }',
    );
    const options = ['depth=7', 'console-to-logger.names=a, b', 'strict=false'];
    const [found] = await choose({ options });
    expect(found?.options).toEqual({ logger: 'bunyan', depth: 7, strict: false, names: ['a', 'b'] });
  });

  it('gives an option without an id to all that have it', async () => {
    const found = await choose({ options: ['depth=9', 'sync-to-async.depth=3', 'logger=a=b'] });
    expect(found.map(({ options }) => options.depth)).toEqual([undefined, 9, 3]);
    expect(found[1]?.options.logger).toBe('a=b');
  });

  it.each([
    [
      { transforms: ['consle-to-logger'] },
      '--transform consle-to-logger: `consle-to-logger` is neither a built-in transform nor a package installed here. Did you mean `console-to-logger`?',
    ],
    [{ transforms: ['./none.js'] }, 'none.js does not exist.'],
    [{ sets: ['asnyc'] }, '--set asnyc: there is no set `asnyc`. Did you mean `async`?'],
    [{ options: ['dept=1'] }, 'have no option `dept`. Did you mean `depth`?'],
    [
      { options: ['console-to-loger.depth=1'] },
      '`console-to-loger` is not among the transforms of this run. Did you mean `console-to-logger`?',
    ],
    [{ options: ['depth'] }, '--option depth: write it as key=value or transform.key=value.'],
    [{ options: ['depth=deep'] }, '--option depth=deep: `depth` of `console-to-logger` must be a number.'],
    [
      { options: ['strict=yes'] },
      '--option strict=yes: `strict` of `console-to-logger` must be true or false.',
    ],
  ])('refuses %j', async (choice, message) => {
    expect(await messageOf(choose(choice))).toContain(message);
  });

  it.each([
    [
      '{\n"transforms": {\n"console-to-loger": true } }',
      ':3: `console-to-loger` is neither a built-in transform',
    ],
    [
      '{\n"transforms": { "console-to-loger": false } }',
      ':2: `console-to-loger` is neither a built-in transform',
    ],
    ['{ "sets": [\n"async",\n"logs"] }', ':3: there is no set `logs`.'],
    [
      '{ "transforms": { "console-to-logger": {\n"loger": "a" } } }',
      ':2: `console-to-logger` has no option `loger`. Did you mean `logger`?',
    ],
    [
      '{ "transforms": { "console-to-logger": {\n\n"depth": "2" } } }',
      ':3: `depth` of `console-to-logger` must be a number, not "2".',
    ],
    [
      '{ "transforms": { "console-to-logger": { "names": [1] } } }',
      ':1: `names` of `console-to-logger` must be a list of strings, not [1].',
    ],
  ])('refuses the configuration %j', async (text, message) => {
    const path = lay('hasten.config.json', text);
    expect(await messageOf(choose({}))).toContain(path + message);
  });
});

describe('a codemod of others', () => {
  const codemod = 'module.exports = (file) => file.source;';

  it('is loaded from a path or a package, and takes any option', async () => {
    lay('mods/theirs.js', codemod);
    lay('node_modules/their-codemod/package.json', '{ "name": "their-codemod", "main": "main.js" }');
    lay('node_modules/their-codemod/main.js', codemod);
    const found = await choose({
      transforms: ['./mods/theirs.js', 'their-codemod'],
      options: ['deep=true', 'their-codemod.count=3', 'their-codemod.name=a b'],
    });
    expect(found.map(({ transform, options }) => [transform.id, options])).toEqual([
      ['theirs', { deep: true }],
      ['their-codemod', { deep: true, count: 3, name: 'a b' }],
    ]);
  });

  it('is loaded from the folder of the configuration', async () => {
    lay('mods/theirs.js', codemod);
    lay('hasten.config.json', '{ "transforms": { "./mods/theirs.js": { "deep": 1 } } }');
    mkdirSync(join(folder, 'src'));
    const config = await loadConfig(join(folder, 'src'));
    const [found] = await choose({ cwd: join(folder, 'src'), config });
    expect(found?.options).toEqual({ deep: 1 });
  });

  it('may be one made with defineTransform, whose options are checked', async () => {
    lay(
      'mine.ts',
      `import { defineTransform } from 'hasten';
export default defineTransform<{ size: number }>({
  id: 'my-own', summary: 'Do mine.', prefilter: /a/, defaults: { size: 1 }, optionHelp: { size: 'How much.' },
  inspect: () => [],
});`,
    );
    const [found] = await choose({ transforms: ['./mine.ts'], options: ['my-own.size=2'] });
    expect(found?.transform.id).toBe('my-own');
    expect(found?.options).toEqual({ size: 2 });
    expect(await messageOf(choose({ transforms: ['./mine.ts'], options: ['sise=2'] }))).toContain(
      'Did you mean `size`?',
    );
  });

  it('must export something to call', async () => {
    lay('empty.js', 'module.exports = { a: 1 };');
    expect(await messageOf(choose({ transforms: ['./empty.js'] }))).toContain(
      '--transform ./empty.js: ./empty.js exports',
    );
  });

  it('that throws while it is loaded says so', async () => {
    lay('broken.js', 'throw new Error("not today");');
    expect(await messageOf(choose({ transforms: ['./broken.js'] }))).toContain(
      'broken.js:1 cannot be loaded: not today',
    );
  });
});
