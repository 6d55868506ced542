import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const TESTS = '__tests__';
const CHANGES_WHAT_IS_SHARED = /\bvi\.(?!fn\b)\w+|\bprocess\.(?:chdir|env\[?[^\n]*\]? =(?!=))/;

/** Tests that put something else in the place of a module, or change what belongs to the whole process: each gets modules of its own. */
const alone = readdirSync(TESTS)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `${TESTS}/${name}`)
  .filter((path) => CHANGES_WHAT_IS_SHARED.test(readFileSync(path, 'utf8')));

const common = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // One more than cores, as many tests wait for processes that they have started.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        // Loading the engine takes a second, so these share it.
        test: {
          ...common,
          name: 'together',
          include: [`${TESTS}/**/*.test.ts`],
          exclude: alone,
          isolate: false,
        },
      },
      { test: { ...common, name: 'alone', include: alone } },
    ],
  },
});
