import { join } from 'node:path';
import { describe, it } from 'vitest';
import { describeTransform, type TestRunner } from '../src/testing.ts';
import transform from '../transforms/query-in-loop-to-include.ts';

/** Tabs and line endings are the engine's business: the fixtures of the other transforms test them, and these take long. */
const withoutTwins: TestRunner['it'] = Object.assign(
  (name: string, run: () => Promise<void>): void => {
    if (!/, with tabs and CRLF$/.test(name)) it(name, run);
  },
  { skip: (name: string, run: () => Promise<void>): void => it.skip(name, run) },
);

// A file of their own, so that they run beside the fixtures of the other transforms.
describeTransform(transform, join(import.meta.dirname, '..', '__testfixtures__', transform.id), {
  describe,
  it: withoutTwins,
});
