import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allBuiltIn } from '../src/run/catalog.ts';
import { plan, type Plan } from '../src/run/plan.ts';
import { reviewSource } from '../src/review/source.ts';
import type { ReviewSource } from '../src/review/review.ts';
import { packageRoot } from './command-line.ts';
import { renaming } from './plans/project.ts';

/** One that shares an import among its proposals, and one whose rewrites are long. */
const CHOSEN = ['console-to-logger', 'sequential-awaits'];

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-lone-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const sourceOf = (made: Plan, root: string, changes: Plan['changes']): ReviewSource =>
  reviewSource({ composition: made, changes, root, hasten: '0', summaries: new Map(), decisions: new Map() });

/** The diffs of all proposals, read off those of the whole plan as far as that can be done, and made one by one. */
async function bothOf(made: Plan, root: string): Promise<(readonly [unknown, unknown])[]> {
  const [fast, slow] = [sourceOf(made, root, made.changes), sourceOf(made, root, [])];
  const ids = fast.review.items.filter(({ files }) => files.length > 0).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  return Promise.all(ids.map(async (id) => [await fast.diffOf(id), await slow.diffOf(id)] as const));
}

const lines = (count: number, of: (line: number) => string): string =>
  Array.from({ length: count }, (_, line) => `${of(line)}\n`).join('');

describe('the diff of one proposal', () => {
  it('is the same read off the whole plan as made alone, in the example', async () => {
    const root = join(packageRoot, 'examples', 'shop');
    const transforms = (await allBuiltIn()).filter(({ id }) => CHOSEN.includes(id));
    const made = await plan({
      cwd: root,
      paths: ['src'],
      transforms: transforms.map((transform) => ({ transform, options: transform.defaults ?? {} })),
      level: 'review',
      format: true,
      fileTimeLimit: 60_000,
    });
    for (const [fast, slow] of await bothOf(made, root)) expect(fast).toEqual(slow);
  }, 300_000);

  it.each([
    ['far apart', lines(60, (line) => (line % 20 === 5 ? 'a();' : `kept${line}();`))],
    ['close together', lines(20, (line) => (line % 3 === 0 ? 'a();' : `kept${line}();`))],
    ['on one line', 'kept();\na(a(), [a()]);\n'],
    ['at both ends, without a last line ending', `a();\n${lines(30, (line) => `kept${line}();`)}a()`],
    [
      'with CRLF and a byte order mark',
      `\uFEFF${lines(40, (line) => (line % 15 === 0 ? 'a();\r' : `kept${line}();\r`))}`,
    ],
    [
      'in several passes',
      lines(40, (line) => (line % 15 === 0 ? 'a();' : line % 15 === 7 ? 'b();' : `kept${line}();`)),
    ],
    [
      'with something to format',
      `call({ one: a(), two: 'x'.repeat(10), three: fourteen, four: fifteen, six: nn });\n${lines(20, (line) => `kept${line}();`)}a();\n`,
    ],
  ])('is the same %s', async (_, text) => {
    const root = folderWith({ 'one.ts': text, 'two.ts': 'a();\n' });
    const transform = renaming('letters', { a: 'aLongerNameThanBefore', b: 'c' });
    const request = { cwd: root, paths: ['.'], level: 'safe', format: true, fileTimeLimit: 60_000 } as const;
    const made = await plan({ ...request, transforms: [{ transform, options: {} }] });
    for (const [fast, slow] of await bothOf(made, root)) expect(fast).toEqual(slow);
  });
});
