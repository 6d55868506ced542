import { beforeEach, describe, expect, it } from 'vitest';
import { textOf } from './texts.ts';

describe('textOf', () => {
  let first = '';

  beforeEach(() => {
    first = textOf('first.txt');
  });

  it('reads', () => {
    expect(textOf('a.txt')).toBe('a');
    expect(first).toHaveLength(5);
  });

  it('reads more', async () => {
    expect(textOf('b.txt').length).toBe(1);
  });
});
