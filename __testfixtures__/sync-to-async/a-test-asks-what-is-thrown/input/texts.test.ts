import { expect, it } from 'vitest';
import { textOf } from './texts.ts';

// `toThrow` calls it and looks at what is thrown at once, which a promise never is.
it('misses', () => {
  expect(() => textOf('missing.txt')).toThrow('ENOENT');
});
