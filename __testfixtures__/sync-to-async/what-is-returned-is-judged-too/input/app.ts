import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import express, { type NextFunction, type Request, type Response } from 'express';

const app = express();

function save(name: string, text: string): void {
  // review: No other turn reads or writes
  return writeFileSync(`notes/${name}`, text);
}

app.put('/notes/:name', (req, res) => {
  save(req.params.name, String(req.query.text));
  res.end();
});

// Two claims at once would both find nothing there.
function claim(name: string): boolean | void {
  // report: is looked at (line 19) and changed (line 21)
  if (existsSync(`claims/${name}`)) return false;
  // report: is looked at (line 19) and changed (line 21)
  return writeFileSync(`claims/${name}`, '');
}

app.put('/claims/:name', (req, res) => {
  res.json(claim(req.params.name) !== false);
});

let user = '';

app.use((req, res, next) => {
  user = String(req.query.user);
  next();
});

// The promise is handed on, and who comes next is called behind the wait all the same.
function load(req: Request, next: NextFunction): void {
  // review: No other request changes the variable `user` between line 31 of `app.ts`, which sets it, and line 44
  req.body = readFileSync('page.html', 'utf8');
  next();
}

app.use((req, res, next) => load(req, next));

app.get('/page', (req: Request, res: Response) => res.json([user, req.body]));

// What follows is done where it did not return.
let shown = '';

function pageOf(path: string): string {
  if (path !== shown) {
    // review: What was read of the variable `shown`
    return readFileSync(path, 'utf8');
  }
  shown = path;
  return '';
}

app.get('/pages/:path', (req: Request, res: Response) => {
  res.send(pageOf(req.params.path!));
});

// What is caught goes on.
let failed = 0;

function textOf(path: string): string {
  const before = failed;
  try {
    // report: the variable `failed`
    return readFileSync(path, 'utf8');
  } catch {
    failed = before + 1;
  }
  return '';
}

app.get('/texts/:path', (req: Request, res: Response) => {
  res.send(textOf(req.params.path!));
});
