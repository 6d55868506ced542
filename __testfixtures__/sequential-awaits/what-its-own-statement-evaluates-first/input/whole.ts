import { readFile } from 'node:fs/promises';
import * as counters from './counters.ts';

export async function lookedAtFirst(): Promise<unknown> {
  // report: `counters.total` is evaluated before `counters.counted` and touches the variable `total` too
  return [counters.total, await counters.counted('a.txt'), await readFile('b.txt', 'utf8')];
}
