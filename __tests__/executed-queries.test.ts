/**
 * Fixtures of the transforms for queries, run: a file of a case that brings data runs before and after its rewrite on fresh data, on the real ORM.
 * It must do the same in as many queries as it says. See databases/README.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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

  it.each(kept)('$name is left as it is', ({ before, after }) => {
    expect(after).toBe(before);
  });
});
