import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();
const names: string[] | undefined = process.env.NAMES?.split(',');
const all = ['a.txt', 'b.txt'];

app.get('/optional', (req, res) => {
  const found: string[] = [];
  names?.forEach((name) => {
    // report: the list may be missing
    const text = readFileSync(name, 'utf8');
    found.push(text);
  });
  res.json(found);
});

app.get('/used', (req, res) => {
  const found: string[] = [];
  const nothing = all.forEach((name) => {
    // report: its value is used
    const text = readFileSync(name, 'utf8');
    found.push(text);
  });
  res.json([nothing, found]);
});

app.get('/list', (req, res) => {
  const found: string[] = [];
  all.forEach((name, at, list) => {
    // report: its callback takes the list as well
    const text = readFileSync(list[at]!, 'utf8');
    found.push(name + text);
  });
  res.json(found);
});

app.get('/default', (req, res) => {
  const found: string[] = [];
  all.forEach((name = 'c.txt') => {
    // report: a parameter of its callback has a default
    const text = readFileSync(name, 'utf8');
    found.push(text);
  });
  res.json(found);
});

app.get('/none', (req, res) => {
  const found: string[] = [];
  all.forEach(() => {
    // report: its callback takes no element
    const text = readFileSync('a.txt', 'utf8');
    found.push(text);
  });
  res.json(found);
});

app.get('/var', (req, res) => {
  const found: (() => string)[] = [];
  all.forEach((name) => {
    // report: it declares a `var`
    var text = readFileSync(name, 'utf8');
    found.push(() => text);
  });
  res.json(found.map((one) => one()));
});

app.get('/patterns', (req, res) => {
  const found: string[] = [];
  [{ name: 'a.txt', tag: 'a' }].forEach(({ name, tag }, at) => {
    if (tag === '') {
      return;
    }
    // safe: fs.readFileSync → await readFile
    const text = readFileSync(name, 'utf8');
    found.push(at + tag + text);
  });
  res.json(found);
});

app.get('/changed', (req, res) => {
  const found: string[] = [];
  all.forEach((name) => {
    name = name.trim();
    // safe: fs.readFileSync → await readFile
    const text = readFileSync(name, 'utf8');
    found.push(text);
  });
  res.json(found);
});

// Who walks a list that grows sees another end of it.
app.get('/growing', (req, res) => {
  const ahead = ['a.txt'];
  ahead.forEach((name) => {
    // report: cannot be written as a loop
    const text = readFileSync(name, 'utf8');
    if (text !== '') ahead.push(text);
  });
  res.json(ahead);
});

// A loop comes to the places where nobody has put anything.
app.get('/holes', (req, res) => {
  const rows: string[] = new Array(3);
  rows[1] = 'a.txt';
  rows.forEach((name) => {
    // review: The list of `rows.forEach` has no holes, which a loop would come to
    res.write(readFileSync(name, 'utf8'));
  });
  res.end();
});
