import { describe, expect, test } from 'vitest';
import { applyEdits } from '../src/edits/compose.ts';
import { parseFile } from '../src/syntax/file.ts';
import {
  duplicateImportEdits,
  ensureImport,
  unusedImportEdits,
  type ImportHabits,
  type ImportRequest,
} from '../src/syntax/imports.ts';

interface Case {
  readonly name: string;
  readonly path?: string;
  readonly input: string;
  readonly request: ImportRequest;
  readonly habits?: ImportHabits;
  readonly local: string;
  readonly output: string;
}

const readFile: ImportRequest = { from: 'fs/promises', name: 'readFile' };
const logger: ImportRequest = { from: '/p/src/logger.ts', name: 'logger' };
const type: ImportRequest = { from: 'x', name: 'B', typeOnly: true };

const cases: readonly Case[] = [
  // What is there already.
  {
    name: 'reuses a name',
    input: "import { readFile } from 'fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n",
  },
  {
    name: 'reuses an alias',
    input: "import { readFile as rf } from 'fs/promises';\n",
    request: readFile,
    local: 'rf',
    output: "import { readFile as rf } from 'fs/promises';\n",
  },
  {
    name: 'reuses a name of node:',
    input: "import { readFile } from 'node:fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'node:fs/promises';\n",
  },
  {
    name: 'reuses a namespace',
    input: "import * as fsp from 'fs/promises';\n",
    request: readFile,
    local: 'fsp.readFile',
    output: "import * as fsp from 'fs/promises';\n",
  },
  {
    name: 'reuses a default import',
    input: "import pino from 'pino';\n",
    request: { from: 'pino', name: 'default', as: 'log' },
    local: 'pino',
    output: "import pino from 'pino';\n",
  },
  {
    name: 'reuses a default imported by name',
    input: "import { default as pino } from 'pino';\n",
    request: { from: 'pino', name: 'default' },
    local: 'pino',
    output: "import { default as pino } from 'pino';\n",
  },
  {
    name: 'reuses a relative import',
    path: '/p/src/a/b.ts',
    input: "import { logger } from '../logger';\n",
    request: logger,
    local: 'logger',
    output: "import { logger } from '../logger';\n",
  },
  {
    name: 'reuses a relative import of an index',
    path: '/p/src/a.ts',
    input: "import { logger } from './logger/index.js';\n",
    request: { from: '/p/src/logger/index.ts', name: 'logger' },
    local: 'logger',
    output: "import { logger } from './logger/index.js';\n",
  },
  {
    name: 'reuses a require',
    input: "const { readFile: rf } = require('fs/promises');\n",
    request: readFile,
    local: 'rf',
    output: "const { readFile: rf } = require('fs/promises');\n",
  },
  {
    name: 'reuses the whole of a require',
    input: "const fsp = require('fs/promises');\n",
    request: readFile,
    local: 'fsp.readFile',
    output: "const fsp = require('fs/promises');\n",
  },
  {
    name: 'reuses a member of a require',
    input: "const rf = require('fs/promises').readFile;\n",
    request: readFile,
    local: 'rf',
    output: "const rf = require('fs/promises').readFile;\n",
  },
  {
    name: 'reuses an import equals',
    path: '/a.ts',
    input: "import fsp = require('fs/promises');\n",
    request: readFile,
    local: 'fsp.readFile',
    output: "import fsp = require('fs/promises');\n",
  },
  // Into an import that is there.
  {
    name: 'joins a list',
    input: "import { stat } from 'fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import { stat, readFile } from 'fs/promises';\n",
  },
  {
    name: 'joins a tight list',
    input: "import {stat} from 'fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import {stat, readFile} from 'fs/promises';\n",
  },
  {
    name: 'joins a list over lines',
    input: "import {\n  open,\n  stat,\n} from 'fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import {\n  open,\n  stat,\n  readFile,\n} from 'fs/promises';\n",
  },
  {
    name: 'joins a list over lines without a last comma',
    input: "import {\n\topen,\n\tstat\n} from 'fs/promises';\n",
    request: readFile,
    local: 'readFile',
    output: "import {\n\topen,\n\tstat,\n\treadFile\n} from 'fs/promises';\n",
  },
  {
    name: 'joins a default import',
    input: "import x from 'x';\n",
    request: { from: 'x', name: 'y' },
    local: 'y',
    output: "import x, { y } from 'x';\n",
  },
  {
    name: 'joins a default import and its list',
    input: "import x, { z } from 'x';\n",
    request: { from: 'x', name: 'y' },
    local: 'y',
    output: "import x, { z, y } from 'x';\n",
  },
  {
    name: 'adds a default to a list',
    input: "import { y } from 'x';\n",
    request: { from: 'x', name: 'default' },
    local: 'x',
    output: "import x, { y } from 'x';\n",
  },
  {
    name: 'adds a default to a namespace',
    input: "import * as y from 'x';\n",
    request: { from: 'x', name: 'default' },
    local: 'x',
    output: "import x, * as y from 'x';\n",
  },
  {
    name: 'joins a require',
    input: "const { stat } = require('fs/promises');\n",
    request: readFile,
    local: 'readFile',
    output: "const { stat, readFile } = require('fs/promises');\n",
  },
  {
    name: 'joins a require before its rest',
    input: "const { stat, ...rest } = require('fs/promises');\n",
    request: readFile,
    local: 'readFile',
    output: "const { stat, readFile, ...rest } = require('fs/promises');\n",
  },
  {
    name: 'does not join an import for its effect',
    input: "import 'x';\n",
    request: { from: 'x', name: 'y' },
    local: 'y',
    output: "import 'x';\nimport { y } from 'x';\n",
  },
  {
    name: 'does not join an import with attributes',
    input: "import { a } from 'x' with { type: 'x' };\n",
    request: { from: 'x', name: 'y' },
    local: 'y',
    output: "import { a } from 'x' with { type: 'x' };\nimport { y } from 'x';\n",
  },
  // Types.
  {
    name: 'does not join a value to types',
    path: '/a.ts',
    input: "import type { A } from 'x';\n",
    request: { from: 'x', name: 'y' },
    local: 'y',
    output: "import type { A } from 'x';\nimport { y } from 'x';\n",
  },
  {
    name: 'joins a type to types',
    path: '/a.ts',
    input: "import type { A } from 'x';\n",
    request: type,
    local: 'B',
    output: "import type { A, B } from 'x';\n",
  },
  {
    name: 'does not join a type to values',
    path: '/a.ts',
    input: "import { a } from 'x';\n",
    request: type,
    local: 'B',
    output: "import { a } from 'x';\nimport type { B } from 'x';\n",
  },
  {
    name: 'joins a type to values where types are marked inline',
    path: '/a.ts',
    input: "import { a, type A } from 'x';\n",
    request: type,
    local: 'B',
    output: "import { a, type A, type B } from 'x';\n",
  },
  {
    name: 'reuses a value as a type',
    path: '/a.ts',
    input: "import { B } from 'x';\n",
    request: type,
    local: 'B',
    output: "import { B } from 'x';\n",
  },
  {
    name: 'reuses an inline type',
    path: '/a.ts',
    input: "import { type B } from 'x';\n",
    request: type,
    local: 'B',
    output: "import { type B } from 'x';\n",
  },
  {
    name: 'makes an inline type a value',
    path: '/a.ts',
    input: "import { a, type B } from 'x';\n",
    request: { from: 'x', name: 'B' },
    local: 'B',
    output: "import { a, B } from 'x';\n",
  },
  {
    name: 'makes the only type a value',
    path: '/a.ts',
    input: "import type { B } from 'x';\n",
    request: { from: 'x', name: 'B' },
    local: 'B',
    output: "import { B } from 'x';\n",
  },
  {
    name: 'imports a value beside several types',
    path: '/a.ts',
    input: "import type { A, B } from 'x';\n",
    request: { from: 'x', name: 'B' },
    local: 'B2',
    output: "import type { A, B } from 'x';\nimport { B as B2 } from 'x';\n",
  },
  {
    name: 'imports a type into a new file',
    path: '/a.ts',
    input: '',
    request: type,
    local: 'B',
    output: "import type { B } from 'x';\n",
  },
  {
    name: 'does not join types to a default type',
    path: '/a.ts',
    input: "import type A from 'x';\n",
    request: type,
    local: 'B',
    output: "import type A from 'x';\nimport type { B } from 'x';\n",
  },
  {
    name: 'knows no types in JavaScript',
    input: "import a from 'a';\n",
    request: type,
    local: 'B',
    output: "import a from 'a';\nimport { B } from 'x';\n",
  },
  // A new import.
  {
    name: 'follows the last import',
    input: "import a from 'a';\nimport b from 'b'; // b\n\nf();\n",
    request: readFile,
    local: 'readFile',
    output: "import a from 'a';\nimport b from 'b'; // b\nimport { readFile } from 'fs/promises';\n\nf();\n",
  },
  {
    name: 'follows the last require at the head',
    input: "const a = require('a');\nrequire('b');\n\nf();\nconst c = require('c');\n",
    request: readFile,
    local: 'readFile',
    output:
      "const a = require('a');\nconst { readFile } = require('fs/promises');\nrequire('b');\n\nf();\nconst c = require('c');\n",
  },
  {
    name: 'follows the keyword of requires',
    input: 'var a = require("a")\n',
    request: { from: 'pino', name: 'default' },
    local: 'pino',
    output: 'var a = require("a")\nvar pino = require("pino")\n',
  },
  {
    name: 'opens a file',
    input: 'f();\n',
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n\nf();\n",
  },
  {
    name: 'opens a file above the comment of its first statement',
    input: '// about f\nf();\n',
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n\n// about f\nf();\n",
  },
  {
    name: 'opens a script',
    input: 'f();\n',
    habits: { isModule: false },
    request: readFile,
    local: 'readFile',
    output: "const { readFile } = require('fs/promises');\n\nf();\n",
  },
  {
    name: 'opens a .cjs file',
    path: '/a.cjs',
    input: 'f();\n',
    request: readFile,
    local: 'readFile',
    output: "const { readFile } = require('fs/promises');\n\nf();\n",
  },
  {
    name: 'knows CommonJS by its exports',
    input: 'module.exports = f;\n',
    request: readFile,
    local: 'readFile',
    output: "const { readFile } = require('fs/promises');\n\nmodule.exports = f;\n",
  },
  {
    name: 'opens a file below a directive without a gap',
    input: '"use strict"\nexports.a = 1\n',
    request: readFile,
    local: 'readFile',
    output: '"use strict"\nconst { readFile } = require("fs/promises")\n\nexports.a = 1\n',
  },
  {
    name: 'goes between a directive and what shares its line',
    path: '/p/a.cjs',
    input: "'use strict'; f();\ng();\n",
    request: readFile,
    local: 'readFile',
    output: "'use strict'; const { readFile } = require('fs/promises'); f();\ng();\n",
  },
  {
    name: 'fills a file of comments',
    input: '// nothing yet\n',
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n// nothing yet\n",
  },
  {
    name: 'fills an empty file',
    input: '',
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n",
  },
  {
    name: 'imports a namespace',
    input: "import a from 'a';\n",
    request: { from: 'fs', name: '*' },
    local: 'fs',
    output: "import a from 'a';\nimport * as fs from 'fs';\n",
  },
  {
    name: 'keeps CRLF',
    input: "import a from 'a';\r\nf();\r\n",
    request: readFile,
    local: 'readFile',
    output: "import a from 'a';\r\nimport { readFile } from 'fs/promises';\r\nf();\r\n",
  },
  {
    name: 'follows node: of the file',
    input: "import path from 'node:path';\n",
    request: readFile,
    local: 'readFile',
    output: "import path from 'node:path';\nimport { readFile } from 'node:fs/promises';\n",
  },
  {
    name: 'follows a file without node:',
    input: "import path from 'path';\n",
    request: { from: 'node:fs', name: 'stat' },
    local: 'stat',
    output: "import path from 'path';\nimport { stat } from 'fs';\n",
  },
  // Relative specifiers.
  {
    name: 'follows .js',
    path: '/p/src/a/b.ts',
    input: "import c from './c.js';\n",
    request: logger,
    local: 'logger',
    output: "import c from './c.js';\nimport { logger } from '../logger.js';\n",
  },
  {
    name: 'follows .ts',
    path: '/p/src/a/b.ts',
    input: "import c from './c.ts';\n",
    request: logger,
    local: 'logger',
    output: "import c from './c.ts';\nimport { logger } from '../logger.ts';\n",
  },
  {
    name: 'follows no ending',
    path: '/p/src/b.ts',
    input: "import c from './c';\n",
    request: logger,
    local: 'logger',
    output: "import c from './c';\nimport { logger } from './logger';\n",
  },
  {
    name: 'leaves an index out',
    path: '/p/src/b.ts',
    input: "import c from './c';\n",
    request: { from: '/p/src/log/index.ts', name: 'log' },
    local: 'log',
    output: "import c from './c';\nimport { log } from './log';\n",
  },
  {
    name: 'asks the project without others to follow',
    path: '/p/src/b.ts',
    input: '',
    habits: { extension: '.js' },
    request: logger,
    local: 'logger',
    output: "import { logger } from './logger.js';\n",
  },
  {
    name: 'ends as Node asks for it',
    path: '/p/src/b.mjs',
    input: '',
    request: { from: '/p/src/logger.mjs', name: 'logger' },
    local: 'logger',
    output: "import { logger } from './logger.mjs';\n",
  },
  {
    name: 'keeps the ending of data',
    path: '/p/src/b.ts',
    input: "import c from './c';\n",
    request: { from: '/p/a.json', name: 'default' },
    local: 'aJson',
    output: "import c from './c';\nimport aJson from '../a.json';\n",
  },
  // Names that clash.
  {
    name: 'takes another name',
    input: 'const readFile = 1;\n',
    request: readFile,
    local: 'readFile2',
    output: "import { readFile as readFile2 } from 'fs/promises';\n\nconst readFile = 1;\n",
  },
  {
    name: 'takes another name in CommonJS',
    input: "const x = require('x');\nconst readFile = 1;\n",
    request: readFile,
    local: 'readFile2',
    output:
      "const x = require('x');\nconst { readFile: readFile2 } = require('fs/promises');\nconst readFile = 1;\n",
  },
  {
    name: 'is not confused by members and keys',
    input: 'a.readFile({ readFile: 1 });\n',
    request: readFile,
    local: 'readFile',
    output: "import { readFile } from 'fs/promises';\n\na.readFile({ readFile: 1 });\n",
  },
  {
    name: 'takes the name that is wished for',
    input: '',
    request: { ...readFile, as: 'read' },
    local: 'read',
    output: "import { readFile as read } from 'fs/promises';\n",
  },
  {
    name: 'makes a name of a package',
    input: '',
    request: { from: '@scope/my-pkg', name: 'default' },
    local: 'myPkg',
    output: "import myPkg from '@scope/my-pkg';\n",
  },
];

describe('ensureImport', () => {
  test.each(cases)('$name', ({ path = '/p/a.js', input, request, habits, local, output }) => {
    const file = parseFile(path, input);
    const found = ensureImport(file, request, habits);
    expect(found.local).toBe(local);
    const text = applyEdits(input, found.edits);
    expect(text).toBe(output);
    const again = ensureImport(parseFile(path, text), { ...request, as: local }, habits);
    expect(again.edits).toEqual([]);
  });

  test('keys equal edits alike', () => {
    const file = parseFile('/a.js', "'use strict';\n\nf();\n");
    const edits = [...ensureImport(file, readFile).edits, ...ensureImport(file, readFile).edits];
    expect(applyEdits(file.text, edits)).toBe(
      "'use strict';\n\nimport { readFile } from 'fs/promises';\n\nf();\n",
    );
    expect(edits.every(({ once }) => once !== undefined)).toBe(true);
  });

  test.each([
    ['f();\n', "import { readFile } from 'fs/promises';\nimport pino from 'pino';\n\nf();\n"],
    [
      "'use strict';\n\nf();\n",
      "'use strict';\n\nimport { readFile } from 'fs/promises';\nimport pino from 'pino';\n\nf();\n",
    ],
    [
      "import a from 'a';\n",
      "import a from 'a';\nimport { readFile } from 'fs/promises';\nimport pino from 'pino';\n",
    ],
    [
      "import { stat } from 'fs/promises';\n",
      "import { stat, readFile } from 'fs/promises';\nimport pino from 'pino';\n",
    ],
  ])('composes different imports into %j in any order', (input, output) => {
    const file = parseFile('/a.js', input);
    const one = ensureImport(file, readFile).edits;
    const other = ensureImport(file, { from: 'pino', name: 'default' }).edits;
    expect(applyEdits(input, [...one, ...other])).toBe(output);
    expect(applyEdits(input, [...other, ...one])).toBe(output);
  });

  test.each([
    ["import { a } from 'x';\n", "import { a, b, c } from 'x';\n"],
    ["import {\n  a,\n} from 'x';\n", "import {\n  a,\n  b,\n  c,\n} from 'x';\n"],
    ["import {\n  a\n} from 'x';\n", "import {\n  a,\n  b,\n  c\n} from 'x';\n"],
    ["const { a } = require('x');\n", "const { a, b, c } = require('x');\n"],
  ])('composes names of one list in %j in any order', (input, output) => {
    const file = parseFile('/a.js', input);
    const [b, c] = ['b', 'c'].map((name) => ensureImport(file, { from: 'x', name }).edits);
    expect(applyEdits(input, [...(b ?? []), ...(c ?? [])])).toBe(output);
    expect(applyEdits(input, [...(c ?? []), ...(b ?? [])])).toBe(output);
  });

  test('lets the second list of a default import wait', () => {
    const file = parseFile('/a.js', "import x from 'x';\n");
    const [b, c] = ['b', 'c'].map((name) => ensureImport(file, { from: 'x', name }).edits);
    expect(() => applyEdits(file.text, [...(b ?? []), ...(c ?? [])])).toThrow(RangeError);
  });
});

describe('unusedImportEdits', () => {
  test.each([
    [
      'the whole import',
      "import a from 'a';\nimport b from 'b';\n\na(b);\n",
      "import a from 'a';\nimport b from 'b';\n\na();\n",
      "import a from 'a';\n\na();\n",
    ],
    [
      'under a licence',
      "/* License */\nimport a from 'a';\nimport b from 'b';\na(b);\n",
      "/* License */\nimport a from 'a';\nimport b from 'b';\nb();\n",
      "/* License */\nimport b from 'b';\nb();\n",
    ],
    [
      'the last name',
      "import { a, b } from 'x';\na(b);\n",
      "import { a, b } from 'x';\na();\n",
      "import { a } from 'x';\na();\n",
    ],
    [
      'the first name',
      "import { a, b } from 'x';\na(b);\n",
      "import { a, b } from 'x';\nb();\n",
      "import { b } from 'x';\nb();\n",
    ],
    [
      'two last names',
      "import { a, b, c } from 'x';\na(b, c);\n",
      "import { a, b, c } from 'x';\na();\n",
      "import { a } from 'x';\na();\n",
    ],
    [
      'names around one',
      "import { a, b, c } from 'x';\na(b, c);\n",
      "import { a, b, c } from 'x';\nb();\n",
      "import { b } from 'x';\nb();\n",
    ],
    [
      'a line',
      "import {\n  a,\n  b,\n} from 'x';\na(b);\n",
      "import {\n  a,\n  b,\n} from 'x';\nb();\n",
      "import {\n  b,\n} from 'x';\nb();\n",
    ],
    [
      'the default',
      "import x, { a } from 'x';\nx(a);\n",
      "import x, { a } from 'x';\na();\n",
      "import { a } from 'x';\na();\n",
    ],
    [
      'all but the default',
      "import x, { a, b } from 'x';\nx(a, b);\n",
      "import x, { a, b } from 'x';\nx();\n",
      "import x from 'x';\nx();\n",
    ],
    [
      'a require',
      "const a = require('a');\nconst b = require('b');\na(b);\n",
      "const a = require('a');\nconst b = require('b');\na();\n",
      "const a = require('a');\na();\n",
    ],
    [
      'a name of a require',
      "const { a, b } = require('x');\na(b);\n",
      "const { a, b } = require('x');\na();\n",
      "const { a } = require('x');\na();\n",
    ],
    [
      'one of several requires',
      "const a = require('a'), b = require('b');\na(b);\n",
      "const a = require('a'), b = require('b');\na();\n",
      "const a = require('a');\na();\n",
    ],
    [
      'all of several requires',
      "const a = require('a'), b = require('b');\na(b);\n",
      "const a = require('a'), b = require('b');\nf();\n",
      'f();\n',
    ],
    [
      'a name that is left as a key',
      "import { a } from 'x';\na();\n",
      "import { a } from 'x';\nb.a();\n",
      'b.a();\n',
    ],
  ])('removes %s', (_name, before, after, output) => {
    const edits = unusedImportEdits(parseFile('/a.js', before), parseFile('/a.js', after));
    expect(applyEdits(after, edits)).toBe(output);
  });

  test.each([
    ['was unused before', "import a from 'a';\nf();\n", "import a from 'a';\ng();\n"],
    ['is for its effect', "import 'a';\nf();\n", "import 'a';\n"],
    ['is used as a shorthand', "import a from 'a';\na();\n", "import a from 'a';\nf({ a });\n"],
    ['is exported', "import a from 'a';\na();\n", "import a from 'a';\nexport { a };\n"],
    ['is used as an element', "import A from 'a';\nA();\n", "import A from 'a';\nf(<A.b />);\n"],
  ])('keeps what %s', (_name, before, after) => {
    expect(unusedImportEdits(parseFile('/a.js', before), parseFile('/a.js', after))).toEqual([]);
  });

  test('keeps what is used as a type', () => {
    const before = parseFile('/a.ts', "import { A } from 'a';\nnew A();\n");
    expect(unusedImportEdits(before, parseFile('/a.ts', "import { A } from 'a';\nlet x: A;\n"))).toEqual([]);
  });
});

describe('duplicateImportEdits', () => {
  test.each([
    [
      'f();\n',
      "import { a } from 'x';\nimport { b } from 'x';\n\nf();\n",
      "import { a, b } from 'x';\n\nf();\n",
    ],
    [
      'f();\n',
      "const { a } = require('x');\nconst { b: c } = require('x');\n\nf();\n",
      "const { a, b: c } = require('x');\n\nf();\n",
    ],
    [
      "import {\n  a,\n} from 'x';\n",
      "import {\n  a,\n} from 'x';\nimport { b, c } from 'x';\n",
      "import {\n  a,\n  b,\n  c,\n} from 'x';\n",
    ],
    [
      "import { a } from 'x';\n",
      "import { a } from 'x';\nimport type { B } from 'x';\n",
      "import { a } from 'x';\nimport type { B } from 'x';\n",
    ],
    [
      "import { a } from 'x';\nimport { b } from 'x';\n",
      "import { a } from 'x';\nimport { b } from 'x';\nf();\n",
      "import { a } from 'x';\nimport { b } from 'x';\nf();\n",
    ],
  ])('of %j and %j makes %j', (before, after, output) => {
    const edits = duplicateImportEdits(parseFile('/a.ts', before), parseFile('/a.ts', after));
    expect(applyEdits(after, edits)).toBe(output);
  });
});
