import express from 'express';
import asyncHandler from 'express-async-handler';
import { readFileSync } from 'node:fs';

const app = express();

function textOf(path: string): string {
  // safe: fs.readFileSync → readFile (2 functions become async)
  return readFileSync(path, 'utf8');
}

app.get('/text', (req, res) => {
  res.send(textOf('text.txt'));
});

// It is asynchronous already: an error of what it calls is nobody's before and after.
app.get('/async', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('text.txt', 'utf8'));
});

app.get(
  '/wrapped',
  asyncHandler((req, res) => {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('text.txt', 'utf8'));
  }),
);

// It forwards its own errors.
app.get('/forwarded', (req, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('text.txt', 'utf8'));
  } catch (error) {
    next(error);
  }
});
