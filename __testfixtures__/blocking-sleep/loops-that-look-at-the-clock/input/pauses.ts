import { performance } from 'node:perf_hooks';
import express from 'express';

const LIMIT = 50;

function pause(milliseconds: number): void {
  const end = Date.now() + milliseconds;
  // review: a loop that looks at the clock → await sleep
  while (Date.now() < end) {}
}

function rest(): void {
  const start = performance.now();
  // review: a loop that looks at the clock → await sleep
  while (performance.now() - start < LIMIT);
}

function until(end: number): void {
  // review: a loop that looks at the clock → await sleep
  while (end > +new Date()) {
  }
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

app.get('/', (_request, response) => {
  pause(10);
  rest();
  until(Date.now() + 5);
  untilMoved(() => 0);
  response.send(String(count(Date.now() + 1)));
});
