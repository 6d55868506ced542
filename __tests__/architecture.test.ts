import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../src/syntax/file.ts';

const root = join(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** The texts of source files by their path in the project. */
type Sources = ReadonlyMap<string, string>;

function sourcesIn(...folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(
    files.sort().map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/** What a file imports, in every way that there is; relative paths as paths in the project. */
function importsOf(path: string, text: string): readonly Import[] {
  const file = parseFile(join(root, path), text);
  const found: Import[] = [];
  const add = (specifier: unknown, typeOnly: boolean, dynamic: boolean): void => {
    if (typeof specifier !== 'string') throw new TypeError(`${path} imports what is not a plain string.`);
    const from = specifier.startsWith('.') ? posix.join(dirname(path), specifier) : specifier;
    found.push({ from, typeOnly, dynamic });
  };
  for (const { node } of file.find('ImportDeclaration')) {
    const allTypes =
      node.specifiers.length > 0 &&
      node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
    add(node.source.value, node.importKind === 'type' || allTypes, false);
  }
  for (const { node } of file.find('ExportNamedDeclaration')) {
    if (node.source != null) add(node.source.value, node.exportKind === 'type', false);
  }
  for (const { node } of file.find('ExportAllDeclaration'))
    add(node.source.value, node.exportKind === 'type', false);
  for (const { node } of file.find('TSImportType')) add(node.argument.value, true, false);
  for (const { node } of file.find('CallExpression', { callee: { type: 'Import' } })) {
    const [argument] = node.arguments;
    // What a person names on the command line is not known before.
    if (argument?.type === 'StringLiteral') add(argument.value, false, true);
  }
  return found;
}

/** The layer of a file: its folder below src, or the file itself where it stands at the top. */
const layerOf = (path: string): string => /^src\/([^/.]+)/.exec(path)?.[1] ?? path.split('/')[0] ?? '';

/** The layers whose values a layer may use, beside its own. Types may come from every layer but where it says otherwise. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  evidence: [],
  edits: [],
  transform: [],
  sets: [],
  blocking: ['facts', 'syntax', 'edits', 'evidence'],
  config: [],
  define: ['run'],
  concurrency: ['facts', 'syntax', 'edits', 'evidence'],
  index: [
    'api',
    'blocking',
    'concurrency',
    'config',
    'define',
    'edits',
    'errors',
    'evidence',
    'facts',
    'logging',
    'queries',
    'sets',
    'syntax',
  ],
  syntax: ['edits'],
  facts: ['syntax', 'edits', 'evidence'],
  logging: ['facts', 'syntax', 'edits', 'evidence'],
  queries: ['concurrency', 'facts', 'syntax', 'edits', 'evidence'],
  run: ['facts', 'syntax', 'edits', 'evidence', 'errors', 'transform', 'transforms'],
  review: ['run', 'syntax', 'edits', 'evidence'],
  campaign: ['review', 'run', 'evidence', 'errors'],
  page: ['review'],
  testing: ['run', 'syntax', 'edits', 'evidence'],
  errors: [],
  api: ['review', 'run', 'edits', 'evidence', 'errors', 'config', 'index', 'sets', 'transform'],
  cli: ['api', 'campaign', 'review', 'run', 'edits', 'evidence', 'errors', 'config', 'sets', 'transform'],
  transforms: ['index'],
};

/** Layers that know nothing of others, not even types. */
const ALONE = new Set(['evidence', 'edits']);

/** What a layer may use of another one, where that is not all: the page has no Node. */
const ONLY: Readonly<Record<string, ReadonlySet<string>>> = {
  page: new Set(['deciding', 'emphasis', 'keys', 'syntax'].map((name) => `src/review/${name}.ts`)),
};

/** Where each package may be imported from, for its values. */
const DOORS: Readonly<Record<string, RegExp>> = {
  'ts-morph': /^src\/facts\//,
  jscodeshift: /^src\/syntax\//,
  'jscodeshift/src/getParser.js': /^src\/syntax\/parse\.ts$/,
  'oxc-parser': /^src\/syntax\/native\/parser\.ts$/,
  '@babel/types': /^src\/syntax\//,
  prettier: /^src\/run\/format\.ts$/,
  yargs: /^src\/cli\//,
  'yargs/helpers': /^src\/cli\//,
  jiti: /^src\/api\/load-module\.ts$/,
  diff: /^src\/(review\/|run\/reduce\.ts$)/,
  preact: /^src\/page\//,
  'preact/compat': /^src\/page\//,
  'preact/hooks': /^src\/page\//,
  'react-diff-view': /^src\/page\//,
  picocolors: /^src\/(cli|review)\//,
  'picocolors/types.js': /^src\/(cli|review)\//,
  '@lezer/javascript': /^src\/review\/syntax\.ts$/,
  '@lezer/highlight': /^src\/review\/syntax\.ts$/,
  'string-width': /^src\/review\/terminal\//,
  'wrap-ansi': /^src\/review\/terminal\/fit\.ts$/,
  'slice-ansi': /^src\/review\/terminal\/fit\.ts$/,
  ignore: /^src\/(run\/|campaign\/steps\/filter\.ts$)/,
  bullmq: /^src\/campaign\/queue\//,
  ioredis: /^src\/campaign\/queue\/connection\.ts$/,
  yaml: /^src\/campaign\/yaml-file\.ts$/,
  'ajv/dist/2020.js': /^src\/campaign\/schema-faults\.ts$/,
  inflection: /^src\/(facts\/orm|queries)\//,
  '@prisma/get-dmmf': /^src\/facts\/orm\/schemas\/prisma\/models\.ts$/,
  tinyglobby: /^src\/run\//,
};

const BANNED_NAME = /(^|[/-])(utils?|helpers?|manager|data|process)(?=[-./])/;

function* faultsOf(sources: Sources): Generator<string> {
  for (const [path, text] of sources) {
    const layer = layerOf(path);
    if (BANNED_NAME.test(path)) yield `${path} has a name that says nothing`;
    if (!(layer in MAY_USE)) yield `${path} is in no layer`;
    for (const { from, typeOnly } of importsOf(path, text)) {
      if (from.startsWith('node:')) {
        if (ALONE.has(layer) || ONLY[layer] !== undefined) yield `${path} imports ${from}`;
      } else if (from.startsWith('src/') || from.startsWith('transforms/')) {
        const other = layerOf(from);
        const isOwn = other === layer && layer !== 'transforms';
        const isGranted = (MAY_USE[layer] ?? []).includes(other) && ONLY[layer]?.has(from) !== false;
        const mayUse = isOwn || isGranted;
        if (!mayUse && (!typeOnly || ALONE.has(layer) || layer === 'transforms'))
          yield `${path} imports ${from}`;
        if (!sources.has(from)) yield `${path} imports ${from}, which is no file`;
      } else if (from.startsWith('.') || from.startsWith('..'))
        yield `${path} imports ${from}, outside the project`;
      else if (DOORS[from] === undefined) yield `${path} imports ${from}, which has no door`;
      else if (!DOORS[from].test(path) && (!typeOnly || ALONE.has(layer) || layer === 'transforms')) {
        yield `${path} imports ${from}, whose door is elsewhere`;
      }
    }
  }
}

/** Whether a function lies between an await and the top of its file. */
function hasTopLevelAwait(path: string, text: string): boolean {
  const file = parseFile(join(root, path), text);
  const awaits = [...file.find('AwaitExpression'), ...file.find('ForOfStatement', { await: true })];
  return awaits.some((one) => {
    for (let at = one.parent; at !== null; at = at.parent) {
      if (/Function|Method/.test(at.node.type)) return false;
    }
    return true;
  });
}

/** Whether it is loaded when a script calls it, which no transform does. */
const isForScripts = (path: string, one: Import): boolean => path === 'src/api/index.ts' && one.dynamic;

/** The files of `sources` that those in transforms/ reach, without or with what is imported when it is first needed. */
function reachedFromTransforms(
  sources: Sources,
  follow: (one: Import) => boolean,
): ReadonlyMap<string, string> {
  const reached = new Map<string, string>();
  const visit = (path: string): void => {
    const text = sources.get(path);
    if (reached.has(path) || text === undefined) return;
    reached.set(path, text);
    for (const one of importsOf(path, text))
      if (!one.typeOnly && !isForScripts(path, one) && follow(one)) visit(one.from);
  };
  for (const path of sources.keys()) if (path.startsWith('transforms/')) visit(path);
  return reached;
}

/** What would keep jscodeshift, which requires transforms, from loading one. */
function* whyNotRequirable(sources: Sources): Generator<string> {
  for (const [path, text] of reachedFromTransforms(sources, () => true)) {
    const file = parseFile(join(root, path), text);
    if (file.find('MetaProperty', { meta: { name: 'import' } }).length > 0) yield `${path} uses import.meta`;
    if (hasTopLevelAwait(path, text)) yield `${path} awaits at its top level`;
  }
  // Babel, which jscodeshift has compile every package that is required, cannot compile ts-morph.
  for (const [path, text] of reachedFromTransforms(sources, ({ dynamic }) => !dynamic)) {
    const early = importsOf(path, text).some(
      (one) => one.from === 'ts-morph' && !one.typeOnly && !one.dynamic,
    );
    if (early) yield `${path} loads ts-morph as soon as a transform is loaded`;
  }
}

const faults = (files: Readonly<Record<string, string>>): string[] => [
  ...faultsOf(new Map(Object.entries(files))),
];

/** What of our own transforms needs jscodeshift, which is not loaded for them. */
function* whyNotWithoutBuilders(sources: Sources): Generator<string> {
  for (const [path, text] of sources) {
    if (/^src\/(?:syntax|run|testing)\//.test(path)) continue;
    const file = parseFile(join(root, path), text);
    const asked = [
      ...file.find('MemberExpression', { property: { name: 'j' }, computed: false }),
      ...file.find('ObjectProperty', { key: { name: 'j' }, computed: false }),
    ];
    if (asked.length > 0) yield `${path} asks for jscodeshift`;
  }
}

describe('our own transforms', () => {
  it('quote, and so need no builders', () => {
    expect([...whyNotWithoutBuilders(sourcesIn('src', 'transforms'))]).toEqual([]);
    const asking = {
      'transforms/a.ts': 'export const a = (file) => file.j.identifier("a");',
      'src/b/b.ts': 'const { j } = file;',
    };
    expect([...whyNotWithoutBuilders(new Map(Object.entries(asking)))]).toHaveLength(2);
  });
});

describe('the layers', () => {
  it('import only what lies below them, and each library through its door', () => {
    expect([...faultsOf(sourcesIn('src', 'transforms'))]).toEqual([]);
  });

  it.each([
    [{ 'src/edits/a.ts': `import { readFileSync } from 'node:fs';` }, 'src/edits/a.ts imports node:fs'],
    [
      { 'src/edits/a.ts': `import type { b } from '../syntax/b.ts';`, 'src/syntax/b.ts': '' },
      'src/edits/a.ts imports src/syntax/b.ts',
    ],
    [
      { 'src/facts/a.ts': `import { b } from '../run/b.ts';`, 'src/run/b.ts': '' },
      'src/facts/a.ts imports src/run/b.ts',
    ],
    [
      { 'src/run/a.ts': `const m = await import('../cli/b.ts');`, 'src/cli/b.ts': '' },
      'src/run/a.ts imports src/cli/b.ts',
    ],
    [
      { 'transforms/a.ts': `import type { b } from '../src/facts/b.ts';`, 'src/facts/b.ts': '' },
      'transforms/a.ts imports src/facts/b.ts',
    ],
    [
      { 'transforms/a.ts': `export * from './b.ts';`, 'transforms/b.ts': '' },
      'transforms/a.ts imports transforms/b.ts',
    ],
    [
      { 'src/run/a.ts': `import { Project } from 'ts-morph';` },
      'src/run/a.ts imports ts-morph, whose door is elsewhere',
    ],
    [
      { 'src/page/a.tsx': `import { b } from '../review/b.ts';`, 'src/review/b.ts': '' },
      'src/page/a.tsx imports src/review/b.ts',
    ],
    [{ 'src/page/a.tsx': `import { join } from 'node:path';` }, 'src/page/a.tsx imports node:path'],
    [{ 'src/run/a.ts': `import _ from 'lodash';` }, 'src/run/a.ts imports lodash, which has no door'],
    [{ 'src/run/a.ts': `import './gone.ts';` }, 'src/run/a.ts imports src/run/gone.ts, which is no file'],
    [{ 'src/run/file-utils.ts': '' }, 'src/run/file-utils.ts has a name that says nothing'],
    [{ 'src/data/rows.ts': '' }, 'src/data/rows.ts has a name that says nothing'],
  ])('would not allow %j', (files, fault) => {
    expect(faults(files as unknown as Record<string, string>)).toContain(fault);
  });

  it('allow types across', () => {
    expect(
      faults({
        'src/facts/a.ts': `import type { b } from '../run/b.ts';`,
        'src/run/b.ts': '',
        'src/run/metadata.ts': '',
      }),
    ).toEqual([]);
  });
});

describe('what transforms reach', () => {
  it('can be required: no import.meta, no await at the top level', () => {
    expect([...whyNotRequirable(sourcesIn('src', 'transforms'))]).toEqual([]);
  });

  it.each([
    ['export const here = import.meta.url;', 'uses import.meta'],
    ['export const a = await b();', 'awaits at its top level'],
    ['for await (const a of b) c(a);', 'awaits at its top level'],
    [`import { ts } from 'ts-morph';`, 'loads ts-morph as soon as a transform is loaded'],
  ])('would not allow %s', (text, fault) => {
    const sources = new Map([
      ['transforms/a.ts', `import { b } from '../src/index.ts';`],
      ['src/index.ts', `export { b } from './b.ts';`],
      ['src/b.ts', text],
    ]);
    expect([...whyNotRequirable(sources)]).toEqual([`src/b.ts ${fault}`]);
  });
});
