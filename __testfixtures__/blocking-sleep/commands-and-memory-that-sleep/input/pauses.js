import { execFileSync, execSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import express from 'express';

const memory = new Int32Array(new SharedArrayBuffer(4));

const app = express();

app.get('/a', (request, response) => {
  // safe: global.Atomics.wait → await setTimeout
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  // safe: child_process.execFileSync → await setTimeout
  execFileSync('sleep', ['0.5']);
  response.end();
});

app.get('/b', (request, response) => {
  // report: it waits until another thread wakes it
  Atomics.wait(memory, 0, 0);
  // ok: it does more than sleep
  execSync('sleep 1; date');
  response.end();
});

app.get('/c', async (request, response) => {
  await setTimeout(10);
  Atomics.notify(memory, 0);
  response.end();
});
