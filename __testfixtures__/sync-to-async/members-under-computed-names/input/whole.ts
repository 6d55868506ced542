import { readFileSync } from 'node:fs';

export function part(path: string): string {
  // report: `all.part` may be `part`
  return readFileSync(path, 'utf8');
}
