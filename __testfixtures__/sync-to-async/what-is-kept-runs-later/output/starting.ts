import { tool } from './registry.ts';
import { readFile } from 'node:fs/promises';

// It is kept at the start, and run by whoever finds it.
export function start(): void {
  tool('title', async () => {
    // review: Whoever calls the callback of `tool` later waits for it
    const title = await readFile('title.txt', 'utf8');
    return title.length;
  });
}

start();
