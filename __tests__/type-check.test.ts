import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holds } from '../src/evidence.ts';
import { typeChecksOf } from '../src/facts/type-check.ts';
import { plan } from '../src/run/plan.ts';
import type { Transform } from '../src/transform.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'types-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};

const CONFIG =
  '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "esnext", "types": [] }, "include": ["src"] }';

const at = (name: string): string => join(folder, name);

/** What is told with some files changed: `src/b.ts:1 TS2322`. */
function told(texts: Readonly<Record<string, string>>): readonly string[] {
  const changed = new Map(Object.entries(texts).map(([name, text]) => [join(folder, name), text]));
  const found = [...typeChecksOf(changed.keys()).each()].flatMap((check) => check.newIn(changed));
  return found.map(
    ({ path, line, message }) => `${path.slice(folder.length + 1)}:${line} ${message.split(':')[0] ?? ''}`,
  );
}

const LOAD = 'export const load = (name: string): string => name;\n';
const ASYNC = 'export const load = async (name: string): Promise<string> => name;\n';

/** A class that no declaration file can declare. */
const hiding = (size: string): string => `export const load = () => class { private hidden = 1; ${size} };\n`;

describe('a type check', () => {
  it('tells what is new in a changed file, and in those that depend on its declarations', () => {
    put({
      'tsconfig.json': CONFIG,
      'src/load.ts': LOAD,
      'src/between.ts': "export { load as read } from './load.js';\n",
      'src/use.ts':
        "import { read } from './between.js';\nexport const size = (): number => read('a').length;\n",
      'src/inferred.ts': "import { load } from './load.js';\nexport const text = () => load('a');\n",
      'src/far.ts': "import { text } from './inferred.js';\nexport const upper = text().toUpperCase();\n",
      'src/other.ts': 'export const one = 1;\n',
    });
    expect(told({ 'src/load.ts': ASYNC }).toSorted()).toEqual(['src/far.ts:2 TS2339', 'src/use.ts:2 TS2339']);
    expect(told({ 'src/load.ts': LOAD.replace('=> name', '=> `${name}`') })).toEqual([]);
    expect(told({ 'src/other.ts': 'export const one: string = 1;\n' })).toEqual(['src/other.ts:1 TS2322']);
  });

  it('looks at files whose declarations come by any way from a changed one', () => {
    put({
      'tsconfig.json': CONFIG,
      'src/load.ts': 'export class Loader {\n  load(name: string) {\n    return name;\n  }\n}\n',
      'src/all.ts': "export * from './load.js';\n",
      'src/made.ts':
        "import { Loader } from './all.js';\nexport const make = () => ({ loader: new Loader() });\n",
      'src/use.ts': "import { make } from './made.js';\nmake().loader.load('a').length;\n",
      'src/global.ts': 'declare global {\n  var found: string;\n}\nexport {};\n',
      'src/reader.ts': "import './global.js';\nfound.length;\n",
    });
    const loader = 'export class Loader {\n  async load(name: string) {\n    return name;\n  }\n}\n';
    expect(told({ 'src/load.ts': loader })).toEqual(['src/use.ts:2 TS2339']);
    const global = 'declare global {\n  var found: number;\n}\nexport {};\n';
    expect(told({ 'src/global.ts': global })).toEqual(['src/reader.ts:2 TS2339']);
  });

  it('looks at those that import a file whose declarations cannot be told', () => {
    put({
      'tsconfig.json': CONFIG.replace('"types"', '"declaration": true, "types"'),
      'src/load.ts': hiding('size() {}'),
      'src/use.ts': "import { load } from './load.js';\nnew (load())().size();\n",
    });
    expect(told({ 'src/load.ts': hiding('size() { }') })).toEqual([]);
    expect(told({ 'src/load.ts': hiding('') })).toEqual(['src/use.ts:2 TS2339']);
  });

  it('does not tell again what was told before, wherever it stands now', () => {
    put({ 'tsconfig.json': CONFIG, 'src/a.ts': 'const a: string = 1;\nexport const b = a;\n' });
    expect(told({ 'src/a.ts': '\n\nconst a: string = 1;\nexport const b = a;\n' })).toEqual([]);
    expect(
      told({ 'src/a.ts': 'const a: string = 1;\nconst c: string = 1;\nexport const b = a + c;\n' }),
    ).toEqual(['src/a.ts:2 TS2322']);
  });

  it('goes by the tsconfig.json that includes a file, also through one that only refers to others', () => {
    put({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': CONFIG,
      'src/a.ts': LOAD,
      'scripts/b.ts': LOAD,
    });
    expect(told({ 'src/a.ts': 'export const load: string = 1;\n' })).toEqual(['src/a.ts:1 TS2322']);
    expect(told({ 'scripts/b.ts': 'export const load: string = 1;\n' })).toEqual([]);
  });

  it('checks JavaScript where the project does', () => {
    const typed = '/** @type {string} */\nexport const a = 1;\n';
    put({ 'tsconfig.json': CONFIG.replace('"strict"', '"allowJs": true, "strict"'), 'src/a.js': '' });
    expect(told({ 'src/a.js': typed })).toEqual([]);
    put({ 'tsconfig.json': CONFIG.replace('"strict"', '"allowJs": true, "checkJs": true, "strict"') });
    expect(told({ 'src/a.js': typed })).toEqual(['src/a.js:2 TS2322']);
  });

  it('does not ask for types of Node that are not installed', () => {
    put({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': CONFIG,
      'src/a.ts':
        "import { readFileSync } from 'node:fs';\nexport const a: string = readFileSync('a', 'utf8');\n",
    });
    const text =
      "import { readFile } from 'node:fs/promises';\nexport const a: string = await readFile('a', 'utf8');\n";
    expect(told({ 'src/a.ts': text })).toEqual([]);
  });

  it('leaves it to the end of a run to take away imports without use', () => {
    put({
      'tsconfig.json': CONFIG.replace('"strict"', '"noUnusedLocals": true, "strict"'),
      'src/load.ts': LOAD,
      'src/use.ts': "import { load } from './load.js';\nexport const a = load('a');\n",
    });
    expect(told({ 'src/use.ts': "import { load } from './load.js';\nexport const a = 'a';\n" })).toEqual([]);
    expect(
      told({ 'src/use.ts': "import { load } from './load.js';\nexport const a: number = 'a';\n" }),
    ).toEqual(['src/use.ts:2 TS2322']);
  });

  it('takes what is accepted for the files as they are', () => {
    put({ 'tsconfig.json': CONFIG, 'src/load.ts': LOAD, 'src/use.ts': '' });
    const checks = typeChecksOf([at('src/load.ts'), at('src/use.ts')]);
    for (const check of checks.each()) {
      expect(check.path).toBe(at('tsconfig.json'));
      expect(check.newIn(new Map([[at('src/load.ts'), ASYNC]]))).toEqual([]);
      check.accept(new Map([[at('src/load.ts'), ASYNC]]));
      const use = "import { load } from './load.js';\nexport const size: number = load('a').length;\n";
      expect(check.newIn(new Map([[at('src/use.ts'), use]]))).toHaveLength(1);
    }
    expect(checks.gaps).toEqual([]);
  });

  it('says what it cannot read', () => {
    put({ 'tsconfig.json': '{ "extends": "./none.json", "include": ["src"] }', 'src/a.ts': LOAD });
    expect(told({ 'src/a.ts': 'export const load: string = 1;\n' })).toEqual(['src/a.ts:1 TS2322']);
  });
});

/** Replaces each word by another one. */
const words = (id: string, replaced: Readonly<Record<string, string>>): Transform => ({
  id,
  summary: 'Replace words.',
  prefilter: /./,
  *inspect({ path, text }) {
    for (const [word, by] of Object.entries(replaced)) {
      const start = text.indexOf(word);
      if (start === -1) continue;
      const span = [start, start + word.length] as const;
      yield {
        at: { start, end: span[1] },
        title: word,
        evidence: [holds('it is right')],
        edits: [{ file: path, span, code: [by] }],
      };
    }
  },
});

const planOf = (transform: Transform, verifyTypes = true) =>
  plan({
    cwd: folder,
    paths: ['.'],
    level: 'safe',
    transforms: [{ transform, options: {} }],
    format: false,
    verifyTypes,
  });

describe('a run', () => {
  it('takes out what no longer type-checks, and says what is told', async () => {
    put({
      'tsconfig.json': CONFIG,
      'src/a.ts': "export const one = 'ONE';\nexport const two: number = 222;\nexport const three = 333;\n",
    });
    const transform = words('numbers', { "'ONE'": '1', '222': "'two'", '333': '3' });
    const made = await planOf(transform);
    expect(made.changes.map(({ after }) => after)).toEqual([
      'export const one = 1;\nexport const two: number = 222;\nexport const three = 3;\n',
    ]);
    const refused = made.findings.find(({ title }) => title === '222');
    expect(refused?.safety).toBe('report');
    expect(refused?.evidence.at(-1)?.claim).toBe(
      "A check of the result failed: line 2 of a.ts would not type-check: TS2322: Type 'string' is not assignable to type 'number'.",
    );
    expect(made.types).toEqual({ configs: [join(folder, 'tsconfig.json')], gaps: [] });
    expect((await planOf(transform, false)).changes[0]?.after).toContain("number = 'two'");
  });

  it('finds the one to blame for what breaks in another file', async () => {
    put({
      'tsconfig.json': CONFIG,
      'src/a.ts': 'export const a = 111;\n',
      'src/b.ts': 'export const b = 222;\n',
      'src/c.ts': 'export const c = 333;\n',
      'src/use.ts':
        "import { a } from './a.js';\nimport { b } from './b.js';\nimport { c } from './c.js';\nexport const sum: number = a * b * c;\n",
    });
    const made = await planOf(words('texts', { '111': '1', '222': "'2'", '333': '3' }));
    expect(made.changes.map(({ path }) => path.slice(folder.length + 1))).toEqual(['src/a.ts', 'src/c.ts']);
    expect(made.findings.filter(({ safety }) => safety === 'report').map(({ title }) => title)).toEqual([
      '222',
    ]);
  });

  it('needs no tsconfig.json', async () => {
    put({ 'src/a.ts': 'export const two: number = 222;\n' });
    const made = await planOf(words('numbers', { '222': "'two'" }));
    expect(made.changes).toHaveLength(1);
    expect(made.types).toEqual({ configs: [], gaps: [] });
  });
});
