import { performance } from 'node:perf_hooks';
import express from 'express';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT = 50;

async function pause(milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  // review: a loop that looks at the clock → await sleep
  await sleep(end - Date.now());
}

async function rest(): Promise<void> {
  const start = performance.now();
  // review: a loop that looks at the clock → await sleep
  await sleep(start + LIMIT - performance.now());
}

async function until(end: number): Promise<void> {
  // review: a loop that looks at the clock → await sleep
  await sleep(end - +new Date());
}

/** It does something while it waits, and is no sleep. */
function count(end: number): number {
  let turns = 0;
  // ok: the loop counts
  while (Date.now() < end) turns++;
  return turns;
}

/** The end is asked for again in every turn. */
function untilMoved(ends: () => number): void {
  // ok: nobody knows how long it takes
  while (Date.now() < ends()) {}
}

const app = express();

app.get('/', async (_request, response) => {
  await pause(10);
  await rest();
  await until(Date.now() + 5);
  untilMoved(() => 0);
  response.send(String(count(Date.now() + 1)));
});
