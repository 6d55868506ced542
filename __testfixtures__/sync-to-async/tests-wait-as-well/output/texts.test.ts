import { beforeEach, describe, expect, it } from 'vitest';
import { textOf } from './texts.ts';

describe('textOf', () => {
  let first = '';

  beforeEach(async () => {
    first = await textOf('first.txt');
  });

  it('reads', async () => {
    expect(await textOf('a.txt')).toBe('a');
    expect(first).toHaveLength(5);
  });

  it('reads more', async () => {
    expect((await textOf('b.txt')).length).toBe(1);
  });
});
