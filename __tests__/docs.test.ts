import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { generatedDocs, staleDocs } from '../scripts/docs.ts';

const root = join(import.meta.dirname, '..');

/** Every fixture is inspected for its claims: that takes its time on a busy machine. */
const TIME = 900_000;

it(
  'is as generated from the transforms, their doc comments and their fixtures',
  async () => {
    expect(staleDocs(root, await generatedDocs(root)), 'run npm run docs').toEqual([]);
  },
  TIME,
);

it('is stale when a page is missing, differs, or has no transform any more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('docs/transforms/kept.md', 'kept\n');
  write('docs/transforms/changed.md', 'old\n');
  write('docs/transforms/gone.md', 'gone\n');
  const generated = new Map([
    ['docs/transforms/kept.md', 'kept\n'],
    ['docs/transforms/changed.md', 'new\n'],
    ['docs/transforms/missing.md', 'missing\n'],
  ]);
  expect(staleDocs(folder, generated)).toEqual([
    'docs/transforms/changed.md',
    'docs/transforms/missing.md',
    'docs/transforms/gone.md',
  ]);
});
