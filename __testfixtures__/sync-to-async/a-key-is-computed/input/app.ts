import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

app.get('/keys/:path', (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.json({ [readFileSync(req.params.path, 'utf8')]: true });
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
