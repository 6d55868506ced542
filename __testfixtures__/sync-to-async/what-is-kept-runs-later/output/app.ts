import express, { type NextFunction, type Request, type Response } from 'express';
import { targets } from './targets.ts';
import { find, plain, settings } from './registry.ts';
import { readFile } from 'node:fs/promises';

type Handler = (req: Request, res: Response, next: NextFunction) => unknown;

const app = express();

const wrap = (fn: Handler) => async (req: Request, res: Response, next: NextFunction) => {
  try {
    Promise.resolve(await fn(req, res, next)).catch(next);
  } catch (error) {
    next(error);
  }
};

function route(path: string, fn: Handler): void {
  app.put(path, fn);
}

app.get(
  '/wrapped',
  wrap(async (req, res) => {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('wrapped.txt', 'utf8'));
  }),
);

const named = wrap(async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(await readFile('named.txt', 'utf8'));
});

app.get('/named', named);

route('/routed', async (req, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('routed.txt', 'utf8'));
  } catch (error) {
    next(error);
  }
});

app.post('/:target', async (req, res) => {
  res.json([await targets[req.params.target]?.prepare(), find('size')?.run(), settings, plain]);
});
