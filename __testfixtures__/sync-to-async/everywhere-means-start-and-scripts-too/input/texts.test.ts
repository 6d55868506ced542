import { expect, it } from 'vitest';
import { textOf } from './texts.ts';

it('reads', () => {
  expect(textOf('a.txt')).toBe('a');
});
