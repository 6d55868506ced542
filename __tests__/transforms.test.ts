import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allBuiltIn } from '../src/run/catalog.ts';
import { describeTransform, fixtureCasesOf } from '../src/testing.ts';
import { inOneMoreStyle } from './one-more-style.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, '__testfixtures__');
const transforms = await allBuiltIn();
const ids = transforms.map(({ id }) => id);

describe('the transforms', () => {
  it('are all in the catalog, each under the name of its file', () => {
    const files = readdirSync(join(root, 'transforms')).map((name) => basename(name, '.ts'));
    expect(ids).toEqual(files.toSorted());
  });

  it('have a folder of fixtures each', () => {
    const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name)).toEqual(expect.arrayContaining(ids));
  });

  it.each(ids)('%s has an example, and a case in which it refuses', (id) => {
    const cases = fixtureCasesOf(join(fixtures, id));
    const example = cases.find(({ name }) => name === 'example');
    expect(example?.output.size, 'an example that changes something').toBeGreaterThan(0);
    const texts = cases.flatMap(({ input }) => [...input.values()]);
    expect(
      texts.some((text) => /(\/\/|\/\*)\s*report:/.test(text)),
      'a case with a report',
    ).toBe(true);
  });
});

// Those of the transform for queries are many, and run beside these: query-fixtures.test.ts.
for (const transform of transforms.filter(({ id }) => id !== 'query-in-loop-to-include'))
  describeTransform(transform, join(fixtures, transform.id), { describe, it: inOneMoreStyle(it) });
