import { expect, it } from 'vitest';
import { prepare } from './web.ts';

it('prepares', async () => {
  expect(await prepare()).toBe('{}');
});
