import { describe, expect, test } from 'vitest';
import { parseFile } from '../src/syntax/file.ts';
import { j } from '../src/syntax/j.ts';
import { parse, ParseError } from '../src/syntax/parse.ts';

/** The types of the nodes that a text parses into. */
const typesIn = (path: string, text: string): readonly string[] =>
  parseFile(path, text).paths.map(({ node }) => node.type);

describe('each file is parsed as what it is', () => {
  test.each([
    ['a cast in .ts', '/a.ts', 'const x = <T>y;', 'TSTypeAssertion'],
    ['a cast in .mts', '/a.mts', 'const x = <T>y;', 'TSTypeAssertion'],
    ['an element in .tsx', '/a.tsx', 'const x = <T>y</T>;', 'JSXElement'],
    ['an element in .js', '/a.js', 'const x = <T>y</T>;', 'JSXElement'],
    ['an element in .jsx', '/a.jsx', 'const x = <></>;', 'JSXFragment'],
    ['an element in .mjs', '/a.mjs', 'const x = <p />;', 'JSXElement'],
    ['a generic arrow in .ts', '/a.ts', 'const f = <T>(x: T) => x;', 'TSTypeParameter'],
    ['a generic arrow in .tsx', '/a.tsx', 'const f = <T,>(x: T) => x;', 'TSTypeParameter'],
    [
      'Flow by its pragma',
      '/a.js',
      '// @flow\nconst f = (x: number): ?string => (x: any);',
      'TypeCastExpression',
    ],
    [
      'Flow by its pragma in a block',
      '/a.js',
      '#!/usr/bin/env node\n/**\n * @flow strict\n */\nopaque type X = string;',
      'OpaqueType',
    ],
    [
      'Flow below a directive',
      '/a.js',
      "'use strict';\n/* @flow */\nimport type { A } from 'b';",
      'ImportDeclaration',
    ],
    [
      'HTML-like comments in a sloppy script',
      '/a.js',
      '<!-- hidden\nx = 1;\n--> too',
      'AssignmentExpression',
    ],
    ['HTML-like comments in .cjs', '/a.cjs', '<!-- hidden\nx = 1;\n--> too', 'AssignmentExpression'],
    ['a hashbang', '/a.js', '#!/usr/bin/env node\nx = 1;', 'InterpreterDirective'],
    ['with', '/a.cjs', 'with (a) { b; }', 'WithStatement'],
    ['octal numbers', '/a.cjs', 'x = 010;', 'NumericLiteral'],
    ['a return at the top', '/a.cjs', 'return 1;', 'ReturnStatement'],
    ['a name that is await', '/a.js', 'var await = 1;', 'VariableDeclaration'],
    ['await at the top', '/a.mjs', 'await x;', 'AwaitExpression'],
    ['import in .cts', '/a.cts', 'import x from "y";', 'ImportDeclaration'],
    ['import equals in .cts', '/a.cts', 'import x = require("y"); export = x;', 'TSImportEqualsDeclaration'],
    ['old decorators on parameters', '/a.ts', 'class A { constructor(@I() x: X) {} }', 'Decorator'],
    [
      'old decorators on parameters in JavaScript',
      '/a.js',
      'class A { constructor(@I() x) {} }',
      'Decorator',
    ],
    ['new decorators with parentheses', '/a.js', '@(a[0]) class A {}', 'Decorator'],
    ['export before a decorator', '/a.ts', 'export @D() class A {}', 'Decorator'],
    ['a decorator before export', '/a.ts', '@D() export class A {}', 'Decorator'],
    ['export before a decorator in JavaScript', '/a.js', 'export @D() class A {}', 'Decorator'],
    ['a decorator before export in JavaScript', '/a.js', '@D() export class A {}', 'Decorator'],
    ['a decorator above a computed member', '/a.ts', 'class A {\n  @D()\n  [x] = 1;\n}', 'ClassProperty'],
    ['accessor', '/a.ts', 'class A { accessor x = 1; }', 'ClassAccessorProperty'],
    ['using', '/a.ts', 'async function f() { using x = y(); await using z = w(); }', 'VariableDeclaration'],
    ['using in CommonJS', '/a.cjs', 'function f() { using x = y(); }', 'VariableDeclaration'],
    ['satisfies', '/a.ts', 'const x = y satisfies Z;', 'TSSatisfiesExpression'],
    ['import defer', '/a.js', 'import defer * as x from "y";', 'ImportDeclaration'],
    ['attributes with', '/a.js', 'import x from "y" with { type: "json" };', 'ImportAttribute'],
    ['attributes assert', '/a.ts', 'import x from "y" assert { type: "json" };', 'ImportAttribute'],
    ['const enum', '/a.ts', 'const enum E { A = 1 }', 'TSEnumDeclaration'],
    ['declare const enum', '/a.ts', 'declare const enum E { A = 1 }', 'TSEnumDeclaration'],
    [
      'imports that TypeScript merges',
      '/a.ts',
      "import { A } from 'a';\nimport { A } from 'a';",
      'ImportDeclaration',
    ],
    ['override without extends', '/a.ts', 'class A { override x() {} }', 'ClassMethod'],
    ['a regular expression of sets', '/a.js', 'x = /[\\p{L}--[a-z]]/v;', 'RegExpLiteral'],
  ])('%s', (_name, path, text, type) => {
    expect(typesIn(path, text)).toContain(type);
  });

  test('a mention of Flow in code says nothing', () => {
    const { program } = parse('/a.js', "const a = '@flow';\nf(a < b, c > (d));\n");
    const call = program.body[1];
    expect(
      call?.type === 'ExpressionStatement' &&
        call.expression.type === 'CallExpression' &&
        call.expression.arguments,
    ).toHaveLength(2);
  });

  test('both imports that TypeScript merges are kept', () => {
    expect(parse('/a.ts', "import { A } from 'a';\nimport { A } from 'a';").program.body).toHaveLength(2);
  });
});

describe('what cannot be parsed', () => {
  test.each([
    ['/a.js', 'var a = ;', 1, 9],
    ['/a.js', 'f(\n  a b)', 2, 5],
    ['/a.ts', 'const x: = 1', 1, 10],
    ['/a.js', 'break;', 1, 1],
    ['/a.js', 'const x: number = 1', 1, 8],
    ['/a.cjs', 'import x from "y"', 1, 1],
    ['/a.js', 'class A { #x = 1; m(o) { o.#y; } }', 1, 28],
    ['/a.js', "x = 'open\n", 1, 5],
    ['/a.ts', 'x = <T>y</T>;', 1, 11],
    ['/a.js', 'const a = 1\n}', 2, 1],
  ])('%s %j is told by line and column', (path, text, line, column) => {
    let error: unknown;
    try {
      parse(path, text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ParseError);
    expect({ line: (error as ParseError).line, column: (error as ParseError).column }).toEqual({
      line,
      column,
    });
    expect((error as ParseError).message).not.toMatch(/\(\d+:\d+\)/);
  });
});

describe('offsets', () => {
  test.each([
    ['tabs', '\t\tf(\t1);\n'],
    ['CRLF', 'a();\r\n\r\nf(1);\r\n'],
    ['an emoji', "'😀'; f(1);\n"],
    ['U+2028', "'\u2028'; f(1);\n"],
    ['a hashbang', '#!/usr/bin/env node\r\nf(1);\n'],
  ])('count UTF-16 units after %s', (_name, text) => {
    const file = parseFile('/a.js', text);
    const call = file.find('CallExpression', { callee: { name: 'f' } })[0]?.node;
    expect(text.slice(call?.start ?? 0, call?.end ?? 0)).toMatch(/^f\(\t?1\)$/);
  });
});

describe('the index', () => {
  test('holds each node once, parents first, in the order of the text', () => {
    const file = parseFile(
      '/a.ts',
      'const { a, b = 1 } = f({ c });\nclass A { @D() x?: string = `${a}`; }\n',
    );
    expect(new Set(file.paths.map(({ node }) => node)).size).toBe(file.paths.length);
    for (const path of file.paths) {
      expect(file.pathOf(path.node)).toBe(path);
      if (path.parent !== null)
        expect(file.paths.indexOf(path.parent)).toBeLessThan(file.paths.indexOf(path));
    }
    const starts = file.paths.map(({ node }) => node.start ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test('finds the types below a type', () => {
    const file = parseFile('/a.js', 'function f() {}\nconst g = () => {};\nclass A { m() {} }\n');
    expect(file.find(j.Function).map(({ node }) => node.type)).toEqual([
      'FunctionDeclaration',
      'ArrowFunctionExpression',
      'ClassMethod',
    ]);
  });
});
