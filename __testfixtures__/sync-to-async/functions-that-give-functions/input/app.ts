import express from 'express';
import { readFileSync, statSync } from 'node:fs';

const app = express();

// The type of what it gives changes, not that of itself.
export function reader(path: string): () => string {
  // safe: fs.readFileSync → readFile
  return () => readFileSync(path, 'utf8');
}

// Where it says itself what it gives, that changes.
const sizer = (path: string) => (): number =>
  // safe: fs.statSync → await stat
  statSync(path).size;

app.get('/texts/:path', (req, res) => {
  const read = reader(req.params.path);
  res.send(read());
});

app.get('/sizes/:path', (req, res) => {
  res.send(String(sizer(req.params.path)()));
});
