import { expect, it } from 'vitest';
import { textOf } from './texts.ts';

it('reads', async () => {
  expect(await textOf('a.txt')).toBe('a');
});
