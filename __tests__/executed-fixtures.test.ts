/**
 * Fixtures of the transforms for awaits, run: a case whose input has an `export async function run` runs before and after on the
 * same world of fakes with a virtual clock. It must do the same, and be done sooner.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureCasesOf, type FixtureCase } from '../src/testing/cases.ts';
import { compileProgram } from './random-programs/execution.ts';
import { divergenceOf } from './random-programs/oracle.ts';
import { EQUAL } from './random-programs/scheduler.ts';
import { subjects } from './random-programs/subjects.ts';

const fixtures = join(import.meta.dirname, '..', '__testfixtures__');
const ENTRY = /^export (async function run\(|const run = async\b)/m;

interface Executable {
  readonly name: string;
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** The file that exports `run`. */
  readonly start: string;
  /** Whether a person has agreed to something: then the program may do something else when a call fails. */
  readonly isReviewed: boolean;
}

function asExecutable({ name, input, output }: FixtureCase): Executable | undefined {
  const start = [...input].find(([, text]) => ENTRY.test(text))?.[0];
  if (start === undefined || output.size === 0) return undefined;
  const isReviewed = [...input.values()].some((text) => /(\/\/|\/\*)\s*review:/.test(text));
  return { name, before: input, after: new Map([...input, ...output]), start, isReviewed };
}

for (const { id } of await subjects()) {
  const folder = join(fixtures, id);
  const cases = existsSync(folder) ? fixtureCasesOf(folder) : [];
  const executable = cases.map(asExecutable).filter((one) => one !== undefined);

  describe(`the fixtures of ${id}, run`, () => {
    it.runIf(cases.length > 0)('are not none', () => {
      expect(executable.length).toBeGreaterThan(0);
    });

    it.each(executable)('$name does the same in less time', async ({ before, after, start, isReviewed }) => {
      const mostFailures = isReviewed ? 0 : Infinity;
      expect(await divergenceOf(before, after, start, { entry: 'run', mostFailures })).toBeUndefined();
      const was = await compileProgram(before, start, 'run').run(EQUAL);
      const is = await compileProgram(after, start, 'run').run(EQUAL);
      expect(was.error).toBeUndefined();
      expect(is.time).toBeLessThan(was.time);
    });
  });
}
