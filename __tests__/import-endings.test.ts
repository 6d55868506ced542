import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { createImportEndings } from '../src/facts/import-endings.ts';
import { jsonIn } from '../src/facts/json-text.ts';

type Texts = Readonly<Record<string, string>>;

/** What TypeScript itself reads out of the config. */
function asTypeScript(texts: Texts, config: string): boolean {
  const isFolder = (path: string): boolean => Object.keys(texts).some((one) => one.startsWith(`${path}/`));
  const host = {
    useCaseSensitiveFileNames: true,
    readDirectory: () => [],
    readFile: (path: string) => texts[path],
    fileExists: (path: string) => texts[path] !== undefined,
    directoryExists: isFolder,
  };
  const read: unknown = ts.readConfigFile(config, host.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(read, host, dirname(config), undefined, config);
  const { module = 0, moduleResolution = 0 } = options;
  return (
    (module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext) ||
    moduleResolution === ts.ModuleResolutionKind.Node16 ||
    moduleResolution === ts.ModuleResolutionKind.NodeNext
  );
}

const module = (name: string, rest = ''): string => `{ "compilerOptions": { "module": "${name}" }${rest} }`;

describe('the ending of an import is what TypeScript reads out of the config', () => {
  test.each<[string, Texts, boolean]>([
    ['Node', { '/a/tsconfig.json': module('NodeNext') }, true],
    ['an older Node', { '/a/tsconfig.json': module('node16') }, true],
    ['a bundler', { '/a/tsconfig.json': module('ESNext') }, false],
    [
      'the resolution of Node alone',
      { '/a/tsconfig.json': '{ "compilerOptions": { "moduleResolution": "Node16" } }' },
      true,
    ],
    ['nothing', { '/a/tsconfig.json': '{}' }, false],
    [
      'comments and commas',
      {
        '/a/tsconfig.json': `{ // "module"\n "compilerOptions": { /* { */ "module": "nodenext", "paths": { "//": ["/*"], }, }, }`,
      },
      true,
    ],
    [
      'a config that another one extends',
      { '/a/tsconfig.json': '{ "extends": "../base" }', '/base.json': module('nodenext') },
      true,
    ],
    [
      'a config that says otherwise than the one that it extends',
      {
        '/a/tsconfig.json': module('esnext', ', "extends": "../base.json"'),
        '/base.json': module('nodenext'),
      },
      false,
    ],
    [
      'the last of several',
      {
        '/a/tsconfig.json': '{ "extends": ["./b.json", "./c.json"] }',
        '/a/b.json': module('esnext'),
        '/a/c.json': module('nodenext'),
      },
      true,
    ],
    [
      'a config of a package',
      { '/a/tsconfig.json': '{ "extends": "@b/c" }', '/node_modules/@b/c/tsconfig.json': module('nodenext') },
      true,
    ],
    [
      'a file of a package',
      { '/a/tsconfig.json': '{ "extends": "b/c.json" }', '/a/node_modules/b/c.json': module('nodenext') },
      true,
    ],
    ['a package that is not installed', { '/a/tsconfig.json': module('node18', ', "extends": "b"') }, true],
  ])('%s', (_, texts, wants) => {
    expect(createImportEndings((path) => texts[path])('/a/b.ts')).toBe(wants);
    expect(asTypeScript(texts, '/a/tsconfig.json')).toBe(wants);
  });

  test.each<[string, Texts, boolean]>([
    ['a folder above', { '/tsconfig.json': module('nodenext') }, true],
    ['jsconfig.json', { '/a/jsconfig.json': module('nodenext') }, true],
    ['the nearest', { '/tsconfig.json': module('nodenext'), '/a/tsconfig.json': '{}' }, false],
    [
      'the first that a config of nothing refers to',
      {
        '/a/tsconfig.json': '{ "files": [], "references": [{ "path": "./b" }] }',
        '/a/b/tsconfig.json': module('nodenext'),
      },
      true,
    ],
    ['a config that extends itself', { '/a/tsconfig.json': '{ "extends": "./tsconfig.json" }' }, false],
    ['a broken one', { '/a/tsconfig.json': '{ "compilerOptions": ' }, false],
    ['none', {}, false],
  ])('of %s', (_, texts, wants) => {
    expect(createImportEndings((path) => texts[path])(join('/a', 'b.ts'))).toBe(wants);
  });
});

test.each([
  ['{"a":"// b"}', { a: '// b' }],
  ['{"a":"\\"/*",}// b', { a: '"/*' }],
  ['{"a":[1, /* , */ 2, // ,\n ]}', { a: [1, 2] }],
  ['{"a":', undefined],
  ['1', undefined],
])('the object in %j', (text, object) => {
  expect(jsonIn(text)).toEqual(object);
});
