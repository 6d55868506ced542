import { expect, it, vi } from 'vitest';
import { listOf } from './lists.ts';

vi.mock('node:fs', () => ({ readdirSync: () => ['a'] }));

it('lists', () => {
  expect(listOf()).toEqual(['a']);
});
