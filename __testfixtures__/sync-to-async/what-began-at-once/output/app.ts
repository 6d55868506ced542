import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// What follows counts on what the turns did before they first wait.
app.get('/titles', async (req, res) => {
  const titles: string[] = [];
  ['a.txt', 'b.txt'].forEach(async (page) => {
    // report: changes what they share
    titles.push(readFileSync(page, 'utf8'));
  });
  res.json(titles);
});

async function record(line: string): Promise<void> {
  // review: did at once
  const header = await readFile('header.txt', 'utf8');
  await fetch(`http://log/${header}/${line}`);
}

app.get('/record', (req, res) => {
  record('seen');
  res.end();
});

// Nothing that it does at once is left after it has waited for the first time.
async function later(line: string): Promise<string> {
  await fetch(`http://log/${line}`);
  // safe: fs.readFileSync → readFile
  return readFile('header.txt', 'utf8');
}

app.get('/later', (req, res) => {
  later('seen');
  res.end();
});

// Both work at once, and only one of them waited for the other.
let last = '';

function load(name: string): string {
  // report: would run beside each other
  const text = readFileSync(name, 'utf8');
  last = text;
  return text;
}

app.get('/both', async (req, res) => {
  res.json(await Promise.all([load('a.txt'), load('b.txt')]));
});

app.get('/last', (req, res) => {
  res.send(last);
});

// Who begins it without waiting reads at once what it would only set later.
let source: { name: string } | undefined;

async function open(): Promise<void> {
  // report: which `open` would set only after it has waited
  const name = readFileSync('name.txt', 'utf8');
  source = { name };
}

const opened = () => {
  if (source === undefined) open();
  return source;
};

app.get('/source', (req, res) => {
  res.json(opened());
});

// What is set before the new wait is set at once still.
let begun = 0;

async function count(): Promise<void> {
  begun++;
  // review: did at once
  const host = await readFile('host.txt', 'utf8');
  await fetch(`http://${host}/count`);
}

app.get('/count', (req, res) => {
  count();
  res.json({ begun });
});
