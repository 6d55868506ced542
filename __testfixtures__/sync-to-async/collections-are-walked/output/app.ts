import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();
const names: readonly string[] = ['a.txt', 'b.txt'];
const paths = new Map([['a', 'a.txt']]);

// A set is walked as an array is.
app.get('/sets', async (req, res) => {
  const texts: string[] = [];
  for (const name of new Set(names)) {
    // safe: fs.readFileSync → await readFile
    texts.push(await readFile(name, 'utf8'));
  }
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
app.get('/lists', async (req, res) => {
  const lines: string[] = [];
  for (const name of names) {
    for (const part of name.split('.')) {
      // safe: fs.readFileSync → await readFile
      lines.push(await readFile(part, 'utf8'));
    }
  }
  res.json(lines);
});

// A name is of its function: this `lines` is another one.
app.get('/names', async (req, res) => {
  const lines: string[] = [];
  // safe: fs.readFileSync → await readFile
  for (const name of names) lines.push(await readFile(name, 'utf8'));
  res.json(lines);
});
