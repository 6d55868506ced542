import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();
const names: readonly string[] = ['a.txt', 'b.txt'];
const paths = new Map([['a', 'a.txt']]);

// A set is walked as an array is.
app.get('/sets', (req, res) => {
  const texts: string[] = [];
  new Set(names).forEach((name) => {
    // safe: fs.readFileSync → await readFile
    texts.push(readFileSync(name, 'utf8'));
  });
  res.json(texts);
});

// What a map is walked by are pairs, and `forEach` gives the value first.
app.get('/maps', (req, res) => {
  const pages: string[] = [];
  paths.forEach((path) => {
    // report: walks a map, which a loop walks otherwise
    pages.push(readFileSync(path, 'utf8'));
  });
  res.json(pages);
});

// A list inside of the turns is still one of the same request.
app.get('/lists', (req, res) => {
  const lines: string[] = [];
  names.forEach((name) => {
    for (const part of name.split('.')) {
      // safe: fs.readFileSync → await readFile
      lines.push(readFileSync(part, 'utf8'));
    }
  });
  res.json(lines);
});

// A name is of its function: this `lines` is another one.
app.get('/names', (req, res) => {
  const lines: string[] = [];
  // safe: fs.readFileSync → await readFile
  names.forEach((name) => lines.push(readFileSync(name, 'utf8')));
  res.json(lines);
});
