import { readFile } from 'node:fs/promises';

export async function textOf(path: string): Promise<string> {
  // review: Nobody calls `textOf` but tests, which wait then
  return readFile(path, 'utf8');
}
