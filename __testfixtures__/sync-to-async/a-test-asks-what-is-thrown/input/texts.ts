import { readFileSync } from 'node:fs';

export function textOf(path: string): string {
  // report: `expect`
  return readFileSync(path, 'utf8');
}
