import express, { type NextFunction, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';
import { targets } from './targets.ts';
import { find, plain, settings } from './registry.ts';

type Handler = (req: Request, res: Response, next: NextFunction) => unknown;

const app = express();

const wrap = (fn: Handler) => (req: Request, res: Response, next: NextFunction) => {
  Promise.resolve(fn(req, res, next)).catch(next);
};

function route(path: string, fn: Handler): void {
  app.put(path, fn);
}

app.get(
  '/wrapped',
  wrap((req, res) => {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('wrapped.txt', 'utf8'));
  }),
);

const named = wrap((req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('named.txt', 'utf8'));
});

app.get('/named', named);

route('/routed', (req, res, next) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('routed.txt', 'utf8'));
});

app.post('/:target', async (req, res) => {
  res.json([await targets[req.params.target]?.prepare(), find('size')?.run(), settings, plain]);
});
