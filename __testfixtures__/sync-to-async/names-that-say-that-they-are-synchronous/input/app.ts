import express from 'express';
import { readFileSync, statSync } from 'node:fs';

const app = express();

function contentSync(path: string): string {
  // report: says that it is synchronous
  return readFileSync(`${path}.txt`, 'utf8');
}

const sizeSync = (path: string): number =>
  // report: says that it is synchronous
  statSync(path).size;

class Store {
  loadSync(path: string): Buffer {
    // report: says that it is synchronous
    return readFileSync(path);
  }
}

app.get('/sync', (req, res) => {
  // ok: the call of `fs` is elsewhere, and has other arguments
  res.send(contentSync('a'));
  res.json([sizeSync('a.txt'), new Store().loadSync('b.txt').length]);
});
