import { readFileSync } from 'node:fs';
import { tool } from './registry.ts';

// It is kept at the start, and run by whoever finds it.
export function start(): void {
  tool('title', async () => {
    // review: Whoever calls the callback of `tool` later waits for it
    const title = readFileSync('title.txt', 'utf8');
    return title.length;
  });
}

start();
