import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFacts, type RunFacts } from '../src/facts/facts.ts';
import type { TypeFact } from '../src/facts/types.ts';
import { parseFile } from '../src/syntax/file.ts';

let folder: string;
const texts = new Map<string, string>();
const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
};
const makeFolder = async (): Promise<void> => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-types-')));
};
const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
const factsHere = (): Promise<RunFacts> => createFacts({ cwd: folder, readText: (path) => texts.get(path) });

/** The type of the first argument of every call of `see` in a file, in the order of its text. */
function seen(facts: RunFacts, name: string, text: string): readonly TypeFact[] {
  const path = join(folder, name);
  texts.set(path, text);
  facts.prepare([path]);
  return parseFile(path, text)
    .find('CallExpression', { callee: { name: 'see' } })
    .map(({ node }) => facts.typeOf(path, node.arguments[0] ?? node));
}
const kindsSeen = (facts: RunFacts, name: string, text: string): readonly string[] =>
  seen(facts, name, text).map(({ kinds }) => [...kinds].toSorted().join(' '));

const CASES: readonly (readonly [text: string, expected: string])[] = [
  ['see("a")', 'string'],
  ['see(`a${1}`)', 'string'],
  ['declare const a: "x" | `y${number}` | Uppercase<string>; see(a)', 'string'],
  ['see(1 + 2)', 'number'],
  ['see(1n)', 'bigint'],
  ['see(!a)', 'boolean'],
  ['see(Symbol("a"))', 'symbol'],
  ['see(null)', 'null'],
  ['see(undefined)', 'undefined'],
  ['declare const a: string | number | null; see(a)', 'null number string'],
  ['declare const a: { b?: string }; see(a.b)', 'string undefined'],
  ['declare const a: string | undefined; if (a) see(a)', 'string'],
  ['declare function a(): void; see(a())', 'undefined unknown'],
  ['declare const a: any; see(a)', 'unknown'],
  ['declare const a: unknown; see(a)', 'unknown'],
  ['declare const a: never; see(a)', 'unknown'],
  ['declare const a: string | Missing; see(a)', 'unknown'],
  ['import a from "not-there"; see(a.b())', 'unknown'],
  ['see(notThere)', 'unknown'],
  ['see(new Error("a"))', 'error'],
  ['see(new TypeError("a"))', 'error'],
  ['class A extends RangeError {} class B extends A { c = 1 } see(new B())', 'error'],
  ['class A<T> extends Error { t?: T } see(new A<string>())', 'error'],
  ['interface A extends Error { code: string } declare const a: A | null; see(a)', 'error null'],
  ['declare const a: Error & { code: number }; see(a)', 'error'],
  ['class Error {} see(new Error())', 'object'],
  ['try {} catch (e) { see(e) }', 'unknown'],
  ['try {} catch (e) { if (e instanceof Error) see(e) }', 'error'],
  ['see(new Date())', 'date'],
  ['see(new Map<string, number>())', 'map-or-set'],
  ['class A extends Set<string> {} see(new A())', 'map-or-set'],
  ['declare const a: ReadonlyMap<string, string>; see(a)', 'map-or-set'],
  ['see(Promise.resolve(1))', 'promise'],
  ['async function a() { return 1 } see(a())', 'promise'],
  ['async function a() { see(await a()); return 1 }', 'number'],
  ['declare const a: { then(b: () => void): void }; see(a)', 'promise'],
  ['see([1])', 'array'],
  ['declare const a: readonly string[] | [number, string]; see(a)', 'array'],
  ['class A extends Array<string> {} see(new A())', 'array'],
  ['see({})', 'object'],
  ['see({ a: 1 })', 'object'],
  ['class A {} see(new A())', 'object'],
  ['see(/a/)', 'object'],
  ['declare const a: Record<string, string>; see(a)', 'object'],
  ['declare const a: {}; see(a)', 'unknown'],
  ['declare const a: object; see(a)', 'object unknown'],
  ['see(() => 1)', 'function'],
  ['class A {} see(A)', 'function'],
  ['declare const a: Function; see(a)', 'function'],
  ['enum A { B, C } declare const a: A; see(a)', 'number'],
  ['enum A { B = "b", C = "c" } declare const a: A; see(a)', 'string'],
  ['enum A { B = "b", C = 1 } declare const a: A; see(a)', 'number string'],
  ['declare const a: string & { readonly brand: "a" }; see(a)', 'string'],
  ['function f<T>(a: T) { see(a) }', 'unknown'],
  ['function f<T extends string | Date>(a: T) { see(a) }', 'date string'],
  [
    'function f<T extends { b: number }, K extends keyof T>(a: T, k: K) { see(a); see(k); see(a.b) }',
    'object|number string symbol|number',
  ],
  ['function f<T>(a: keyof T) { see(a) }', 'number string symbol'],
  ['function f(a: string = "", ...b: number[]) { see(a); see(b) }', 'string|array'],
  ['const { a, b = 1 } = { a: "x" } as { a: string; b?: number }; see(a); see(b)', 'string|number'],
];

/** The file that holds a case. */
const nameOf = (text: string): string => `case-${CASES.findIndex(([one]) => one === text)}.ts`;

describe('the kinds of a value', () => {
  let facts: RunFacts;
  beforeAll(async () => {
    await makeFolder();
    await put({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext" } }',
    });
    facts = await factsHere();
    for (const [text] of CASES) {
      texts.set(join(folder, nameOf(text)), `export {};\ndeclare function see(a: unknown): void;\n${text}`);
    }
    facts.prepare([...texts.keys()]);
  });
  afterAll(async () => {
    facts.dispose();
    texts.clear();
    await removeFolder();
  });

  it.each(CASES)('%s', (text, expected) => {
    expect(kindsSeen(facts, nameOf(text), texts.get(join(folder, nameOf(text))) ?? '').join('|')).toBe(
      expected,
    );
  });

  it('tells the type as TypeScript prints it', () => {
    const [fact] = seen(facts, 'a.ts', 'declare const a: Map<string, Date[]>; see(a)');
    expect(fact?.text).toBe('Map<string, Date[]>');
  });

  it('reads JSDoc in JavaScript', () => {
    expect(kindsSeen(facts, 'a.js', '/** @param {string} a */ function f(a, b) { see(a); see(b) }')).toEqual([
      'string',
      'unknown',
    ]);
  });

  it('knows nothing of what is no expression of a file', () => {
    expect([...facts.typeOf(join(folder, 'a.ts'), { start: 1, end: 2 }).kinds]).toEqual(['unknown']);
    expect([...facts.typeOf(join(folder, 'not-there.ts'), { start: 0, end: 1 }).kinds]).toEqual(['unknown']);
  });
});

describe('the program of a file', () => {
  let facts: RunFacts;
  beforeEach(async () => {
    await makeFolder();
    facts = await factsHere();
  });
  afterEach(async () => {
    facts.dispose();
    texts.clear();
    await removeFolder();
  });
  const asks = 'import { a } from "./b"; see(a);';

  it('reads what a file imports from disk', async () => {
    await put({ 'b.ts': '\uFEFFexport const a = 1;' });
    expect(kindsSeen(facts, 'a.ts', asks)).toEqual(['number']);
  });

  it('sees the text that a later pass left, of the file and of what it imports', () => {
    const b = join(folder, 'b.ts');
    texts.set(b, 'export const a = 1;');
    expect(kindsSeen(facts, 'a.ts', asks)).toEqual(['number']);
    texts.set(b, 'export const a = "one";');
    expect(kindsSeen(facts, 'a.ts', asks)).toEqual(['string']);
    expect(kindsSeen(facts, 'a.ts', `// moved\n${asks} see([a]);`)).toEqual(['string', 'array']);
  });

  it('answers for a file that it was not told of', () => {
    expect(kindsSeen(facts, 'a.ts', 'see(1)')).toEqual(['number']);
    const path = join(folder, 'c.ts');
    texts.set(path, 'see("a")');
    const call = parseFile(path, 'see("a")').find('StringLiteral')[0];
    expect([...facts.typeOf(path, call?.node ?? {}).kinds]).toEqual(['string']);
  });

  it('answers rightly after a question was stopped half-way', async () => {
    const b = join(folder, 'b.ts');
    let isStopped = true;
    const stopped = await createFacts({
      cwd: folder,
      readText: (path) => {
        if (path !== b) return texts.get(path);
        if (isStopped) throw new Error('stopped');
        return 'export const a = new Date();';
      },
    });
    expect(() => kindsSeen(stopped, 'a.ts', asks)).toThrow('stopped');
    isStopped = false;
    expect(stopped.recover(join(folder, 'a.ts'))).toBe(true);
    expect(stopped.recover(join(folder, 'a.ts'))).toBe(false);
    expect(kindsSeen(stopped, 'a.ts', asks)).toEqual(['date']);
    stopped.dispose();
  });

  it('answers again after its memory was given back', () => {
    expect(kindsSeen(facts, 'a.ts', 'see(1)')).toEqual(['number']);
    facts.dispose();
    expect(kindsSeen(facts, 'a.ts', 'see(1)')).toEqual(['number']);
  });

  it.each([
    ['is broken', '{ "compilerOptions": { "strict": tru'],
    ['extends a package that is not installed', '{ "extends": "@not/installed", "compilerOptions": {} }'],
    ['extends itself', '{ "extends": "./tsconfig.json" }'],
    [
      'writes output and wants a root',
      '{ "compilerOptions": { "composite": true, "outDir": "dist", "rootDir": "src", "allowJs": false } }',
    ],
    ['is empty', ''],
    ['only refers to others', '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }'],
  ])('manages with a tsconfig.json that %s', async (_, config) => {
    await put({
      'tsconfig.json': config,
      'tsconfig.app.json': '{ "compilerOptions": {} }',
      'b.ts': 'export const a = 1;',
    });
    expect(kindsSeen(facts, 'a.ts', asks)).toEqual(['number']);
    expect(kindsSeen(facts, 'c.js', 'see([new Date()][0]); see(new Error())')).toEqual(['date', 'error']);
  });

  it('follows the paths of the nearest config, also through a reference', async () => {
    await put({
      'one/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } } // with a comment',
      'one/lib/b.ts': 'export const a = 1;',
      'two/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'two/tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./source/*"] } } }',
      'two/source/b.ts': 'export const a = "one";',
      'three/jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      'three/b.js': 'export const a = true;',
    });
    const aliased = 'import { a } from "@/b"; see(a);';
    expect(kindsSeen(facts, 'one/x/a.ts', aliased)).toEqual(['number']);
    expect(kindsSeen(facts, 'two/a.ts', aliased)).toEqual(['string']);
    expect(kindsSeen(facts, 'three/a.js', aliased)).toEqual(['boolean']);
  });

  it('takes installed type packages, as projects expect', async () => {
    await put({
      'node_modules/@types/thing/index.d.ts': 'declare const thing: Date;',
      'node_modules/@types/thing/package.json': '{ "name": "@types/thing", "types": "index.d.ts" }',
      'node_modules/other/index.d.ts': 'export class Failure extends Error {}',
      'node_modules/other/package.json': '{ "name": "other", "types": "index.d.ts", "main": "index.js" }',
      'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "node" } }',
    });
    expect(
      kindsSeen(facts, 'a.ts', 'import { Failure } from "other"; see(thing); see(new Failure())'),
    ).toEqual(['date', 'error']);
  });
});
