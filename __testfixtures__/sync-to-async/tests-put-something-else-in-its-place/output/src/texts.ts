import * as fs from 'node:fs';
import { sync as findSync } from 'glob';

// The test has a text of its own for it, and calls it.
export function textOf(path: string): string {
  // report: The test `texts.test.ts` puts something else in the place of `readFileSync`, and comes to this call
  return fs.readFileSync(path, 'utf8');
}

// It calls that as well, by a function of its own.
export function sizeOf(path: string): number {
  // report: The test `texts.test.ts` puts something else in the place of `statSync`, and comes to this call
  return fs.statSync(path).size;
}

// Nobody calls it there.
export async function isThere(path: string): Promise<boolean> {
  // review: No test that puts something else in the place of `readFileSync` comes to this call
  return (await fs.promises.readFile(path)).length > 0;
}

// It has another name here.
export function pagesOf(): string[] {
  // report: The test `texts.test.ts` puts something else in the place of `findSync`, and comes to this call
  return findSync('*.html');
}
