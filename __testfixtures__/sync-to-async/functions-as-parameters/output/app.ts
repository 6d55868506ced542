import express from 'express';
import { readFile, stat } from 'node:fs/promises';

const app = express();

async function timed(work: () => string | Promise<string>): Promise<string> {
  const start = performance.now();
  const text = await work();
  return `${text} (${performance.now() - start} ms)`;
}

const twice = async (take: (path: string) => number | Promise<number>, path: string): Promise<number> => (await take(path)) + (await take(path));

async function handedOn(work: () => string): Promise<string> {
  return timed(work);
}

// Who is given a function that must wait waits for it, and for those that need not.
app.get('/timed', async (req, res) => {
  // safe: (5 functions become async)
  res.send(await timed(async () => readFile('a.txt', 'utf8')));
});

app.get('/plain', async (req, res) => {
  res.send(await handedOn(() => 'nothing'));
});

app.get('/twice', async (req, res) => {
  // safe: (3 functions become async)
  res.json(await twice(async (path) => (await stat(path)).size, 'a.txt'));
});

async function orElse(work?: () => string | Promise<string>): Promise<string> {
  if (typeof work !== 'function') return '';
  return (await work?.call(undefined)) ?? '';
}

app.get('/orElse', async (req, res) => {
  // safe: (3 functions become async)
  res.send(await orElse(async () => readFile('a.txt', 'utf8')));
});
