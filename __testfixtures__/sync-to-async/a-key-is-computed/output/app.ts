import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

app.get('/keys/:path', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.json({ [await readFile(req.params.path, 'utf8')]: true });
});

function nameOf(path: string): string {
  // report: It runs once, when its module is loaded, and it calls `nameOf`
  return readFileSync(path, 'utf8');
}

export class Names {
  [nameOf('name.txt')](): string {
    return 'name';
  }
}

app.get('/names/:path', (req, res) => {
  res.send(nameOf(req.params.path));
});
