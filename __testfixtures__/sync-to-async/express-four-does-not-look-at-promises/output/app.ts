import express from 'express';
import asyncHandler from 'express-async-handler';
import { readFile } from 'node:fs/promises';

const app = express();

async function textOf(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile (2 functions become async)
  return readFile(path, 'utf8');
}

app.get('/text', async (req, res, next) => {
  try {
    res.send(await textOf('text.txt'));
  } catch (error) {
    next(error);
  }
});

// It is asynchronous already: an error of what it calls is nobody's before and after.
app.get('/async', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(await readFile('text.txt', 'utf8'));
});

app.get(
  '/wrapped',
  asyncHandler(async (req, res) => {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('text.txt', 'utf8'));
  }),
);

// It forwards its own errors.
app.get('/forwarded', async (req, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('text.txt', 'utf8'));
  } catch (error) {
    next(error);
  }
});
