import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPatch } from '../src/review/read-patch.ts';
import { patchReport } from '../src/review/reporters/patch.ts';
import { reviewDiff } from '../src/review/source.ts';
import type { FileChange } from '../src/run/plan.ts';

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-read-patch-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const change = (name: string, before: string | null, after: string): FileChange => ({
  path: join(folder, name),
  before,
  after,
  proposals: [],
});

const patchOf = (changes: readonly FileChange[]): string => [...patchReport(changes, folder)].join('');

describe('a patch that is read', () => {
  it('is what was written, whatever the names and the texts', () => {
    // What could be taken for a part of a patch, and endings of all kinds.
    const line = fc.constantFrom(
      'a',
      '',
      '-- a/x',
      '++ b/x',
      '@@ -1 +1 @@',
      'diff --git a/x b/x',
      '\\ No newline at end of file',
      'a\rdiff --git a/y b/y',
      '\u2028diff --git a/z b/z',
      ' b',
      'c\r',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
      .map(([lines, isEnded]) => lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''));
    const name = fc.constantFrom('a.js', 'b c.js', 'src/ö "q".js', 'tab\there.js', 'b/a b/a', 'x\\y.js');
    const changes = fc.uniqueArray(fc.tuple(name, fc.option(text), text), {
      selector: ([one]) => one,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, (made) => {
        const written = made.map(([one, before, after]) => change(one, before, after));
        const wanted = written
          .filter(({ before, after }) => before !== after)
          .map((one) => reviewDiff(one, folder, false));
        expect(readPatch(patchOf(written), Infinity)).toEqual({ diffs: wanted, left: 0 });
      }),
      { numRuns: 500 },
    );
  });

  it('is read up to the file that would be too much, but one at least', () => {
    const text = patchOf(['a', 'b', 'c'].map((name) => change(name, 'old\n', 'new\n')));
    const read = (most: number) => {
      const { diffs, left } = readPatch(text, most);
      return [diffs.map(({ path }) => path), left];
    };
    expect(read(1)).toEqual([['a'], 2]);
    expect(read(12)).toEqual([['a', 'b'], 1]);
    expect(read(18)).toEqual([['a', 'b', 'c'], 0]);
    expect(readPatch('', 1)).toEqual({ diffs: [], left: 0 });
  });
});
