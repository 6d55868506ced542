import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { code } from '../src/edits/code.ts';
import { applyEdits } from '../src/edits/compose.ts';
import type { Edit } from '../src/edits/edit.ts';
import type { NodeName, NodeOf, t } from '../src/syntax/ast.ts';
import { parseFile, type ParsedFile } from '../src/syntax/file.ts';
import { addAwait, makeAsync, type AsyncableFunction } from '../src/syntax/functions.ts';
import { ensureImport } from '../src/syntax/imports.ts';
import { addArgument, addElement, addJsxAttribute, addProperty } from '../src/syntax/lists.ts';
import { replace } from '../src/syntax/replace.ts';
import {
  append,
  insertAfter,
  insertBefore,
  removeStatement,
  removeStatements,
  wrapStatements,
} from '../src/syntax/statements.ts';

interface Trap {
  readonly id: string;
  readonly edit: string;
  readonly input: string;
  readonly ideal: string;
}

const traps = JSON.parse(
  readFileSync(new URL('../__testfixtures__/formatting-traps.json', import.meta.url), 'utf8'),
) as readonly Trap[];

/** The node of that type whose text begins with `start`, the widest of them. */
function nodeAt<K extends NodeName>(file: ParsedFile, type: K, start = ''): NodeOf<K> {
  const path = file.find(type).find(({ node }) => file.text.startsWith(start, node.start ?? 0));
  if (path === undefined) throw new Error(`There is no ${type} that begins with ${start}.`);
  return path.node;
}

/** The widest node of any type whose text is `text`. */
function nodeOf(file: ParsedFile, text: string): t.Node {
  const path = file.paths.find(({ node }) => file.text.slice(node.start ?? 0, node.end ?? 0) === text);
  if (path === undefined) throw new Error(`There is no node ${text}.`);
  return path.node;
}

const expressionOf = (file: ParsedFile, text: string): t.Expression => nodeOf(file, text) as t.Expression;
const blockOf = (file: ParsedFile): t.BlockStatement => nodeAt(file, 'BlockStatement');
const bodyOf = (file: ParsedFile): t.Program => file.tree.program;

type Act = (file: ParsedFile) => readonly Edit[];

/** The text of a file after the edits that `act` makes in it. */
function edited(path: string, text: string, act: Act): string {
  const file = parseFile(path, text);
  return applyEdits(text, act(file));
}

/** What each trap of the table does to its input; those that are missing here must come out as they went in. */
const acts: Readonly<Record<string, Act>> = {
  E20: (file) => {
    const [declaration, fn] = bodyOf(file).body;
    if (declaration === undefined || fn?.type !== 'FunctionDeclaration')
      throw new Error('Other nodes are expected.');
    return [removeStatement(file, declaration), append(file, fn.body, code`${declaration}`)];
  },
  E21: (file) => [append(file, blockOf(file), 'done();')],
  E22: (file) => [wrapStatements(file, blockOf(file).body, 'try {', '} catch (e) {}')],
  E23: (file) => addAwait(file, expressionOf(file, 'b()')),
  E24: (file) => [replace(file, nodeAt(file, 'ImportDeclaration'), 'import z from "z";')],
  E25: (file) => [removeStatement(file, nodeAt(file, 'ImportDeclaration'))],
  E26: (file) => addProperty(file, nodeAt(file, 'ObjectExpression'), 'c: 3'),
  E27: (file) => addProperty(file, nodeAt(file, 'ObjectExpression'), "c: 'y'"),
  E28: (file) => addProperty(file, nodeAt(file, 'ObjectExpression', '{ where'), 'take: 10'),
  E29: (file) => [append(file, blockOf(file), 'y;')],
  E30: (file) => [append(file, blockOf(file), 'done();')],
  E31: (file) => [append(file, bodyOf(file), 'f("x");')],
  E32: (file) => [append(file, bodyOf(file), 'f();')],
  E33: (file) => [replace(file, nodeOf(file, '1 + 2'), 'y')],
  E34: (file) => file.find('ArrowFunctionExpression').flatMap(({ node }) => makeAsync(file, node)),
  E35: (file) => makeAsync(file, nodeAt(file, 'ClassMethod')),
  E36: (file) => [...ensureImport(file, { from: 'z', name: 'default' }).edits],
  E37: (file) => [removeStatement(file, nodeAt(file, 'ExpressionStatement'))],
  E38: (file) => {
    const call = nodeAt(file, 'CallExpression');
    return [...addAwait(file, call), replace(file, call.callee, 'bar')];
  },
  E39: (file) => [
    append(
      file,
      bodyOf(file),
      'someQuiteLongFunctionName(alphaArgument, betaArgument, gammaArgument, deltaArg);',
    ),
  ],
  E40: (file) => addAwait(file, expressionOf(file, 'a()')),
  E41: (file) => {
    const [first, second] = blockOf(file).body;
    if (first === undefined || second === undefined) throw new Error('Two statements are expected.');
    const calls = [nodeOf(file, 'g()'), nodeOf(file, 'h()')];
    return [
      replace(file, first, code`const [a, c] = await Promise.all([${calls}]);`),
      removeStatement(file, second),
    ];
  },
  E42: (file) => {
    const call = nodeOf(file, 'g()');
    return [replace(file, call, code`w(${call})`)];
  },
  E43: (file) => [replace(file, nodeAt(file, 'FunctionExpression'), '() => {}')],
  E44: (file) => addProperty(file, nodeAt(file, 'ObjectExpression'), 'z: null'),
  E45: (file) => addArgument(file, nodeAt(file, 'CallExpression'), 'cb'),
  E46: (file) => {
    const call = nodeAt(file, 'CallExpression', 'fs.');
    return [...addAwait(file, call), replace(file, call.callee, 'w')];
  },
  E47: (file) => [addJsxAttribute(file, nodeAt(file, 'JSXOpeningElement'), 'k="v"')],
  E48: (file) => {
    const call = nodeAt(file, 'CallExpression');
    return [...addAwait(file, call), replace(file, call.callee, 'readFile')];
  },
  E49: (file) => {
    const object = nodeAt(file, 'ObjectExpression');
    return addProperty(file, object, 'n: 1', object.properties[0]);
  },
};

/** Files that hold TypeScript are parsed as such, those with JSX as that. */
const pathOf = ({ id, input }: Trap): string =>
  id === 'E47'
    ? '/a.jsx'
    : /E(?:07|08|09|1\d|35|42)/.test(id) || input.includes(': User')
      ? '/a.ts'
      : '/a.js';

describe('the table of traps', () => {
  test('has 41 of them', () => {
    expect(traps).toHaveLength(41);
  });

  test.each(traps)('$id $edit', (trap) => {
    const act = acts[trap.id];
    if (act !== undefined) {
      expect(edited(pathOf(trap), trap.input, act)).toBe(trap.ideal);
      return;
    }
    expect(trap.ideal).toBe(trap.input);
    expect(edited(pathOf(trap), trap.input, () => [])).toBe(trap.input);
    const eol = trap.input.includes('\r\n') ? '\r\n' : '\n';
    const added = edited(pathOf(trap), trap.input, (file) => [append(file, bodyOf(file), 'added()')]);
    expect(added).toMatch(/added\(\);?\r?\n$/);
    expect(added.slice(0, added.indexOf('added()'))).toBe(trap.input);
    expect(added.endsWith(eol)).toBe(true);
  });
});

type Row = readonly [name: string, path: string, input: string, act: Act, ideal: string];

const appendToBlock: Act = (file) => [append(file, blockOf(file), 'done();')];
const removeB: Act = (file) => [removeStatement(file, nodeOf(file, 'b();'))];
const take: Act = (file) => addProperty(file, nodeAt(file, 'ObjectExpression'), 'take: 10');
const importC: Act = (file) => [...ensureImport(file, { from: 'b', name: 'c' }).edits];
const awaitCall =
  (call = 'f()'): Act =>
  (file) =>
    addAwait(file, expressionOf(file, call));
const asyncFirst =
  (type: AsyncableFunction['type']): Act =>
  (file) =>
    makeAsync(file, nodeAt(file, type));

const fromTheOtherLab: readonly Row[] = [
  [
    'CRLF, two spaces',
    '/a.js',
    'function f() {\r\n  a();\r\n}\r\n',
    appendToBlock,
    'function f() {\r\n  a();\r\n  done();\r\n}\r\n',
  ],
  [
    'CRLF, four spaces',
    '/a.js',
    'function f() {\r\n    a();\r\n}\r\n',
    appendToBlock,
    'function f() {\r\n    a();\r\n    done();\r\n}\r\n',
  ],
  [
    'CRLF, tabs',
    '/a.js',
    'function f() {\r\n\ta();\r\n}\r\n',
    appendToBlock,
    'function f() {\r\n\ta();\r\n\tdone();\r\n}\r\n',
  ],
  [
    'CRLF, an empty function',
    '/a.js',
    'if (a) {\r\n    b();\r\n}\r\nfunction f() {}\r\n',
    (file) => [append(file, nodeAt(file, 'BlockStatement', '{}'), 'done();')],
    'if (a) {\r\n    b();\r\n}\r\nfunction f() {\r\n    done();\r\n}\r\n',
  ],
  [
    'import into a single-quote file',
    '/a.js',
    "import a from 'a';\n\nf('x');\n",
    importC,
    "import a from 'a';\nimport { c } from 'b';\n\nf('x');\n",
  ],
  [
    'import into a double-quote file',
    '/a.js',
    'import a from "a";\n',
    importC,
    'import a from "a";\nimport { c } from "b";\n',
  ],
  [
    'import into a no-semicolon file',
    '/a.js',
    "import a from 'a'\n\nf('x')\n",
    importC,
    "import a from 'a'\nimport { c } from 'b'\n\nf('x')\n",
  ],
  [
    'first import removed under a licence',
    '/a.js',
    '/*\n * Copyright 2020 Us\n */\nimport a from "a";\nimport b from "b";\n',
    (file) => [removeStatement(file, nodeAt(file, 'ImportDeclaration'))],
    '/*\n * Copyright 2020 Us\n */\nimport b from "b";\n',
  ],
  [
    'async on a decorated method over lines',
    '/a.ts',
    'class A {\n  @Post(\n    "x",\n  )\n  public override create(\n    @Body() body: B,\n    @Req() req: R,\n  ): string {\n    return x();\n  }\n}\n',
    asyncFirst('ClassMethod'),
    'class A {\n  @Post(\n    "x",\n  )\n  public override async create(\n    @Body() body: B,\n    @Req() req: R,\n  ): string {\n    return x();\n  }\n}\n',
  ],
  [
    'template moved into a try',
    '/a.js',
    'function f() {\n  q(`\n  SELECT\n    1\n`, {\n    a: 1,\n  });\n}\n',
    (file) => [wrapStatements(file, blockOf(file).body, 'try {', '} catch (e) {}')],
    'function f() {\n  try {\n    q(`\n  SELECT\n    1\n`, {\n      a: 1,\n    });\n  } catch (e) {}\n}\n',
  ],
  [
    'template moved into an array',
    '/a.js',
    'const a = q(`\n  SELECT\n`);\nconst b = [\n  1,\n];\n',
    (file) => [
      ...addElement(file, nodeAt(file, 'ArrayExpression'), code`${nodeOf(file, 'q(`\n  SELECT\n`)')}`),
    ],
    'const a = q(`\n  SELECT\n`);\nconst b = [\n  1,\n  q(`\n  SELECT\n`),\n];\n',
  ],
  ['property into a one-line object', '/a.js', 'f({ a: 1 });\n', take, 'f({ a: 1, take: 10 });\n'],
  ['property into a tight one-line object', '/a.js', 'f({a: 1});\n', take, 'f({a: 1, take: 10});\n'],
  [
    'property into lines with a trailing comma',
    '/a.js',
    'f({\n    a: 1,\n});\n',
    take,
    'f({\n    a: 1,\n    take: 10,\n});\n',
  ],
  [
    'property into lines without a trailing comma',
    '/a.js',
    'f({\n    a: 1\n});\n',
    take,
    'f({\n    a: 1,\n    take: 10\n});\n',
  ],
  [
    'property after a trailing comment',
    '/a.js',
    'f({\n  a: 1 // one\n});\n',
    take,
    'f({\n  a: 1, // one\n  take: 10\n});\n',
  ],
  [
    'property after a comma and a comment',
    '/a.js',
    'f({\n  a: 1, // one\n});\n',
    take,
    'f({\n  a: 1, // one\n  take: 10,\n});\n',
  ],
  ['property into an empty object', '/a.js', 'f({});\n', take, 'f({ take: 10 });\n'],
  [
    'property into an object of comments',
    '/a.js',
    'f({\n  // none yet\n});\n',
    take,
    'f({\n  // none yet\n  take: 10,\n});\n',
  ],
  [
    'removed after a trailing comment',
    '/a.js',
    'a(); // on a\nb();\nc();\n',
    removeB,
    'a(); // on a\nc();\n',
  ],
  [
    'removed with its leading comment',
    '/a.js',
    'a();\n// about b\nb();\n// about c\nc();\n',
    removeB,
    'a();\n// about c\nc();\n',
  ],
  ['removed with its trailing comment', '/a.js', 'a();\nb(); // on b\nc();\n', removeB, 'a();\nc();\n'],
  [
    'removed below a parted comment',
    '/a.js',
    '// about all\n\nb();\nc();\n',
    removeB,
    '// about all\n\nc();\n',
  ],
  ['removed between blank lines', '/a.js', 'a();\n\nb();\n\nc();\n', removeB, 'a();\n\nc();\n'],
  ['removed at the end of a block', '/a.js', '{\n  a();\n\n  b();\n}\n', removeB, '{\n  a();\n}\n'],
  ['removed from a line of several', '/a.js', 'a(); b(); c();\n', removeB, 'a(); c();\n'],
  [
    'import after a shebang',
    '/a.js',
    '#!/usr/bin/env node\nf();\n',
    importC,
    "#!/usr/bin/env node\nimport { c } from 'b';\n\nf();\n",
  ],
  [
    'import below "use strict"',
    '/a.js',
    '"use strict";\n\nf();\n',
    importC,
    '"use strict";\n\nimport { c } from "b";\n\nf();\n',
  ],
  [
    'import under a licence',
    '/a.js',
    '// Copyright 2020 Us\n// Licensed under MIT.\n\nf();\n',
    importC,
    "// Copyright 2020 Us\n// Licensed under MIT.\n\nimport { c } from 'b';\n\nf();\n",
  ],
  [
    'import under a shebang, a licence and a directive',
    '/a.js',
    "#!/usr/bin/env node\n/* Copyright 2020 Us */\n'use strict';\n\nf();\n",
    importC,
    "#!/usr/bin/env node\n/* Copyright 2020 Us */\n'use strict';\n\nimport { c } from 'b';\n\nf();\n",
  ],
];

const wrapLoop: Act = (file) => {
  const loop = nodeAt(file, 'ForOfStatement');
  return [
    removeStatement(file, loop),
    insertBefore(file, loop, code`await Promise.all(${loop.right}.map(f));`),
  ];
};

const added: readonly Row[] = [
  [
    'mixed line endings after a CRLF line',
    '/a.js',
    'a();\r\nb();\nc();\n',
    (file) => [insertAfter(file, nodeOf(file, 'a();'), 'x();')],
    'a();\r\nx();\r\nb();\nc();\n',
  ],
  [
    'mixed line endings after an LF line',
    '/a.js',
    'a();\r\nb();\nc();\r\n',
    (file) => [insertAfter(file, nodeOf(file, 'b();'), 'x();')],
    'a();\r\nb();\nx();\nc();\r\n',
  ],
  [
    'mixed line endings in a wrapped statement',
    '/a.js',
    'f(\r\n  1,\n  2\r\n);\n',
    (file) => [wrapStatements(file, bodyOf(file).body, 'try {', '} catch (e) {}')],
    'try {\r\n  f(\r\n    1,\n    2\r\n  );\r\n} catch (e) {}\n',
  ],
  [
    'no final newline, appended',
    '/a.js',
    'a();',
    (file) => [append(file, bodyOf(file), 'b();')],
    'a();\nb();',
  ],
  [
    'no final newline, edited',
    '/a.js',
    'const x = async () => f()',
    awaitCall(),
    'const x = async () => await f()',
  ],
  ['no final newline, removed', '/a.js', 'a();\nb();', removeB, 'a();\n'],
  [
    'U+2028 in a string',
    '/a.js',
    "const s = '\u2028'; f();\ng();\n",
    (file) => [insertAfter(file, nodeOf(file, 'f();'), 'x();'), ...addAwait(file, expressionOf(file, 'g()'))],
    "const s = '\u2028'; f();\nx();\nawait g();\n",
  ],
  [
    'comments aligned with tabs and spaces',
    '/a.js',
    'a();\t\t// one\nbb();  \t// two\nc();\n',
    awaitCall('bb()'),
    'a();\t\t// one\nawait bb();  \t// two\nc();\n',
  ],
  [
    'prettier-ignore',
    '/a.js',
    '// prettier-ignore\nconst m = [1,0,\n           0,1];\nb();\n',
    (file) => [
      ...addElement(file, nodeAt(file, 'ArrayExpression'), '2'),
      removeStatement(file, nodeOf(file, 'b();')),
    ],
    '// prettier-ignore\nconst m = [1,0,\n           0,1, 2];\n',
  ],
  [
    'istanbul ignore next stays with its statement',
    '/a.js',
    '/* istanbul ignore next */\nif (a) {\n  b();\n}\n',
    (file) => [
      insertBefore(file, nodeAt(file, 'IfStatement'), 'x();'),
      ...addAwait(file, expressionOf(file, 'b()')),
    ],
    'x();\n/* istanbul ignore next */\nif (a) {\n  await b();\n}\n',
  ],
  [
    'eslint-disable-next-line goes with its loop',
    '/a.js',
    'async function g(xs) {\n  // eslint-disable-next-line no-await-in-loop\n  for (const x of xs) await f(x);\n  done();\n}\n',
    wrapLoop,
    'async function g(xs) {\n  await Promise.all(xs.map(f));\n  done();\n}\n',
  ],
  [
    'an eslint pair around a removed statement',
    '/a.js',
    '/* eslint-disable no-x */\nb();\n/* eslint-enable no-x */\nc();\n',
    removeB,
    '/* eslint-disable no-x */\n/* eslint-enable no-x */\nc();\n',
  ],
  [
    'ts-expect-error moves along',
    '/a.ts',
    '// @ts-expect-error untyped\nconst a = g();\n',
    (file) => [wrapStatements(file, bodyOf(file).body, '{', '}')],
    '{\n  // @ts-expect-error untyped\n  const a = g();\n}\n',
  ],
  [
    'a region stays',
    '/a.js',
    '//#region b\nb();\n//#endregion\nc();\n',
    removeB,
    '//#region b\n//#endregion\nc();\n',
  ],
  [
    'a parenthesis after a line without semicolon',
    '/a.js',
    'const a = b\nf().c\n',
    awaitCall(),
    'const a = b\n;(await f()).c\n',
  ],
  [
    'a bracket after a line without semicolon',
    '/a.js',
    'const a = b\nf()\n',
    (file) => [insertAfter(file, nodeAt(file, 'VariableDeclaration'), '[1, 2].forEach(g)')],
    'const a = b\n;[1, 2].forEach(g)\nf()\n',
  ],
  [
    'a backtick after a line without semicolon',
    '/a.js',
    'const a = b\nf()\n',
    (file) => [replace(file, nodeOf(file, 'f()'), '`x`.trim()')],
    'const a = b\n;`x`.trim()\n',
  ],
  [
    'a parenthesis at the start of a block needs none',
    '/a.js',
    'function g() {\n  f().c\n}\n',
    awaitCall(),
    'function g() {\n  (await f()).c\n}\n',
  ],
  [
    'a guarding semicolon stays with its line',
    '/a.js',
    'a()\n;[1].map(b)\n',
    (file) => [insertAfter(file, nodeAt(file, 'ExpressionStatement'), 'x()')],
    'a()\nx()\n;[1].map(b)\n',
  ],
  [
    'the statement before a guarded line is removed',
    '/a.js',
    'c()\nb()\n;[1].map(d)\n',
    (file) => [removeStatement(file, nodeAt(file, 'ExpressionStatement', 'b'))],
    'c()\n;[1].map(d)\n',
  ],
  [
    'a labelled loop',
    '/a.js',
    'outer: for (const x of xs) {\n  f();\n}\n',
    (file) => [insertBefore(file, nodeAt(file, 'ForOfStatement'), 'x();')],
    'x();\nouter: for (const x of xs) {\n  f();\n}\n',
  ],
  [
    'JSX children and entities',
    '/a.jsx',
    'const x = (\n  <p>\n    It&apos;s {f()}&nbsp;\n  </p>\n);\n',
    awaitCall(),
    'const x = (\n  <p>\n    It&apos;s {await f()}&nbsp;\n  </p>\n);\n',
  ],
  [
    'decorators on parameters',
    '/a.ts',
    'class A {\n  constructor(@Inject(X) private readonly x: X) {\n    f();\n  }\n}\n',
    (file) => [append(file, blockOf(file), 'done();')],
    'class A {\n  constructor(@Inject(X) private readonly x: X) {\n    f();\n    done();\n  }\n}\n',
  ],
  [
    'overloads',
    '/a.ts',
    'function f(a: string): void;\nfunction f(a: any) {}\n',
    asyncFirst('FunctionDeclaration'),
    'function f(a: string): void;\nasync function f(a: any) {}\n',
  ],
  [
    'export default async',
    '/a.ts',
    'export default function (a: A) {}\n',
    asyncFirst('FunctionDeclaration'),
    'export default async function (a: A) {}\n',
  ],
  [
    'a long union',
    '/a.ts',
    'type A =\n  | "a"\n  | "b";\nconst x = f();\n',
    awaitCall(),
    'type A =\n  | "a"\n  | "b";\nconst x = await f();\n',
  ],
  [
    'an object of getters, computed keys and spreads',
    '/a.js',
    'const o = { get a() { return 1; }, [k]: 2, ...rest };\n',
    take,
    'const o = { get a() { return 1; }, [k]: 2, ...rest, take: 10 };\n',
  ],
  [
    'a regular expression that holds //',
    '/a.js',
    'const r = /[/]\\/\\//; // c\nb();\n',
    removeB,
    'const r = /[/]\\/\\//; // c\n',
  ],
  [
    'an emoji before the edit',
    '/a.js',
    "const s = '😀👍🏽'; f();\n",
    awaitCall(),
    "const s = '😀👍🏽'; await f();\n",
  ],
  [
    'an @generated header',
    '/a.js',
    '// @generated by us\nb();\nc();\n',
    removeB,
    '// @generated by us\nc();\n',
  ],
  ['an angle-bracket cast', '/a.ts', 'const a = (<T>f()).b;\n', awaitCall(), 'const a = (<T>await f()).b;\n'],
  ['await in a member chain', '/a.js', 'f().a.b();\n', awaitCall(), '(await f()).a.b();\n'],
  [
    'await in a binary expression',
    '/a.js',
    'x = f() + f(1);\n',
    (file) => file.find('CallExpression').flatMap(({ node }) => addAwait(file, node)),
    'x = (await f()) + (await f(1));\n',
  ],
  ['await in a template', '/a.js', 'x = `${f()}`;\n', awaitCall(), 'x = `${await f()}`;\n'],
  ['await under !', '/a.js', 'if (!f()) g();\n', awaitCall(), 'if (!(await f())) g();\n'],
  ['await under typeof', '/a.js', 'x = typeof f();\n', awaitCall(), 'x = typeof (await f());\n'],
  ['await left of **', '/a.js', 'x = f() ** 2;\n', awaitCall(), 'x = (await f()) ** 2;\n'],
  ['await right of **', '/a.js', 'x = 2 ** f();\n', awaitCall(), 'x = 2 ** (await f());\n'],
  ['await in a spread', '/a.js', 'x = [...f()];\n', awaitCall(), 'x = [...(await f())];\n'],
  [
    'await as a default value',
    '/a.js',
    'const { a = f() } = b;\n',
    awaitCall(),
    'const { a = await f() } = b;\n',
  ],
  ['await in an optional call', '/a.js', 'x = f()?.(1);\n', awaitCall(), 'x = (await f())?.(1);\n'],
  ['await of a cut chain', '/a.js', 'x = a?.f().b;\n', awaitCall('a?.f()'), 'x = (await a?.f())?.b;\n'],
  [
    'await as a callee',
    '/a.js',
    'f()();\n',
    (file) => addAwait(file, nodeAt(file, 'CallExpression', 'f()()').callee as t.Expression),
    '(await f())();\n',
  ],
  ['await of what new makes', '/a.js', 'new (f())();\n', awaitCall(), 'new (await f())();\n'],
  ['await as a tag', '/a.js', 'x = f()`y`;\n', awaitCall(), 'x = (await f())`y`;\n'],
  ['await in a non-null assertion', '/a.ts', 'const x = f()!;\n', awaitCall(), 'const x = (await f())!;\n'],
  ['await in a cast', '/a.ts', 'const x = f() as T;\n', awaitCall(), 'const x = (await f()) as T;\n'],
  ['await of a conditional', '/a.js', 'x = a ? b : c;\n', awaitCall('a ? b : c'), 'x = await (a ? b : c);\n'],
  ['await inside parentheses that stand', '/a.js', 'x = (f()).y;\n', awaitCall(), 'x = (await f()).y;\n'],
  [
    'an arrow body becomes an object',
    '/a.js',
    'const g = () => f();\n',
    (file) => [replace(file, nodeOf(file, 'f()'), '{ a: 1 }')],
    'const g = () => ({ a: 1 });\n',
  ],
  [
    'an arrow body begins with an object',
    '/a.js',
    'const g = () => f().a;\n',
    (file) => [replace(file, nodeOf(file, 'f()'), '{ a: 1 }')],
    'const g = () => ({ a: 1 }).a;\n',
  ],
  [
    'a conditional as the object of a member',
    '/a.js',
    'x = f().a;\n',
    (file) => [replace(file, nodeOf(file, 'f()'), 'b ? c : d')],
    'x = (b ? c : d).a;\n',
  ],
  [
    'if and else without braces',
    '/a.js',
    'if (a) sync(); else b();\n',
    awaitCall('sync()'),
    'if (a) await sync(); else b();\n',
  ],
  [
    'a statement before one without braces',
    '/a.js',
    'if (a) sync(); else b();\n',
    (file) => [insertBefore(file, nodeOf(file, 'sync();'), 'x();')],
    'if (a) {\n  x();\n  sync();\n} else b();\n',
  ],
  [
    'a statement after one without braces',
    '/a.js',
    'if (a)\n  sync();\n',
    (file) => [insertAfter(file, nodeOf(file, 'sync();'), 'x();')],
    'if (a) {\n  sync();\n  x();\n}\n',
  ],
  [
    'the only statement of an else',
    '/a.js',
    'if (a) {\n  c();\n} else b();\n',
    removeB,
    'if (a) {\n  c();\n} else {}\n',
  ],
  [
    'a one-line function body',
    '/a.js',
    'function f() { a(); }\n',
    appendToBlock,
    'function f() { a(); done(); }\n',
  ],
  [
    'a parenthesised callee',
    '/a.js',
    '(f)(1);\n',
    (file) => [replace(file, nodeOf(file, 'f'), 'g')],
    'g(1);\n',
  ],
  [
    'a comment between await and its operand',
    '/a.js',
    'x = await /* why */ f().y;\n',
    (file) => [replace(file, nodeAt(file, 'Identifier', 'f'), 'g')],
    'x = await /* why */ g().y;\n',
  ],
  [
    'a comment before the operand',
    '/a.js',
    'x = /* why */ f();\n',
    awaitCall(),
    'x = /* why */ await f();\n',
  ],
];

const name = ([title]: Row): string => title;

describe('traps of the other lab', () => {
  test.each(fromTheOtherLab.map((row) => [name(row), row] as const))(
    '%s',
    (_name, [, path, input, act, ideal]) => {
      expect(edited(path, input, act)).toBe(ideal);
    },
  );
});

describe('further traps', () => {
  test.each(added.map((row) => [name(row), row] as const))('%s', (_name, [, path, input, act, ideal]) => {
    expect(edited(path, input, act)).toBe(ideal);
    expect(() => parseFile(path, ideal)).not.toThrow();
  });

  test('a byte order mark is not counted', () => {
    const onDisk = '\uFEFFa();\r\nb();\r\n';
    const text = onDisk.slice(1);
    const file = parseFile('/a.js', text);
    const edit = insertBefore(file, nodeOf(file, 'a();'), 'x();');
    expect(edit.span).toEqual([0, 0]);
    expect(onDisk.slice(0, 1) + applyEdits(text, [edit])).toBe('\uFEFFx();\r\na();\r\nb();\r\n');
  });

  test('a file of more than a megabyte', () => {
    const filler = Array.from(
      { length: 30_000 },
      (_, index) => `call${index}('a string of some length');\n`,
    ).join('');
    expect(filler.length).toBeGreaterThan(1_000_000);
    expect(edited('/a.js', `${filler}f();\n`, awaitCall())).toBe(`${filler}await f();\n`);
  });

  test('a sum of two thousand strings', () => {
    const sum = Array.from({ length: 2_000 }, (_, index) => `'${index}'`).join(' + ');
    expect(edited('/a.js', `x = ${sum};\nf();\n`, awaitCall())).toBe(`x = ${sum};\nawait f();\n`);
  });

  test('statements removed together leave one gap', () => {
    const file = parseFile('/a.js', 'a();\n\nb();\nc();\n\nd();\n');
    const edits = removeStatements(file, [nodeOf(file, 'b();'), nodeOf(file, 'c();')]);
    expect(applyEdits(file.text, edits)).toBe('a();\n\nd();\n');
  });

  test.each([
    ['x = ((a /* ) */ + b /* ( */)) * 2;\n', 'a /* ) */ + b', 'y', 'x = ((y /* ( */)) * 2;\n'],
    ['x = ((a + b)) * 2;\n', 'a + b', 'y', 'x = y * 2;\n'],
    ['x = (a + b) * 2;\n', 'a + b', 'c - d', 'x = (c - d) * 2;\n'],
    ['x = a * 2;\n', 'a', 'b + c', 'x = (b + c) * 2;\n'],
    ['return(a + b);\n', 'a + b', 'y', 'return y;\n'],
    ['x = ( // (\n  a\n);\n', 'a', 'b', 'x = ( // (\n  b\n);\n'],
    ['x = { a };\n', 'a', 'b()', 'x = { a: b() };\n'],
    ['x = -a;\n', 'a', '-1', 'x = -(-1);\n'],
    ['x = a ?? b;\n', 'a', 'c || d', 'x = (c || d) ?? b;\n'],
    ['x = a.b;\n', 'a', 'c?.d', 'x = (c?.d).b;\n'],
    ['a.b();\n', 'a', '{}', '({}).b();\n'],
    ['new a(1);\n', 'a', 'new b', 'new (new b)(1);\n'],
    ['new a(1);\n', 'a', 'b().c', 'new (b().c)(1);\n'],
  ])('%j with %j replaced by %j', (input, old, by, ideal) => {
    const act: Act = (file) => {
      const path = file.paths.findLast(({ node }) => file.text.slice(node.start ?? 0, node.end ?? 0) === old);
      if (path === undefined) throw new Error(`There is no ${old}.`);
      return [replace(file, path.node, by)];
    };
    expect(edited('/a.js', input, act)).toBe(ideal);
  });
});

describe('quotations', () => {
  test.each([
    ['x = ((a, b));\n', '((a, b))'],
    ['x = (/* ( */ (a) /* ) */);\n', '(/* ( */ (a) /* ) */)'],
    ['x = ((a)) + (b);\n', '((a))'],
    ['f((a), b);\n', '(a)'],
  ])('take the parentheses of %j along', (input, quoted) => {
    const file = parseFile('/a.js', input);
    const path = file.paths.find(({ node }) => node.extra?.parenthesized === true);
    if (path === undefined) throw new Error('A parenthesised node is expected.');
    expect(applyEdits(input, [{ file: '/a.js', span: [0, input.length], code: code`${path.node}` }])).toBe(
      quoted,
    );
  });
});
