import * as fs from 'node:fs';
import * as glob from 'glob';
import { expect, it, vi } from 'vitest';
import { pagesOf, sizeOf, textOf } from './texts.ts';

const sizeOfFirst = (): number => sizeOf('first.txt');

it('reads', () => {
  vi.spyOn(fs, 'readFileSync').mockReturnValue('a');
  expect(textOf('a.txt')).toBe('a');
});

it('measures', () => {
  const stat = vi.spyOn(fs, 'statSync');
  expect(sizeOfFirst()).toBe(5);
  expect(stat).toHaveBeenCalledTimes(1);
});

it('finds', () => {
  vi.spyOn(glob, 'sync').mockReturnValue([]);
  expect(pagesOf()).toEqual([]);
});
