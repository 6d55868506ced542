import { readFileSync } from 'node:fs';
import express from 'express';
import { readFile } from 'node:fs/promises';

const app = express();

// What is set before the wait in the function is another request's when its caller asks for it.
let user = '';

function pageOf(name: string): string {
  user = name;
  // report: the variable `user`
  return readFileSync('page.html', 'utf8');
}

app.get('/page', (req, res) => {
  const page = pageOf(String(req.query.user));
  res.send(page.replace('$user', user));
});

// The other way round: what the caller sets is asked for behind the wait in the function.
let language = 'en';

function greeting(): string {
  // report: the variable `language`
  const texts = JSON.parse(readFileSync('texts.json', 'utf8'));
  return texts[language];
}

app.get('/greeting', (req, res) => {
  language = String(req.query.language);
  res.send(greeting());
});

// What is set behind the wait is asked for at once.
let title = '';

async function titleOf(path: string): Promise<number> {
  // review: Two turns may set
  const text = await readFile(path, 'utf8');
  title = text.slice(0, 20);
  return text.length;
}

app.get('/title', async (req, res) => {
  const size = await titleOf('page.html');
  res.json([size, title]);
});

// So is what is read behind the wait, before the caller sets it anew.
let total = 0;

async function sum(path: string): Promise<number> {
  // review: Two turns may set
  const { length } = await readFile(path, 'utf8');
  return total + length;
}

app.get('/total', async (req, res) => {
  total = await sum('page.html');
  res.json(total);
});

// Read before the wait, it is old when it is set.
let count = 0;

function next(path: string): number {
  const before = count;
  // report: the variable `count`
  const { length } = readFileSync(path, 'utf8');
  return before + length;
}

app.get('/count', (req, res) => {
  count = next('page.html');
  res.json(count);
});

// The body of a loop goes on with what the turn before has left.
let line = 0;

app.get('/lines', (req, res) => {
  const found: string[] = [];
  ['a.txt', 'b.txt'].forEach((path) => {
    line += 1;
    // report: the variable `line`
    found.push(`${line}: ${readFileSync(path, 'utf8')}`);
  });
  res.json(found);
});

let folder = '';

async function within(name: string, read: () => string | Promise<string>): Promise<string> {
  folder = name;
  return read();
}

// Whether it is set before the wait is not followed into what is handed over.
app.get('/within', async (req, res) => {
  // review: While it waits no other turn touches the variable `folder`
  const text = await within(String(req.query.folder), async () => readFile('a.txt', 'utf8'));
  res.json([folder, text]);
});

// What is set on the way out of the function is set behind its last pause.
let ended = 0;

async function early(isShort: boolean): Promise<void> {
  try {
    if (isShort) return;
  } finally {
    ended++;
  }
  await fetch('http://api');
}

app.get('/ended', async (req, res) => {
  await early(req.query.short === 'yes');
  // report: the variable `ended`
  const text = readFileSync('a.txt', 'utf8');
  res.json([ended, text]);
});
