import { join } from 'node:path';
import { describe, it } from 'vitest';
import { describeTransform } from '../src/testing.ts';
import transform from '../transforms/query-in-loop-to-include.ts';
import { inOneMoreStyle } from './one-more-style.ts';

// A file of their own, so that they run beside the fixtures of the other transforms.
describeTransform(transform, join(import.meta.dirname, '..', '__testfixtures__', transform.id), {
  describe,
  it: inOneMoreStyle(it),
});
