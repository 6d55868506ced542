import { readFileSync } from 'node:fs';

export function readText(name) {
// report: declared in `store.d.ts`
  return readFileSync(name, 'utf8');
}
