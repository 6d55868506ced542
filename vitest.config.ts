import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const TESTS = '__tests__';
const CHANGES_WHAT_IS_SHARED = /\bvi\.(?!fn\b)\w+|\bprocess\.(?:chdir|env\[?[^\n]*\]? =(?!=))/;

/** Proofs that take a minute or more each: random programs of every kind, all of our own code, campaigns that are killed, workers and a Redis that die, the examples for CI. `npm run test:long`. */
const LONG: ReadonlySet<string> = new Set(
  [
    'random-programs-obligations',
    'random-programs-saboteurs',
    'random-queries',
    'random-calls',
    'campaign-queue',
    'campaign-kills',
    'ci-examples',
    'dogfood',
  ].map((name) => `${TESTS}/${name}.test.ts`),
);
const isLong = process.argv.includes('--mode=long');
const left = isLong ? [] : [...LONG];

/** Tests that put something else in the place of a module, or change what belongs to the whole process: each gets modules of its own. */
const alone = readdirSync(TESTS)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `${TESTS}/${name}`)
  .filter((path) => CHANGES_WHAT_IS_SHARED.test(readFileSync(path, 'utf8')));

const common = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // One for each core, where the default leaves one free.
    maxWorkers: '100%',
    projects: [
      {
        // Loading the engine takes a second, so these share it.
        test: {
          ...common,
          name: 'together',
          include: isLong ? [...LONG] : [`${TESTS}/**/*.test.ts`],
          exclude: [...alone, ...left],
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'alone',
          include: alone.filter((path) => (isLong ? LONG.has(path) : !LONG.has(path))),
        },
      },
    ],
  },
});
