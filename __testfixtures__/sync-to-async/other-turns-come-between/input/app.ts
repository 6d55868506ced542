import express from 'express';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';

const app = express();

// Two turns could both find it empty, and each fill it.
let cached: string | undefined;

function settings(): string {
  if (cached === undefined) {
    // review: several turns may fill the variable `cached` at once
    cached = readFileSync('settings.json', 'utf8');
  }
  return cached;
}

let lazy: string | undefined;

function lazily(): string {
  // review: several turns may fill the variable `lazy` at once
  lazy ??= readFileSync('lazy.json', 'utf8');
  return lazy;
}

// What is read before the wait is gone after it.
let total = 0;

function count(path: string): number {
  // report: the variable `total`
  total += statSync(path).size;
  return total;
}

let running = false;

function once(path: string): string {
  if (running) throw new Error('busy');
  running = true;
  try {
    // report: the variable `running`
    return readFileSync(path, 'utf8');
  } finally {
    running = false;
  }
}

const texts = new Map<string, string>();

function textOf(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  // report: the elements of a list
  const text = readFileSync(path, 'utf8');
  texts.set(path, text);
  return text;
}

class Counter {
  private seen = 0;
  private last = '';

  read(path: string): string {
    this.seen++;
    // report: `Counter.seen`
    this.last = readFileSync(path, 'utf8');
    return `${this.seen}: ${this.last}`;
  }

  // Each call has its own.
  lines(path: string): number {
    let lines = 0;
    // safe: (2 functions become async)
    for (const line of readFileSync(path, 'utf8').split('\n')) if (line !== '') lines++;
    return lines;
  }
}

const counter = new Counter();

app.get('/settings', (req, res) => res.send(settings()));
app.get('/lazy', (req, res) => res.send(lazily()));
app.get('/count', (req, res) => res.send(String(count('a.txt'))));
app.get('/once', (req, res) => res.send(once('a.txt')));
app.get('/texts', (req, res) => res.send(textOf('a.txt')));
app.get('/counter', (req, res) => res.send(counter.read('a.txt')));

app.get('/lines', (req, res) => {
  res.json(counter.lines('a.txt'));
});

// What never changes may be read before and after.
const folder = 'texts';

app.get('/constant', (req, res) => {
  const before = folder.length;
  // safe: fs.readFileSync → await readFile
  const text = readFileSync(`${folder}/a.txt`, 'utf8');
  res.json([before, text, folder]);
});

// What is read, and may be changed by somebody else meanwhile.
let mode = 'light';

app.put('/mode', (req, res) => {
  mode = req.body.mode;
  res.end();
});

app.get('/mode', (req, res) => {
  const before = mode;
  // review: still holds when it goes on
  const css = readFileSync('light.css', 'utf8');
  res.send(before + css);
});

app.post('/take', (req, res) => {
  // report: the file `next.txt` is looked at
  const next = Number(readFileSync('next.txt', 'utf8'));
  // report: the file `next.txt` is looked at
  writeFileSync('next.txt', String(next + 1));
  res.json(next);
});

app.post('/rotate', (req, res) => {
  // report: the file `log.txt` is looked at
  if (statSync('log.txt').size > 1000) {
    // report: the file `log.txt` is looked at
    renameSync('log.txt', 'log.old.txt');
  }
  res.end();
});

app.post('/folder', (req, res) => {
  const { name } = req.body;
  // safe: fs.existsSync → await
  if (!existsSync(`folders/${name}`)) {
    // safe: fs.mkdirSync → await mkdir
    mkdirSync(`folders/${name}`, { recursive: true });
  }
  res.end();
});

app.delete('/file/:name', (req, res) => {
  // review: No other turn reads or writes
  unlinkSync(`files/${req.params.name}`);
  res.end();
});

// A count goes on from what others have made of it meanwhile.
let sized = 0;

app.post('/sizes', (req, res) => {
  const sizes: number[] = [];
  for (const name of ['a.txt', 'b.txt']) {
    // review: What was read of the variable `sized`
    sizes.push(statSync(name).size);
    sized += 1;
  }
  res.json(sizes);
});

// But not from what was read before it waited.
let total = 0;

app.post('/total', (req, res) => {
  for (const name of ['a.txt', 'b.txt']) {
    // report: the variable `total`
    total += Number(readFileSync(name, 'utf8'));
  }
  res.end();
});
