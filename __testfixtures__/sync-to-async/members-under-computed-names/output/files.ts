import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export function text(path: string): string {
  // report: `files[kind]` may be `text`
  return readFileSync(path, 'utf8');
}

export async function lines(path: string): Promise<string> {
  // safe: (2 functions become async, in 2 files)
  return readFile(path, 'utf8');
}

export const plain = (path: string): string => path;
