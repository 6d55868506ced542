import { readFile } from 'node:fs/promises';

export async function textOf(path: string): Promise<string> {
  // safe: in 3 files)
  return readFile(path, 'utf8');
}
