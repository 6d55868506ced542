import { readFileSync } from 'node:fs';

export function linesOf(path: string): string[] {
  // report: is what a published package exports
  return readFileSync(path, 'utf8').split('\n');
}
