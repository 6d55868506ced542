import express from 'express';
import { existsSync, readFileSync } from 'node:fs';

const app = express();

// All of them are called where the object is walked: a promise would let everybody in.
export const checks = {
  // report: is handed on as a value
  banned: (user: string) => !existsSync(`banned/${user}`),
  named: (user: string) => user !== '',
};

app.get('/checks', (req, res) => {
  for (const check of Object.values(checks)) if (!check(req.query.user)) return res.sendStatus(403);
  res.send(checks.banned(req.query.user));
});

// A parameter takes it out of an object.
const files = {
  // report: `read`
  read: (path: string) => readFileSync(path, 'utf8'),
};

const makePages = ({ read }: { read: (path: string) => string }) => ({ lines: (path: string) => read(path).split('\n') });

app.get('/pages', (req, res) => {
  res.json([makePages(files).lines('a.txt'), files.read('b.txt')]);
});

// A field keeps it.
class Pages {
  constructor(private readonly load: (path: string) => string) {}

  title(path: string): string {
    return this.load(path).trim();
  }
}

function loadText(path: string): string {
  // report: is kept in the field `load`
  return readFileSync(path, 'utf8');
}

app.get('/titles', (req, res) => {
  res.send(new Pages(loadText).title('a.txt'));
});

// Its names alone are asked for, so that both calls are all that there are.
const formats = {
  // safe: fs.readFileSync → readFile
  plain: (path: string): string => readFileSync(path, 'utf8'),
};

app.get('/formats/:name', (req, res) => {
  const { name } = req.params;
  if (!(name in formats) || !Object.hasOwn(formats, name)) return res.sendStatus(404);
  res.json([Object.keys(formats), formats.plain('a.txt'), formats['plain']('b.txt')]);
});
