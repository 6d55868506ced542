import * as fs from 'node:fs';
import { expect, it, vi } from 'vitest';
import { Uploads } from './uploads.ts';

it('measures', () => {
  vi.spyOn(fs, 'statSync');
  const uploads = new Uploads();
  uploads.queue.handlers.push(Reflect.get(uploads, 'size'));
  expect(uploads.queue.run('a.txt')).toEqual([1]);
});
