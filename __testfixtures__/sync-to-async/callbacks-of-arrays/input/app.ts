import express from 'express';
import { existsSync, readFileSync, statSync, unlinkSync } from 'node:fs';

const app = express();
const names: readonly string[] = ['a.txt', 'b.txt'];

function textOf(name: string): string {
  // review: is short enough to work on all of it at once
  return readFileSync(`pages/${name}`, 'utf8');
}

app.get('/map', (req, res) => {
  // review: is short enough
  const sizes = names.map((name) => statSync(name).size);
  res.json(sizes);
});

app.get('/map/named', (req, res) => {
  res.json(names.map(textOf));
});

app.get('/map/chained', (req, res) => {
  res.send(names.filter((name) => name !== 'b.txt').map((name) => textOf(name)).join('\n'));
});

app.get('/map/block', (req, res) => {
  const about = names.map((name, at) => {
    // review: is short enough
    const { size } = statSync(name);
    return { name, at, size };
  });
  res.json(about);
});

const allOf = (list: readonly string[]): string[] => list.map((name) => textOf(name));

app.get('/map/returned', (req, res) => {
  res.json(allOf(names));
});

app.get('/flatMap', (req, res) => {
  // review: is short enough
  res.json(names.flatMap((name) => readFileSync(name, 'utf8').split('\n')));
});

app.get('/forEach', (req, res) => {
  const found: string[] = [];
  names.forEach((name) => {
    if (name === '') return;
    // safe: fs.readFileSync → await readFile
    const text = readFileSync(name, 'utf8');
    found.push(text);
  });
  res.json(found);
});

app.get('/forEach/index', (req, res) => {
  const lines: string[] = [];
  names.forEach((name, at) => {
    // safe: fs.readFileSync → await readFile
    const text = readFileSync(name, 'utf8');
    lines.push(`${at}: ${text}`);
  });
  res.json(lines);
});

// Turns that change what others read stay in their order.
app.get('/map/shared', (req, res) => {
  let total = 0;
  const sums = names.map((name) => {
    // report: changes what they share
    total += statSync(name).size;
    return total;
  });
  res.json(sums);
});

app.delete('/forEach/writes', (req, res) => {
  names.forEach((name) => {
    // review: No other turn reads or writes
    unlinkSync(name);
  });
  res.end();
});

app.get('/filter', (req, res) => {
  // report: uses what it returns at once
  res.json(names.filter((name) => existsSync(name)));
});

app.get('/some', (req, res) => {
  // report: uses what it returns at once
  res.json(names.some((name) => existsSync(name)));
});

app.get('/every', (req, res) => {
  // report: uses what it returns at once
  res.json(names.every((name) => existsSync(name)));
});

app.get('/find', (req, res) => {
  // report: uses what it returns at once
  res.json([names.find((name) => existsSync(name)), names.findIndex((name) => name === '')]);
});

app.get('/reduce', (req, res) => {
  // report: uses what it returns at once
  res.json(names.reduce((sum, name) => sum + statSync(name).size, 0));
});

app.get('/sort', (req, res) => {
  // report: uses what it returns at once
  res.json(names.toSorted((a, b) => statSync(a).size - b.length));
});

app.get('/from', (req, res) => {
  // report: uses what it returns at once
  res.json(Array.from(names, (name) => statSync(name).size));
});

// A callback with a `this` of its own, or whose value is used, is no loop in other words.
app.get('/forEach/this', (req, res) => {
  const found: string[] = [];
  names.forEach(function (this: string[], name) {
    // report: cannot be written as a loop
    this.push(readFileSync(name, 'utf8'));
  }, found);
  res.json(found);
});

const keep = (name: string): void => {
  // report: its callback is written elsewhere
  unlinkSync(name);
};

app.delete('/forEach/named', (req, res) => {
  names.forEach(keep);
  res.end();
});

app.get('/forEach/loop', (req, res) => {
  const parts: string[] = [];
  names.forEach((name) => {
    for (const part of name.split('.')) {
      if (part === '') return;
      // report: a loop in it is left by `return`
      parts.push(readFileSync(part, 'utf8'));
    }
  });
  res.json(parts);
});

// There is no list of promises where there is no list.
app.get('/some', (req, res) => {
  const given: readonly string[] | undefined = req.query.all === 'yes' ? names : undefined;
  // report: the list may be missing
  const sizes = given?.map((name) => statSync(name).size);
  // report: the list may be missing
  given?.forEach((name) => unlinkSync(name));
  res.json(sizes);
});
