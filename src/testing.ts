import type { Transform } from './transform.ts';
import { fixtureCasesOf } from './testing/cases.ts';
import { checkFixture, checkTwin } from './testing/check.ts';
import { twinsOf } from './testing/twins.ts';

export { fixtureCasesOf, type FixtureCase, type Texts } from './testing/cases.ts';
export { checkFixture, type FixtureReport } from './testing/check.ts';

/** What a test runner offers: vitest, node:test, Jest and Mocha all do. */
export interface TestRunner {
  readonly describe: (name: string, register: () => void) => unknown;
  readonly it: ((name: string, test: () => Promise<void>) => unknown) & {
    readonly skip: (name: string, test: () => Promise<void>) => unknown;
  };
}

function assertNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/**
 * Registers tests for a transform: one for each case in `folder` (see `fixtureCasesOf` for how cases are laid out and
 * `checkFixture` for what is tested), and where something is rewritten two for the case written with tabs and CRLF line
 * endings, and without semicolons. A style that cannot be told is a skipped test whose name says why.
 *
 * Comments in the input mark the line below them (or their own line, beside code), and stay in the output:
 * `// safe: <part of the title>`, `// review: <part of an assumed claim or of the title>`, `// report: <part of a failing
 * claim or of the title>`, `// ok: <why there is no finding>`; one for each finding.
 *
 * @example
 * import { describe, it } from 'vitest';
 * describeTransform(myTransform, '__testfixtures__/my-transform', { describe, it });
 */
export function describeTransform<O extends object>(
  transform: Transform<O>,
  folder: string,
  { describe, it }: TestRunner,
): void {
  const tested = transform as unknown as Transform;
  describe(transform.id, () => {
    for (const fixture of fixtureCasesOf(folder)) {
      it(fixture.name, async () => assertNone((await checkFixture(tested, fixture)).problems));
      for (const { name, twin, skipped } of twinsOf(fixture)) {
        const run = async (): Promise<void> =>
          assertNone(twin === undefined ? [] : await checkTwin(tested, twin));
        if (skipped === undefined) it(`${fixture.name}, ${name}`, run);
        else it.skip(`${fixture.name}, ${name}: ${skipped}`, run);
      }
    }
  });
}
