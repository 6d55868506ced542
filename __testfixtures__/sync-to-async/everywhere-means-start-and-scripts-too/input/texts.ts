import { readFileSync } from 'node:fs';

export function textOf(path: string): string {
  // review: Nobody calls `textOf` but tests, which wait then
  return readFileSync(path, 'utf8');
}
