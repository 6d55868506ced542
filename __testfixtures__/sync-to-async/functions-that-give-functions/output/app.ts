import express from 'express';
import { readFile, stat } from 'node:fs/promises';

const app = express();

// The type of what it gives changes, not that of itself.
export function reader(path: string): () => Promise<string> {
  // safe: fs.readFileSync → readFile
  return async () => readFile(path, 'utf8');
}

// Where it says itself what it gives, that changes.
const sizer = (path: string) => async (): Promise<number> =>
  // safe: fs.statSync → await stat
  (await stat(path)).size;

app.get('/texts/:path', async (req, res) => {
  const read = reader(req.params.path);
  res.send(await read());
});

app.get('/sizes/:path', async (req, res) => {
  res.send(String(await sizer(req.params.path)()));
});
