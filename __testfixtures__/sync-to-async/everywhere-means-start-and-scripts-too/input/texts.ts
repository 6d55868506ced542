import { readFileSync } from 'node:fs';

export function textOf(path: string): string {
  // report: but tests
  return readFileSync(path, 'utf8');
}
