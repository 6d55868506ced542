import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import type { Path, t } from '../src/syntax/ast.ts';
import { parseFile, type ParsedFile } from '../src/syntax/file.ts';
import { scopesOf, type Binding } from '../src/syntax/scopes.ts';
import { compareWithTypeScript } from './against-typescript.ts';

/** The identifier (or JSX identifier) at the `^` of a text, which is taken out of it. */
function marked(text: string, path = 'a.ts'): { readonly file: ParsedFile; readonly at: Path } {
  const offset = text.indexOf('^');
  const file = parseFile(path, text.replace('^', ''));
  const at = file.paths.findLast(({ node }) => node.start === offset && node.type.endsWith('Identifier'));
  if (at === undefined) throw new Error(`No identifier is marked in: ${text}`);
  return { file, at };
}

function meaningAt(text: string, path?: string): Binding | undefined {
  const { file, at } = marked(text, path);
  return scopesOf(file).lookup(at, (at.node as t.Identifier).name);
}

/** What the marked name is: its kind and the offset at which it is declared, or nothing. */
const declared = (text: string, path?: string): string => {
  const binding = meaningAt(text, path);
  return binding === undefined ? 'global' : `${binding.kind} ${binding.identifier.node.start ?? -1}`;
};

const MEANINGS: readonly (readonly [text: string, expected: string, path?: string])[] = [
  ['const a = 1; { let a = 2; ^a; }', 'let 19'],
  ['const a = 1; { let a = 2; } ^a;', 'const 6'],
  ['^a; var a;', 'var 7'],
  ['function f() { if (x) { var a; } return ^a; }', 'var 28'],
  ['{ var a; } function f() { ^a }', 'var 6'],
  ['^f(); function f() {}', 'function 14'],
  ['{ function f() {} } ^f();', 'function 11', 'a.cjs'],
  ['"use strict"; { function f() {} } ^f();', 'global', 'a.cjs'],
  ['{ function f() {} } ^f();', 'global', 'a.ts'],
  ['function f(a) { var a; ^a }', 'parameter 11'],
  ['function f(a, b = ^a) {}', 'parameter 11'],
  ['var c; function f(b = ^c) { var c; }', 'var 4'],
  ['function f({ a: { b }, ...c }, [d = ^b]) {}', 'parameter 18'],
  ['class A { constructor(private a: string) { ^a; } }', 'parameter 30'],
  ['const f = function g() { ^g };', 'function 19'],
  ['const f = function g() {}; ^g', 'global'],
  ['const A = class B { m() { ^B } }', 'class 16'],
  ['try {} catch (e) { ^e }', 'catch 14'],
  ['try {} catch ({ message }) { ^message }', 'catch 16'],
  ['try {} catch (e) {} ^e', 'global'],
  ['for (const a of b) { ^a }', 'const 11'],
  ['for (const a of b) {} ^a', 'global'],
  ['switch (a) { case 1: let a; default: ^a }', 'let 25'],
  ['let a; switch (^a) { case 1: let a; }', 'let 4'],
  ['class A { static { var a; ^a } }', 'var 23'],
  ['class A { static { var a; } m() { ^a } }', 'global'],
  ['{ using a = b; ^a }', 'using 8'],
  ['import a from "a"; ^a', 'import 7'],
  ['import { b as a } from "a"; ^a', 'import 14'],
  ['import { b as a } from "a"; ^b', 'global'],
  ['import * as a from "a"; ^a', 'import 12'],
  ['import type { a } from "a"; let b: ^a', 'import 14'],
  ['import a = require("a"); ^a', 'import 7'],
  ['enum E { A, B = ^A }', 'enum 9'],
  ['enum E { A } ^E.A', 'enum 5'],
  ['enum E { A } enum E { B = ^A }', 'enum 9'],
  ['namespace N { export const a = 1; } namespace N { ^a }', 'const 27'],
  ['namespace N { const a = 1; } namespace N { ^a }', 'global'],
  ['namespace N { export const a = 1; } ^N.a', 'namespace 10'],
  ['namespace N { export interface I {} } ^N', 'global'],
  ['namespace N { export interface I {} } let a: ^N.I', 'namespace 10'],
  ['declare const a: number; ^a', 'const 14'],
  ['declare global { var a: number } ^a', 'global'],
  ['interface console {} ^console.log()', 'global'],
  ['type a = 1; const b = ^a;', 'global'],
  ['type a = 1; let b: ^a;', 'type 5'],
  ['const a = 1; type b = ^a;', 'global'],
  ['const a = 1; type b = typeof ^a;', 'const 6'],
  ['function f<T>(a: ^T) {}', 'type 11'],
  ['const T = 1; function f<T>() { return ^T }', 'const 6'],
  ['type A<T> = T extends (infer U)[] ? ^U : never', 'type 29'],
  ['type A<T> = T extends (infer U)[] ? 1 : ^U', 'global'],
  ['type A = { [K in B]: ^K }', 'type 12'],
  ['interface A { m(b: string): typeof ^b }', 'parameter 16'],
  ['function f(a: unknown): ^a is string { return true }', 'parameter 11'],
  ['const A = 1; const b = <^A />', 'const 6', 'a.tsx'],
  ['const a = 1; const b = <^a.b />', 'const 6', 'a.tsx'],
  ['const a = 1; export { ^a }', 'const 6'],
  ['const a = 1; export { ^a as b }', 'const 6'],
  ['const a = 1; ({ ^a })', 'const 6'],
  ['// @flow\nimport type { A } from "a"; const b: ^A = c;', 'import 23', 'a.js'],
  ['// @flow\ntype A<T> = { b: ^T }', 'type 16', 'a.js'],
  ['// @flow\ntype console = 1; ^console.log()', 'global', 'a.js'],
  ['const m = { [^a]() { var a } }; var a;', 'var 35'],
];

/** Texts in which `^` marks a declaration, `→` every read of it, `←` every write and `↔` what is both. */
const USES: readonly (readonly [text: string, path: string])[] = [
  ['let ^a = 1; →a; ←a = 2; ↔a++; ↔a += 1;', 'a.ts'],
  ['let ^a; ({ ←a } = b); ([←a] = b); ({ b: ←a = →a } = c);', 'a.ts'],
  ['let ^a; for (←a of b) →a; for (←a in b); delete ←a;', 'a.ts'],
  ['let ^a; b.a; ({ a: 1, a() {} }); a: for (;;) break a; class C { a = 1; get a() { return 1 } }', 'a.ts'],
  [
    'let ^a; ({ →a }); ({ [→a]: →a }); b[→a]; b?.[→a]; `${→a}`; export { →a as d }; export { →a as c };',
    'a.ts',
  ],
  ['let ^a; export { a } from "a"; export * as a from "b"; import { a as c } from "d";', 'a.ts'],
  [
    'import ^A from "a"; class B extends →A<→A> implements →A {} let c: →A; →A; typeof →A; type D = typeof →A;',
    'a.ts',
  ],
  ['import ^A from "a"; <→A>{→A}<→A.B A="" /></→A>; <b-A />; <a.A />', 'a.tsx'],
  ['var ^a = 1; var ←a = 2; var a;', 'a.ts'],
  ['let ^a: any; (←a as any) = 1; ←a! = 2; (<any>→a).b = 3;', 'a.ts'],
  ['let ^a; (b) => →a; function c(a) { a }', 'a.ts'],
  ['let ^a; @→a class B { @→a m(@→a b) {} }', 'a.ts'],
  ['let ^a; new.target; import.meta; ↔a ||= 1; [...←a] = [...→a]; ({ ...←a } = { ...→a });', 'a.ts'],
  ['enum E { ^A, B = →A, C = E.A }', 'a.ts'],
  ['function ^f(): void; function f(a: string): void; function f(a?: string) {} →f', 'a.ts'],
  ['import ^a = require("a"); import b = →a.c; export = →a;', 'a.ts'],
];

/** A marked text without its marks, and the offsets of each mark. */
function asUses(text: string): {
  readonly plain: string;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
} {
  const uses: { plain: string; reads: number[]; writes: number[] } = { plain: '', reads: [], writes: [] };
  for (const part of text.replace('^', '').split(/(?=[→←↔])/)) {
    if (/^[→↔]/.test(part)) uses.reads.push(uses.plain.length);
    if (/^[←↔]/.test(part)) uses.writes.push(uses.plain.length);
    uses.plain += part.replace(/^[→←↔]/, '');
  }
  return uses;
}

describe('what a name means', () => {
  it.each(MEANINGS.map((one) => [...one]))('%s', (text = '', expected, path) => {
    expect(declared(text, path)).toBe(expected);
  });
});

const starts = (paths: readonly Path[] = []): readonly (number | null | undefined)[] =>
  paths.map(({ node }) => node.start);

describe('where a name is used', () => {
  it.each(USES)('%s', (text, path) => {
    const { reads, writes } = asUses(text);
    const binding = meaningAt(text.replaceAll(/[→←↔]/g, ''), path);
    expect({ reads: starts(binding?.reads), writes: starts(binding?.writes) }).toEqual({ reads, writes });
  });
});

describe('names around a place', () => {
  const file = parseFile(
    'a.ts',
    'import { a } from "a"; function f(b) { c(); { let d; type E = 1; } } function g() { let h; }',
  );
  const scopes = scopesOf(file);

  it('holds what is visible, what is declared below and what is used of the globals', () => {
    const [call] = file.find('CallExpression');
    if (call === undefined) throw new Error('The call is not there.');
    expect([...scopes.namesAround(call)].toSorted()).toEqual(['E', 'a', 'b', 'c', 'd', 'f', 'g']);
  });

  it('holds every name of the file at its top', () => {
    const [declaration] = file.find('ImportDeclaration');
    if (declaration === undefined) throw new Error('The import is not there.');
    expect([...scopes.namesAround(declaration)].toSorted()).toEqual(['E', 'a', 'b', 'c', 'd', 'f', 'g', 'h']);
  });
});

describe('what runs the code at a place', () => {
  it.each([
    ['^a', 'Program'],
    ['function f() { if (b) ^a }', 'FunctionDeclaration'],
    ['function f(b = ^a) {}', 'FunctionDeclaration'],
    ['() => ({ m() { ^a } })', 'ObjectMethod'],
    ['() => ({ [^a]() {} })', 'ArrowFunctionExpression'],
    ['() => class { b = ^a }', 'ClassProperty'],
    ['() => class { static { ^a } }', 'StaticBlock'],
    ['() => class { [^a] = 1 }', 'ArrowFunctionExpression'],
    ['namespace N { ^a }', 'TSModuleBlock'],
  ])('%s', (text, expected) => {
    const { file, at } = marked(text);
    expect(scopesOf(file).functionAround(at).node.type).toBe(expected);
  });

  it('finds the nearest ancestor of a type, itself excluded', () => {
    const { file, at } = marked('for (;;) { try { ^a } catch {} }');
    const scopes = scopesOf(file);
    expect(scopes.ancestor(at, 'ForStatement', 'TryStatement')?.node.type).toBe('TryStatement');
    expect(scopes.ancestor(at, 'Identifier')).toBeUndefined();
  });
});

const TRICKY: Readonly<Record<string, string>> = {
  '/tricky/values.ts': `
    import d, { e as f, type g } from 'h'; import * as i from 'i'; import type J from 'j';
    export const { a, b: { c = a }, ...rest } = f(d, i); let x: J<g>;
    function k<T extends J>(this: T, l = a, { m = l, [l]: n } = c): l is typeof m { var l2 = n; if (m) { let l = m; l++; } return l2; }
    label: for (const o of [o2]) { var o2 = o; switch (o) { case x: let y = x; y; default: continue label; } }
    try { throw a } catch ({ message, cause: { p = message } }) { (function q(r) { q(r, p) })(message) } finally { rest }
    class S<T> extends i.S<T> { static #t = a; [a] = x; constructor(private u: T, public v = u) { super(v) } get w() { return S.#t } }
    const Z = class Z2 { m() { return Z2 } }; export { Z as default, a as aa, type J as JJ }; ({ a, b: c, x } = { a, b: x, x });
  `,
  '/tricky/types.ts': `
    import type { A } from 'a'; type B<T, U = T> = T extends (infer V extends A)[] ? B<V, U> : { [K in keyof T as \`x\${K & string}\`]?: T[K] };
    interface C<T> extends A<T>, D.E { (a: T): asserts a is T; new <X>(b: X): C<X>; m<Y>(c: Y): typeof c; [k: string]: unknown; get g(): T }
    namespace D { export interface E {} export const v = 1; const w = v; export namespace F.G { export type H = E; export const z = v + w } }
    namespace D { export const x2 = v; type I = E | F.G.H } import J = D.F.G; const n: J.H = J.z; enum K { L = 1, M = L << 1, N = K.M }
    declare module 'q' { import type { R } from 'r'; export function s(t: R): R; export default s }
    declare function fn<const P extends readonly unknown[]>(...p: P): [first: P, ...rest: P]; type O = typeof import('x') | typeof D.v;
    abstract class Q implements C<Q> { abstract m(q: Q): void; declare prop: A } type C2 = (x: number, ...y: C<A>[]) => typeof x; export = Q;
  `,
  '/tricky/script.js': `
    var a = b; function b(c) { arguments; var c; a = c; return function a() { return a } } var a = 2;
    for (var i = 0, n = a.length; i < n; i++) (function (i) { i += n })(i); if (a) { const b = a; b } else { let b; b = i }
    exports.a = a; module.exports = { a, b: b, c() { return c2 }, get d() { return a } }; var c2 = class { static e = c2 };
    x: { break x } (({ y, z = y }, [w] = z, ...v) => [y, z, w, v])(); delete a.b; typeof undef; [a.b, i] = [i, a];
  `,
  '/tricky/elements.tsx': `
    import * as UI from 'ui'; import { Box, type Props } from 'box'; const items: Props[] = [], rest = {};
    export const View = ({ Box: Inner, ...rest }: Props) => <UI.Card a={rest} {...rest}>{items.map((Box) => <Box key={Box}><Inner /><div a="items" /></Box>)}<Box<Props> /></UI.Card>;
  `,
};

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  noLib: true,
  noResolve: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: [],
};

/** Compares all files of a program that consists of these texts. */
const compareAll = (
  texts: ReadonlyMap<string, string>,
): { compared: number; differences: readonly string[] } => {
  const host = ts.createCompilerHost(OPTIONS);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  const all = [...texts].map(([path, text]) => compareWithTypeScript(program, path, text));
  return {
    compared: all.reduce((sum, { compared }) => sum + compared, 0),
    differences: all.flatMap(({ differences }) => differences),
  };
};

describe("TypeScript's checker agrees", () => {
  it.each(Object.keys(TRICKY))('in %s', (path) => {
    const { compared, differences } = compareAll(new Map([[path, TRICKY[path] ?? '']]));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(30);
  });

  it('in this project', () => {
    const folder = join(import.meta.dirname, '..', 'src');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const { compared, differences } = compareAll(
      new Map(names.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')])),
    );
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20_000);
  });
});
