import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

app.get('/cancelled', (req, res) => {
  const soon = setImmediate(() => console.log('late'));
  // report: the function of `setImmediate` (line 7) would run, which is cancelled at once until now (line 10)
  const page = readFileSync('page.html', 'utf8');
  clearImmediate(soon);
  res.send(page);
});

app.get('/in-time', (req, res) => {
  const limit = setTimeout(() => res.status(503).end(), 50);
  // review: The function of `setTimeout` (line 15) is not due before it is cancelled (line 18)
  const page = readFileSync('page.html', 'utf8');
  clearTimeout(limit);
  res.send(page);
});

app.get('/aborted', (req, res) => {
  const control = new AbortController();
  setTimeout(() => control.abort(), 50);
  // review: the function of `setTimeout` (line 24) may run first, which uses `control` as line 27 does
  const page = readFileSync('page.html', 'utf8');
  if (control.signal.aborted) res.status(503).end();
  else res.send(page);
});

// What others are waited for may be cancelled too late today as well.
app.get('/waited', async (req, res) => {
  const limit = setTimeout(() => console.log('slow'), 50);
  // safe: fs.readFileSync → await readFile
  const page = readFileSync('page.html', 'utf8');
  await fetch('https://example.org/');
  clearTimeout(limit);
  res.send(page);
});

// Nobody minds when that runs.
app.get('/aside', (req, res) => {
  const { path } = req;
  setImmediate(() => console.log(path, req.method));
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8') + path + req.method);
});
