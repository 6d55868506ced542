import { readFile } from 'node:fs/promises';

export let total = 1;

export async function counted(path: string): Promise<number> {
  const text = await readFile(path, 'utf8');
  total = text.length;
  return total;
}

export async function refusing(count: number): Promise<string> {
  if (count > 2) throw new TypeError('That is forbidden');
  return await readFile('d.txt', 'utf8');
}

export const pair = (...all: unknown[]): unknown[] => all;
