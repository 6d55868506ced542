import express from 'express';
import { readFileSync, statSync } from 'node:fs';

const app = express();

function timed(work: () => string): string {
  const start = performance.now();
  const text = work();
  return `${text} (${performance.now() - start} ms)`;
}

const twice = (take: (path: string) => number, path: string): number => take(path) + take(path);

function handedOn(work: () => string): string {
  return timed(work);
}

// Who is given a function that must wait waits for it, and for those that need not.
app.get('/timed', (req, res) => {
  // safe: (5 functions become async)
  res.send(timed(() => readFileSync('a.txt', 'utf8')));
});

app.get('/plain', (req, res) => {
  res.send(handedOn(() => 'nothing'));
});

app.get('/twice', (req, res) => {
  // safe: (3 functions become async)
  res.json(twice((path) => statSync(path).size, 'a.txt'));
});

function orElse(work?: () => string): string {
  if (typeof work !== 'function') return '';
  return work?.call(undefined) ?? '';
}

app.get('/orElse', (req, res) => {
  // safe: (3 functions become async)
  res.send(orElse(() => readFileSync('a.txt', 'utf8')));
});
