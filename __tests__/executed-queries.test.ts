/**
 * Fixtures of the transforms for queries, run: a file of a case that brings data runs before and after its rewrite on fresh data, on the real ORM.
 * It must do the same in as many queries as it says. See databases/README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formattedPage } from '../scripts/docs.ts';
import { QUERY_PAGE, queryPage } from '../scripts/query-page.ts';
import { fixtureCasesOf } from '../src/testing/cases.ts';
import { createDatabases, failureOf, filesOf, isExecutable } from './databases/cases.ts';

const folder = join(import.meta.dirname, '..', '__testfixtures__', 'query-in-loop-to-include');
const cases = existsSync(folder) ? fixtureCasesOf(folder) : [];
const files = cases.filter(isExecutable).map(filesOf);
const run = files.flatMap((one) => one.run);
const kept = files.flatMap((one) => one.kept);

const databases = createDatabases();
afterAll(() => databases.close());

describe('the fixtures of query-in-loop-to-include, run', () => {
  it.runIf(existsSync(folder))('are not none', () => {
    expect(run.length).toBeGreaterThan(0);
  });

  it.each(run)('$name does the same in fewer queries', async (fixture) => {
    expect(await failureOf(fixture, databases)).toBeUndefined();
  });

  it(
    'are shown in docs/queries.md as they run',
    async () => {
      const root = join(import.meta.dirname, '..');
      const page = await formattedPage(root, QUERY_PAGE, await queryPage(root, databases));
      expect(readFileSync(join(root, QUERY_PAGE), 'utf8'), 'run npm run docs').toBe(page);
    },
    // All that is shown runs, and all fixtures are inspected.
    900_000,
  );

  it.each(kept)('$name is left as it is', ({ before, after }) => {
    expect(after).toBe(before);
  });
});
