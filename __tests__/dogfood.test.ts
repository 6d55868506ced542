import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allBuiltIn } from '../src/run/catalog.ts';
import { plan } from '../src/run/plan.ts';

it('proposes nothing safe for its own code', async () => {
  const transforms = await allBuiltIn();
  const { files, findings, failures } = await plan({
    cwd: join(import.meta.dirname, '..'),
    paths: ['src', 'transforms'],
    transforms: transforms.map((transform) => ({ transform, options: transform.defaults ?? {} })),
    level: 'safe',
    format: false,
    fileTimeLimit: 60_000,
  });
  expect(files.scanned).toBeGreaterThan(40);
  expect(failures).toEqual([]);
  const safe = findings.filter(({ safety }) => safety === 'safe');
  expect(safe.map(({ path, title }) => `${path}: ${title}`)).toEqual([]);
}, 900_000);
