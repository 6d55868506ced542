import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// Each entry is put in once, in one turn, whoever comes first.
const patterns: Record<string, RegExp> = {};

function patternOf(text: string): RegExp {
  if (!patterns[text]) patterns[text] = new RegExp(text);
  return patterns[text];
}

app.get('/match', async (req, res) => {
  const isShort = patternOf('^.{1,9}$').test(req.query.text);
  // review: other turns come to `patterns` meanwhile: each entry is put in where it is missing
  const rule = await readFile('rule.txt', 'utf8');
  res.json(isShort && patternOf(rule).test(req.query.text));
});

// What failed is taken out again, and asked for anew.
const loading = new Map<string, Promise<string>>();

function load(name: string): Promise<string> {
  const known = loading.get(name);
  if (known) return known;
  const text = fetch(`https://example.org/${name}`).then((response) => response.text());
  loading.set(name, text);
  return text;
}

function forget(name: string): void {
  loading.delete(name);
}

app.get('/both', async (req, res) => {
  const first = load('first').catch(() => '');
  // review: other turns come to `loading` meanwhile
  const middle = await readFile('middle.txt', 'utf8');
  const last = await load('last');
  if (last === '') forget('last');
  res.send((await first) + middle + last);
});

// A lock is taken where it is free, and given back.
const locks = new Set<string>();

function take(name: string): void {
  if (locks.has(name)) throw new Error('busy');
  locks.add(name);
}

function giveBack(name: string): void {
  locks.delete(name);
}

app.post('/locked', (req, res) => {
  take('book');
  // report: the elements of a list or map
  const text = readFileSync('book.txt', 'utf8');
  giveBack('book');
  res.send(text);
});

// What is in an entry changes.
const counts: Record<string, Record<string, number>> = {};

function countOf(name: string, key: string): number {
  if (!counts[name]) counts[name] = {};
  const own = counts[name];
  own[key] = (own[key] ?? 0) + 1;
  return own[key];
}

app.get('/counts', (req, res) => {
  const first = countOf('a', 'x');
  // report: the elements of a list or map
  const text = readFileSync('counts.txt', 'utf8');
  res.json([first, text, countOf('a', 'x')]);
});

// An entry is put in whether there is one or not.
const last = new Map<string, string>();

function swap(name: string, value: string): string | undefined {
  const before = last.get(name);
  last.set(name, value);
  return before;
}

app.get('/swap', (req, res) => {
  const before = swap('language', 'en');
  // report: the elements of a list or map
  const text = readFileSync('swap.txt', 'utf8');
  swap('language', before ?? 'de');
  res.send(text);
});

// Each call of the function around has its own.
function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  function next(name: string): number {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count;
  }
  return names.map((name) => `${name}${next(name)}`);
}

app.get('/numbered', async (req, res) => {
  const first = numbered(['a', 'a']);
  // safe: fs.readFileSync → await readFile
  const text = await readFile('numbered.txt', 'utf8');
  res.json([first, numbered([text, 'a'])]);
});

// What is given back goes on counting in the same one.
function counter(): (name: string) => number {
  const seen = new Map<string, number>();
  return (name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count;
  };
}
const shared = counter();

app.get('/counter', (req, res) => {
  const first = shared('a');
  // report: the elements of a list or map
  const text = readFileSync('counter.txt', 'utf8');
  res.json([first, text, shared('a')]);
});
