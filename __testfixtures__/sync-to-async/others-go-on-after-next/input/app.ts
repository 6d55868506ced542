import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

// Nothing follows: whoever comes after may take its time.
app.use((req, res, next) => {
  if (req.path === '/closed') {
    next('route');
    return;
  }
  if (req.method === 'GET') return next();
  try {
    next();
  } catch (error) {
    next(error);
  }
});

// A line of a log comes in another order.
app.use((req, res, next) => {
  next();
  console.log('done', req.path);
});

app.get('/before', (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8'));
});

app.use((req, res, next) => {
  next();
  if (!res.headersSent) res.status(404).end();
});

app.get('/after', (req, res) => {
  // review: What follows `next()` (line 32 of `app.ts`) needs nothing that the callback of `app.get` does once it has waited
  res.send(readFileSync('page.html', 'utf8'));
});

// Today, too, it answers after that.
app.get('/waited', async (req, res) => {
  await fetch('https://example.org/');
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8'));
});

// `finally` comes at once as well.
app.use((req, res, next) => {
  res.locals.parts = [];
  try {
    return next();
  } finally {
    res.locals.parts = undefined;
  }
});

app.get('/parts', (req, res) => {
  // review: What follows `next()` (line 52 of `app.ts`) needs nothing
  res.locals.parts.push(readFileSync('part.html', 'utf8'));
  res.send(res.locals.parts.join(''));
});
