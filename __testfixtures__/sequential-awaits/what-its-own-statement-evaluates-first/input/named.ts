import { readFile } from 'node:fs/promises';
import { counted, pair, refusing, total } from './counters.ts';

export async function lookedAtFirst(): Promise<unknown> {
  // report: `total` is evaluated before `counted` and touches the variable `total` too
  return pair(total, await counted('a.txt'), await readFile('b.txt', 'utf8'));
}

export async function refusedFirst(): Promise<unknown> {
  // report: throws on purpose: `new TypeError('That is forbidden')`
  const text = await readFile('a.txt', 'utf8');
  // report: `refusing` is a guard
  const one = await refusing(text.length), two = await readFile('b.txt', 'utf8');
  return { one, two };
}
