import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holds, type Finding, type Transform } from '../src/index.ts';
import { plan } from '../src/run/plan.ts';
import { idsOf } from '../src/run/composition.ts';
import { verifyCommand } from '../src/run/verification/verify-command.ts';
import { write } from '../src/run/write.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-faults-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

const lay = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  }
};

/** Every file of the project with its text, but what hasten keeps for itself. */
const files = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.hasten'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );

const TYPED = {
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "esnext", "types": [] }, "include": ["src"] }',
  'src/prices.ts': `export const add = (a: number, b: number): number => a + b;
export const load = async (name: string): Promise<string> => name;
`,
  'src/orders.ts': `import { add, load } from './prices.js';

export const total = (a: number, b: number): number => add(a, b); // in cents

export async function label(): Promise<string> {
  const name = await load('order');
  return name.toUpperCase();
}

export const page = (title: string): string => \`
  <h1>\${title}</h1>
\`;
`,
  'node_modules/lib/index.js': 'exports.one = 1;\n',
  'ignored/kept.ts': 'export const kept = 1;\n',
  '.gitignore': 'ignored/\nnode_modules/\n',
};

/** A transform that is wrong: it claims to know, and proposes edits by the text of `orders`. */
const wrong = (id: string, findingsIn: (text: string, path: string) => Iterable<Finding>): Transform => ({
  id,
  summary: 'Do something wrong.',
  prefilter: /add|load/,
  *inspect({ text, path }) {
    if (path.endsWith('orders.ts')) yield* findingsIn(text, path);
  },
});

/** An edit of the first `old` in the text. */
function swap(text: string, path: string, old: string, by: string) {
  const start = text.indexOf(old);
  if (start === -1) return [];
  const end = start + old.length;
  return [
    { at: { start, end }, edit: { file: path, span: [start, end] as const, code: by === '' ? [] : [by] } },
  ];
}

const swapping = (id: string, old: string, by: string): Transform =>
  wrong(id, function* findings(text, path) {
    for (const { at: place, edit } of swap(text, path, old, by))
      yield { at: place, title: id, evidence: [holds('it is right')], edits: [edit] };
  });

const editing = (id: string, name: string, text: string): Transform =>
  wrong(id, function* findings() {
    const edit = { file: at(name), span: [0, 0] as const, code: [text] };
    yield { at: { start: 0, end: 6 }, title: id, evidence: [holds('it is right')], edits: [edit] };
  });

/** What a run by default says of a wrong transform, where it writes nothing. */
async function said(transform: Transform): Promise<string> {
  lay(TYPED);
  const before = files();
  const request = { cwd: folder, paths: ['.'], level: 'safe', fileTimeLimit: 300 } as const;
  const made = await plan({ ...request, transforms: [{ transform, options: {} }] });
  await write(made, { root: folder, asked: { paths: ['.'], level: 'safe' } });
  expect(files()).toEqual(before);
  const reasons = made.findings.flatMap(({ safety, evidence }) => [safety, evidence.at(-1)?.claim]);
  return [...reasons, ...made.failures.map(({ reason }) => reason)].join(': ');
}

describe('a transform that is wrong is stopped before anything is written', () => {
  it.each([
    ['drops an argument', 'add(a, b)', 'add(a)', 'TS2554'],
    ['forgets an await', 'await load', 'load', 'TS2339'],
    [
      'loses a comment',
      'add(a, b); // in cents',
      'add(a, b);',
      'the comment in line 3 would be lost: // in cents',
    ],
    [
      'prints a literal anew',
      '(title: string): string => `\n  <h1>${title}</h1>\n`',
      '(title: string): string => `\n    <h1>${title}</h1>\n  `',
      'the literal in line 10 would change',
    ],
    ['changes a type', 'b: number', 'b: string', 'TS2345'],
    ['breaks an import', "'./prices.js'", "'./price.js'", 'it would import ./price.js, which is not there'],
    ['imports what is not exported', '{ add, load }', '{ add, load, gone }', 'TS2305'],
    [
      'removes an import',
      "import { add, load } from './prices.js';\n",
      '',
      'would be used and no longer imported',
    ],
    ['does not parse', 'add(a, b)', 'add(a, b', 'the result does not parse'],
  ])('one that %s', async (id, old, by, reason) => {
    const told = await said(swapping(id.replaceAll(' ', '-'), old, by));
    expect(told).toContain('report: A check of the result failed: ');
    expect(told).toContain(reason);
  });

  it.each([
    ['above the project', '../hasten-outside.ts'],
    ['of a package', 'node_modules/lib/index.js'],
    ['that is ignored', 'ignored/kept.ts'],
    ['that it would create above the project', '../hasten-outside/new.ts'],
  ])('one that edits a file %s', async (_, name) => {
    const told = await said(editing('wrong-file', name, 'export {};\n'));
    expect(told).toContain('report: A check of the result failed: ');
    expect(told).toContain(name.replace('../', ''));
  });

  it('one whose own edits overlap', async () => {
    const overlapping = wrong('overlapping', function* findings(text, path) {
      const edits = [...swap(text, path, 'add(a, b)', 'add(b, a)'), ...swap(text, path, 'a, b', 'b, a')];
      yield {
        at: { start: 0, end: 6 },
        title: 'overlapping',
        evidence: [holds('it is right')],
        edits: edits.map(({ edit }) => edit),
      };
    });
    expect(await said(overlapping)).toContain('its own edits overlap each other');
  });

  it('one that never ends', async () => {
    const endless = wrong('endless', () => {
      for (;;);
    });
    expect(await said(endless)).toContain('the transform endless took longer than 0.3 s and was stopped');
  });

  it('one that proposes without end', async () => {
    const restless = wrong('restless', function* findings(text, path) {
      for (const { at: place, edit } of swap(text, path, 'a: number', 'a:  number'))
        yield { at: place, title: 'widen', evidence: [holds('it is right')], edits: [edit] };
      for (const { at: place, edit } of swap(text, path, 'a:  number', 'a: number'))
        yield { at: place, title: 'narrow', evidence: [holds('it is right')], edits: [edit] };
    });
    expect(await said(restless)).toContain('still changes after 10 passes');
  });

  it('one that throws', async () => {
    const throwing = wrong('throwing', () => {
      throw new Error('oh');
    });
    expect(await said(throwing)).toContain('the transform throwing threw Error: oh');
  });
});

/** A project without types, and tests that see what it does. */
const UNTYPED = {
  'package.json': '{ "type": "module" }',
  'src/prices.js': `export const add = (a, b = 0) => a + b;
export const load = async (name) => name;
`,
  'src/orders.ts': `import { add, load } from './prices.js';

export const total = (a, b) => add(a, b);
export const labelOf = async () => {
  const name = await load('order');
  return { name };
};
export const page = (title) => \`<h1>\${title}</h1>\`;
export const count = () => add(1, 1);
`,
  'test.js': `import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
writeFileSync('src/orders.js', readFileSync('src/orders.ts', 'utf8'));
const { total, labelOf, page, count } = await import('./src/orders.js');
assert.equal(total(1, 2), 3);
assert.equal((await labelOf()).name, 'order');
assert.equal(page('a'), '<h1>a</h1>');
assert.equal(count(), 2);
`,
};

describe('a transform that is wrong in a way that only tests can see', () => {
  it.each([
    ['drops an argument', 'add(a, b)', 'add(a)'],
    ['forgets an await', 'await load', 'load'],
    ['edits a literal', "'order'", "'ordre'"],
    ['changes a type', 'add(1, 1)', 'String(2)'],
  ])('one that %s is to blame, and nothing else', async (_, old, by) => {
    lay(UNTYPED);
    const right = [
      swapping(
        'right-1',
        "import { add, load } from './prices.js';",
        "import { load, add } from './prices.js';",
      ),
      swapping('right-2', 'export const page = (title)', 'export const page = (title = "")'),
      swapping('right-3', 'return { name };', 'return { name: name };'),
    ];
    const transforms = [...right, swapping('wrong', old, by)].map((transform) => ({
      transform,
      options: {},
    }));
    const made = await plan({ cwd: folder, paths: ['src'], level: 'safe', transforms });
    const accepted = new Set(idsOf(made));
    expect(accepted.size).toBe(4);
    const request = { level: 'safe', most: 25, timeLimit: 60_000, cwd: folder, top: folder } as const;
    const verified = await verifyCommand({
      ...request,
      command: 'node test.js',
      composition: made,
      accepted,
    });
    expect(verified.culprits.map(({ proposal }) => proposal.transform)).toEqual(['wrong']);
    expect(verified.culprits[0]?.claim).toMatch(/^`node test\.js` fails with it: AssertionError/);
    expect(verified.kept.size).toBe(3);
  });
});
