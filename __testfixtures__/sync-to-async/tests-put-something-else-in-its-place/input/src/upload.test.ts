import * as fs from 'node:fs';
import { expect, it, vi } from 'vitest';
import { command } from './upload.ts';

it('reads once', () => {
  const read = vi.spyOn(fs, 'readFileSync');
  command.run('a.txt');
  expect(read).toHaveBeenCalledTimes(1);
});
