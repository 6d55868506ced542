import { describe, expect, test } from 'vitest';
import {
  commentsOf,
  commentTextsOf,
  licenceOf,
  literalTextsOf,
  ownLeadingComments,
  trailingCommentOf,
} from '../src/syntax/comments.ts';
import { parseFile } from '../src/syntax/file.ts';
import { styleOf } from '../src/syntax/style.ts';

const texts = (comments: readonly { readonly text: string }[]): readonly string[] =>
  comments.map(({ text }) => text);

describe('comments', () => {
  test.each([
    ['// a\n// b\nf();\n', ['// a', '// b']],
    ['// a\n\n// b\nf();\n', ['// b']],
    ['g(); // a\n// b\nf();\n', ['// b']],
    ['g(); /* a */ f();\n', ['/* a */']],
    ['// a\n/* eslint-disable x */\n// b\nf();\n', ['// b']],
    ['// eslint-disable-next-line x\nf();\n', ['// eslint-disable-next-line x']],
    ['//#region a\nf();\n', []],
    ['// Copyright 2020 Us\nf();\n', []],
    ['/* Copyright 2020 Us */\n/** About f. */\nf();\n', ['/** About f. */']],
  ])('before f in %j are %j', (input, own) => {
    const file = parseFile('/a.js', input);
    const call = file.find('ExpressionStatement').at(-1)?.node;
    if (call === undefined) throw new Error('A call is expected.');
    expect(texts(ownLeadingComments(file, call))).toEqual(own);
  });

  test.each([
    ['f(); // a\ng();\n', '// a'],
    ['f() /* a */;\ng();\n', undefined],
    ['f(); /* a */ g();\n', undefined],
    ['f();\n// a\ng();\n', undefined],
  ])('after f in %j is %j', (input, text) => {
    const file = parseFile('/a.js', input);
    const call = file.find('ExpressionStatement')[0]?.node;
    if (call === undefined) throw new Error('A call is expected.');
    expect(trailingCommentOf(file, call)?.text).toBe(text);
  });

  test.each([
    ['/* License */\nf();\n', ['/* License */']],
    ['#!/usr/bin/env node\n/*! x */\nf();\n', ['/*! x */']],
    ['// Copyright\n// and more\nf();\n', ['// Copyright', '// and more']],
    ['// about f\nf();\n', []],
    ['f();\n// Copyright\n', []],
  ])('the licence in %j is %j', (input, licence) => {
    expect(texts(licenceOf(parseFile('/a.js', input)))).toEqual(licence);
  });

  test('are counted without their indentation', () => {
    const file = parseFile('/a.js', '/**\n * a\n */\nf(); // b\n{\n    /**\n     * a\n     */\n}\n');
    expect(commentsOf(file)).toHaveLength(3);
    expect([...commentTextsOf(file)]).toEqual([
      ['/**\n* a\n*/', 2],
      ['// b', 1],
    ]);
  });

  test('literals are counted byte for byte', () => {
    const file = parseFile('/a.js', "'use x';\nf('a', \"a\", 'a', /a/g, `b\n  ${c}`);\n");
    expect(Object.fromEntries(literalTextsOf(file))).toEqual({
      "'use x'": 1,
      "'a'": 2,
      '"a"': 1,
      '/a/g': 1,
      'b\n  ': 1,
      '': 1,
    });
  });
});

describe('style', () => {
  test.each([
    ['', { quote: "'", semicolons: true, indent: '  ', eol: '\n', trailingComma: true }],
    ['f("a", "b", \'c\');\n', { quote: '"' }],
    ['const a = 1\nf()\n', { semicolons: false }],
    ['a()\n;[1].map(b)\nc()\n', { semicolons: false }],
    ['for (let i = 0; i < 1; i++) f();\n', { semicolons: true }],
    ['function f() {\n\tg();\n}\n', { indent: '\t' }],
    ['f({\n    a: 1\n});\n', { indent: '    ', trailingComma: false }],
    ['app\n  .get(\n    a,\n  );\n', { indent: '  ', trailingComma: true }],
    ['a();\r\nb();\r\nc();\n', { eol: '\r\n' }],
  ])('of %j is %j', (input, style) => {
    expect(styleOf(parseFile('/a.js', input))).toMatchObject(style);
  });
});
