import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

async function poll(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    if (check()) return;
    await sleep(100);
  }
}

// Each turn is waited for, and nobody else knows the variable.
app.get('/logs', async (req, res) => {
  let logs: string[] = [];
  await poll(() => {
    logs = [];
    // review: What follows this call needs nothing that `poll` did at once
    const text = readFileSync('log.txt', 'utf8');
    logs = text.split('\n');
    return logs.length > 1;
  });
  res.json(logs);
});

// Somebody else asks for it meanwhile.
app.get('/shared', async (req, res) => {
  let logs: string[] = [];
  const timer = setInterval(() => res.write(String(logs.length)), 10);
  await poll(() => {
    logs = [];
    // report: the variable `logs`
    const text = readFileSync('log.txt', 'utf8');
    logs = text.split('\n');
    return logs.length > 1;
  });
  clearInterval(timer);
  res.end();
});

async function both(check: () => boolean): Promise<void> {
  await Promise.all([check(), check()]);
}

// Two of its turns are at work at once.
app.get('/both', async (req, res) => {
  let logs: string[] = [];
  await both(() => {
    logs = [];
    // report: the variable `logs`
    const text = readFileSync('log.txt', 'utf8');
    logs = text.split('\n');
    return logs.length > 1;
  });
  res.json(logs);
});

// It is not waited for.
app.get('/begun', async (req, res) => {
  let logs: string[] = [];
  const begun = poll(() => {
    logs = [];
    // report: the variable `logs`
    const text = readFileSync('log.txt', 'utf8');
    logs = text.split('\n');
    return logs.length > 1;
  });
  res.write(String(logs.length));
  await begun;
  res.end();
});

// What follows a promise that is waited for is called once.
app.get('/sizes', async (req, res) => {
  const large: string[] = [];
  await readdir('logs').then((names) => {
    names.forEach((name) => {
      // review: is called on is an array
      if (statSync(name).size > 100) large.push(name);
    });
  });
  res.json(large);
});
