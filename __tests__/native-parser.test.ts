import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { indexOf } from '../src/syntax/find.ts';
import { isDeep } from '../src/syntax/native/depth.ts';
import { loadNativeParser, parseNatively } from '../src/syntax/native/parser.ts';
import { parse, parseWithBabel } from '../src/syntax/parse.ts';

const root = join(import.meta.dirname, '..');

beforeAll(loadNativeParser);

/** What only one of the trees has, by the node's property: nobody reads it. */
const NOT_COMPARED = new Set([
  'errors',
  'extra.trailingComma',
  'extra.trailingCommaLoc',
  'extra.topLevelAwait',
]);

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A tree in plain data, without what is not compared. Of `loc` the places count, not the name of a file that was not given. */
function plain(value: unknown, key = ''): Plain | undefined {
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? null);
  if (typeof value !== 'object' || value === null) return value as Plain;
  if (key === 'loc') {
    const { start, end } = value as { start: object; end: object };
    return { start: { ...start }, end: { ...end } } as Plain;
  }
  const of: Record<string, Plain> = {};
  for (const [name, one] of Object.entries(value)) {
    const known = NOT_COMPARED.has(key === 'extra' ? `extra.${name}` : name) ? undefined : plain(one, name);
    const isEmpty = name === 'extra' && Object.keys(known ?? {}).length === 0;
    if (known !== undefined && !isEmpty) of[name] = known;
  }
  return of;
}

/** The nodes in the order in which a walk finds them, and where in their parents. */
const walked = (tree: ReturnType<typeof parse>, text: string): readonly string[] =>
  indexOf(tree, text).paths.map(
    ({ node, key, index }) => `${node.type} ${key} ${index ?? ''} ${node.start ?? ''}-${node.end ?? ''}`,
  );

/** Whether the native parser took `text`; if so it made the same of it as Babel. */
function isTakenAlike(path: string, text: string): boolean {
  const native = parseNatively(extname(path), text);
  if (native === undefined) return false;
  const babel = parseWithBabel(path, text);
  const [made, wanted] = [plain(native), plain(babel)];
  // To compare is fast, to tell what differs is not.
  if (!isDeepStrictEqual(made, wanted)) expect(made, path).toEqual(wanted);
  expect(walked(native, text), path).toEqual(walked(babel, text));
  return true;
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'));

describe('the native parser makes the tree that Babel makes', () => {
  test.each(['__testfixtures__', 'examples', 'src', 'transforms'])(
    'of each file in %s',
    (folder) => {
      const paths = sourcesIn(folder);
      const taken = paths.filter((path) => isTakenAlike(path, readFileSync(path, 'utf8')));
      // Most are its own; otherwise the comparison says nothing.
      expect(taken.length).toBeGreaterThan(paths.length * 0.9);
    },
    120_000,
  );

  test.each([
    [
      'literals',
      'a.js',
      `'a\\'b'; "ü\\u{1F600}"; 0x1F; 1_000n; .5; /a[/]\\n/giu; null; true; \`a\${b}\\n\r\nc\`;`,
    ],
    ['text outside of ASCII before code', 'a.ts', `const ü = '😀'; /* 😀 */ f(ü, '😀é');`],
    ['lines that end in other ways', 'a.js', 'a();\r\nb();\rc();\u2028d();\n`x\r\ny`;'],
    ['directives', 'a.js', `#!/usr/bin/env node\n'use strict'; "a\\n";\nfunction f() { 'b'; ('c'); }`],
    ['parentheses', 'a.ts', `((a)).b; (a, b); ((x) => (y)); (a as B).c = 1; ((d)) = 2; (a?.b).c; (e)++;`],
    ['chains', 'a.ts', `a?.b.c(d)?.[e]!.f; a?.b!; (a?.b)!.c; new (a?.b)(); a?.<T>(b); delete a?.b;`],
    [
      'objects',
      'a.js',
      `({ a, b: c, [d]: e, f() {}, get g() { return 1; }, async *h() {}, ...i, 'j': 1, async: 2 });`,
    ],
    [
      'patterns',
      'a.ts',
      `const { a, b: { c = 1 }, ...d } = e, [f, , [g] = h, ...i] = j; ({ a, b: k.l = 2, ...m } = n); [o, p.q] = r;`,
    ],
    [
      'classes',
      'a.ts',
      `@D() export abstract class A<T> extends B<T> implements C.D, E { static #a = 1; declare b?: T; c!: string; private readonly d = 1; abstract e(): void; constructor(@I() private f: F = g, @J h?: K, @L() i = 1) { super(); } static { var z; } get [x]() { return 1; } async *#y() {} accessor w = 1; [key: string]: any; override v<T>(this: A<T>): asserts this is B {} }`,
    ],
    [
      'types',
      'a.ts',
      `type A<in out T extends B = C> = { readonly [K in keyof T as \`x\${K}\`]-?: T[K] } | typeof import('x').y<z> | (new (...a: any) => b) | [a?: B, ...c: D[]] | unique symbol | infer_ extends infer U extends string ? U : never; let a: typeof this.b; let f: (x: unknown) => x is string;`,
    ],
    ['an export of all', 'a.ts', `import I = A.B; export = I;`],
    [
      'declarations',
      'a.ts',
      `declare module 'a' { export default b; } namespace A.B.C { export const d = 1; } declare global { var e: 1; } const enum F { G = 1, 'H' }  import J = require('k'); import L = M.N; export as namespace O; declare function p(): void; function q(): void; function q(a?: any) {} interface R extends S.T<U> { (): void; new (): V; w?(): X; readonly y: Z; new: 1 }`,
    ],
    [
      'modules',
      'a.ts',
      `import a, * as b from 'c'; import { type d, e as f, 'g' as h } from 'i' with { type: 'json' }; import 'j'; import {} from 'k'; import type l from 'm'; export * from 'n'; export * as o from 'p'; export type { q } from 'r'; export { a as default, f as 's' }; export default class {}; import('t'); import.meta.url;`,
    ],
    [
      'statements',
      'a.js',
      `a: for (;;) { if (b) continue a; else break; } for (const c of d) e; for (f.g in h) i; do { j } while (k); switch (l) { case 1: m; default: } try { n } catch { o } finally { p } throw q; for await (const r of s) t; debugger; ; with_;`,
    ],
    ['JSX', 'a.tsx', `<A<T> b="c" d={e} {...f}>{/* g */}<h.i.j /> text <></>{...k}<l:m n:o /></A>;`],
    [
      'functions',
      'a.js',
      `async function a(b, { c }, [d] = [], ...e) { await f; yield_; } (async (g) => g); (function* h() { yield* i; new.target; });`,
    ],
  ])('of %s', (_, path, text) => {
    expect(isTakenAlike(path, text)).toBe(true);
  });
});

describe('Babel is asked', () => {
  test.each([
    ['about a fault', 'a.ts', 'const a = ;'],
    ['about another fault that is found late', 'a.js', 'let a; let a;'],
    ['about a function that TypeScript has twice', 'a.ts', 'function a() {}\nfunction a() {}'],
    ['about a variable with the name of an import', 'a.ts', `import a from 'b';\nif (c) { var a = 1; }`],
    ['about a reserved word for a type', 'a.ts', 'let a: super;'],
    ['about a decorated constructor', 'a.js', 'class A { @B constructor() {} }'],
    ['about an export that is not at the top', 'a.ts', 'function a() { export const b = 1; }'],
    ['about a function without a name', 'a.ts', 'export function (a: b) {}'],
    ['about an interface over two lines', 'a.ts', 'export interface\nA {}'],
    ['about an import that is exported', 'a.ts', 'export import A = B.C;'],
    ['about a cast that is assigned to', 'a.ts', '<A>b = c;'],
    ['about a label of an export', 'a.ts', 'a: export const b = 1;'],
    ['about entities in JSX', 'a.jsx', '<a b="&lt;">&nbsp;</a>'],
    ['about a sloppy script', 'a.js', 'with (a) b; var c = 010;'],
    ['about a CommonJS file', 'a.cjs', 'return a;'],
    ['about half of a surrogate pair', 'a.js', `a('\uD83D');`],
    ['about what is deep', 'a.js', '['.repeat(5000) + ']'.repeat(5000)],
  ])('%s', (_, path, text) => {
    expect(parseNatively(extname(path), text)).toBeUndefined();
  });

  it('and its message is the one that is told', () => {
    expect(() => parse('a.ts', 'let a: super;')).toThrow('Unexpected token');
  });
});

describe('what is too deep', () => {
  test.each([
    ['brackets', '('.repeat(1000)],
    ['a chain of conditions', 'a ? b : '.repeat(1000)],
    ['a chain of ifs', 'if (a) b; else '.repeat(2000)],
    ['ifs in ifs', 'if (a) '.repeat(2000)],
    ['words', 'typeof '.repeat(2000)],
    ['brackets that strings seem to close', "[')', ".repeat(1000)],
    ['brackets after a quote in a comment', `// it's\n${"f(')', ".repeat(1000)}`],
  ])('%s', (_, text) => {
    expect(isDeep(text)).toBe(true);
  });

  it('is no long file', () => {
    expect(isDeep('if (a) { b(c, [d]); } else if (e) f();\n'.repeat(1000))).toBe(false);
  });
});
