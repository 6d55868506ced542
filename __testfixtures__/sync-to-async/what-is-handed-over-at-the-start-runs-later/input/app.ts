import express from 'express';
import { readFileSync, statSync } from 'node:fs';
import { register } from './outside.js';

const app = express();
const sizes = new Map<string, (path: string) => number>();

function sizeOf(path: string): number {
  // report: `sizeOf` is handed to `sizes.set`
  return statSync(path).size;
}

sizes.set('size', sizeOf);

app.get('/map/:name', (req, res) => {
  res.json(sizes.get(req.params.name)?.('a.txt'));
});

function textOf(path: string): string {
  // report: may not wait for it
  return readFileSync(path, 'utf8');
}

register('text', textOf);
