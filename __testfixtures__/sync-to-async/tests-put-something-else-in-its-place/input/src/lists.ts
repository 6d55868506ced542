import { readdirSync } from 'node:fs';

export function listOf(): string[] {
  // report: The test `lists.test.ts` puts something else in the place of `readdirSync`, and comes to this call
  return readdirSync('lists');
}
