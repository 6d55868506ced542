import { readFileSync } from 'node:fs';

export function text(path: string): string {
  // report: `files[kind]` may be `text`
  return readFileSync(path, 'utf8');
}

export function lines(path: string): string {
  // safe: (2 functions become async, in 2 files)
  return readFileSync(path, 'utf8');
}

export const plain = (path: string): string => path;
