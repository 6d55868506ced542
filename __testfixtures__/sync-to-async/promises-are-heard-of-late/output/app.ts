import express from 'express';
import { readFileSync } from 'node:fs';
import { startJob, type Job } from './jobs.ts';
import { readFile } from 'node:fs/promises';

const app = express();

app.get('/by-hand', async (req, res) => {
  const told = new Promise<string>((resolve, reject) => {
    setImmediate(() => reject(new Error('gone')));
  });
  // report: may be rejected before anybody waits for it, which ends the process
  const head = readFileSync('head.html', 'utf8');
  try {
    res.send(head + (await told));
  } catch {
    res.status(404).end();
  }
});

// What is given no second function is only fulfilled.
app.get('/fulfilled', async (req, res) => {
  const soon = new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  // safe: fs.readFileSync → await readFile
  const head = await readFile('head.html', 'utf8');
  await soon;
  res.send(head);
});

app.get('/in-an-object', async (req, res) => {
  const { done } = startJob();
  // review: `done` is not rejected while it waits: nobody listens to it before line 35
  const head = await readFile('head.html', 'utf8');
  res.send(head + (await done));
});

app.get('/of-an-object', async (req, res) => {
  const job = startJob();
  // review: `job.done` is not rejected while it waits: nobody listens to it before line 42
  const head = await readFile('head.html', 'utf8');
  res.send(head + (await job.done));
});

app.get('/heard', async (req, res) => {
  const job = startJob();
  job.done.catch(() => res.status(500).end());
  // safe: fs.readFileSync → await readFile
  const head = await readFile('head.html', 'utf8');
  res.send(head + (await job.done));
});

async function withHead(text: Promise<string>): Promise<string> {
  // review: `text` is not rejected while it waits: nobody listens to it before line 56
  const head = await readFile('head.html', 'utf8');
  return head + (await text);
}

async function withFoot(job: Job): Promise<string> {
  // safe: fs.readFileSync → await readFile
  const foot = await readFile('foot.html', 'utf8');
  return (await job.done) + foot;
}

const long = startJob();

app.get('/given', async (req, res) => {
  res.send((await withHead(fetch('https://example.org/').then((one) => one.text()))) + (await withFoot(long)));
});

// Which of both is first was told by the list alone.
async function local(): Promise<string> {
  // review: It does not matter that `local` may not be the first in `Promise.any`: it was done at once until now
  return readFile('answer.txt', 'utf8');
}

const remote = async (): Promise<string> => (await fetch('https://example.org/')).text();

app.get('/first', async (req, res) => {
  res.send(await Promise.any([remote(), local()]));
});
