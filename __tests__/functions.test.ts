import { describe, expect, test } from 'vitest';
import { applyEdits } from '../src/edits/compose.ts';
import { parseFile } from '../src/syntax/file.ts';
import { addAwait, canBeAsync, makeAsync, type AsyncableFunction } from '../src/syntax/functions.ts';

const KINDS =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/;

const functionsIn = (path: string, text: string) => {
  const file = parseFile(path, text);
  const functions = file.paths
    .map(({ node }) => node)
    .filter((node): node is AsyncableFunction => KINDS.test(node.type));
  return { file, functions };
};

describe('makeAsync', () => {
  test.each([
    ['function f() {}', 'async function f() {}'],
    ['export function f() {}', 'export async function f() {}'],
    ['export default function () {}', 'export default async function () {}'],
    ['x = function* () {};', 'x = async function* () {};'],
    ['x = y => y;', 'x = async y => y;'],
    ['x = <T,>(y: T) => y;', 'x = async <T,>(y: T) => y;'],
    ['x = (/* a */) => 1;', 'x = async (/* a */) => 1;'],
    ['x = { f() {} };', 'x = { async f() {} };'],
    ['x = { *f() {} };', 'x = { async *f() {} };'],
    ["x = { 'a-b'() {} };", "x = { async 'a-b'() {} };"],
    ['x = { [k]() {} };', 'x = { async [k]() {} };'],
    ['class A { [ (k) /* k */ ]() {} }', 'class A { async [ (k) /* k */ ]() {} }'],
    ['class A { static f() {} }', 'class A { static async f() {} }'],
    ['class A { #f() {} }', 'class A { async #f() {} }'],
    ['class A { static *#f() {} }', 'class A { static async *#f() {} }'],
    ['class A { * /* x */ f() {} }', 'class A { async * /* x */ f() {} }'],
    [
      'class A { public static override f<T>(): T {} }',
      'class A { public static override async f<T>(): T {} }',
    ],
    ["class A { @Get('x') @Log() private f() {} }", "class A { @Get('x') @Log() private async f() {} }"],
    ['class A { static() {} }', 'class A { async static() {} }'],
    ['class A { f = () => 1; }', 'class A { f = async () => 1; }'],
  ])('%s', (input, output) => {
    const { file, functions } = functionsIn('/a.ts', input);
    const edits = functions.flatMap((fn) => makeAsync(file, fn));
    const text = applyEdits(input, [...edits, ...edits]);
    expect(text).toBe(output);
    const again = functionsIn('/a.ts', text);
    expect(again.functions.map((fn) => fn.async)).toEqual(functions.map(() => true));
    expect(again.functions.flatMap((fn) => makeAsync(again.file, fn))).toEqual([]);
  });

  test.each([
    ['class A { constructor() {} }', 'A constructor'],
    ['x = { get y() { return 1; } };', 'A get'],
    ['class A { set y(z) {} }', 'A set'],
    ['x = (y): y is string => true;', 'A type predicate'],
  ])('refuses %s', (input, why) => {
    const { file, functions } = functionsIn('/a.ts', input);
    const [fn] = functions;
    if (fn === undefined) throw new Error('A function is expected.');
    expect(canBeAsync(fn)).toBe(false);
    expect(() => makeAsync(file, fn)).toThrow(`${why} cannot be asynchronous.`);
  });
});

describe('addAwait', () => {
  test('composes with itself, inside and around', () => {
    const input = 'a().b();\n';
    const file = parseFile('/a.js', input);
    const edits = file
      .find('CallExpression')
      .flatMap(({ node }) => [...addAwait(file, node), ...addAwait(file, node)]);
    expect(applyEdits(input, edits)).toBe('await (await a()).b();\n');
  });

  test.each(['await f();', 'await (f());', 'for await (const x of f()) g;'])('adds none to %s', (input) => {
    const file = parseFile('/a.js', input);
    const call = file.find('CallExpression')[0]?.node;
    if (call === undefined) throw new Error('A call is expected.');
    expect(addAwait(file, call)).toEqual([]);
  });
});
