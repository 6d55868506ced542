import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allBuiltIn } from '../src/run/catalog.ts';
import { plan, type Plan } from '../src/run/plan.ts';
import { fixtureCasesOf } from '../src/testing.ts';
import type { Transform } from '../src/transform.ts';

const transforms = await allBuiltIn();
let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-no-types-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(texts: Iterable<readonly [path: string, text: string]>): void {
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const planWith = (transform: Transform, types: boolean): Promise<Plan> =>
  plan({
    cwd: folder,
    paths: ['.'],
    transforms: [{ transform, options: transform.defaults ?? {} }],
    level: 'review',
    format: false,
    verifyTypes: false,
    types,
  });

const safe = ({ findings }: Plan): string[] =>
  findings.filter(({ safety }) => safety === 'safe').map(({ id }) => id);

describe('a run without types', () => {
  it.each(transforms.map((transform) => [transform.id, transform] as const))(
    'trusts nothing of %s that a run with types does not',
    async (_id, transform) => {
      const cases = fixtureCasesOf(join(import.meta.dirname, '..', '__testfixtures__', transform.id));
      for (const { name, input } of cases) {
        rmSync(folder, { recursive: true });
        lay(input);
        const without = await planWith(transform, false);
        expect(without.failures.filter(({ transform: one }) => one !== undefined)).toEqual([]);
        if (safe(without).length === 0) continue;
        expect(safe(await planWith(transform, true)), name).toEqual(expect.arrayContaining(safe(without)));
      }
    },
  );

  it.each([
    [
      'sync-to-async',
      'import { readFileSync } from "node:fs";\nexport const f = () => readFileSync("a");\n',
      'readFileSync',
    ],
    ['blocking-sleep', 'export const f = (a: Int32Array) => Atomics.wait(a, 0, 0, 10);\n', 'Atomics.wait'],
  ])('names the calls that %s would ask types about', async (id, text, title) => {
    const transform = transforms.find((one) => one.id === id);
    if (transform === undefined) throw new Error(`There is no ${id}.`);
    lay([['a.ts', text]]);
    const { findings } = await planWith(transform, false);
    expect(findings).toMatchObject([{ title, safety: 'report', evidence: [{ verdict: 'fails' }] }]);
    expect(findings[0]?.evidence[0]?.claim).toContain('--types off');
  });
});
