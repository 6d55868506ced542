import { readFileSync } from 'node:fs';

export function textOf(path: string): string {
  // safe: in 3 files)
  return readFileSync(path, 'utf8');
}
