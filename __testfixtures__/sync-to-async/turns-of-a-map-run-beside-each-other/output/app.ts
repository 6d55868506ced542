import express from 'express';
import { readFileSync, writeFileSync } from 'node:fs';
import { render } from 'some-templates';
import { readFile, rename, stat } from 'node:fs/promises';

const app = express();
const names = ['a.txt', 'b.txt'];

app.post('/writes', async (req, res) => {
  const done = await Promise.all(names.map(async (name) => {
    // review: may run beside each other
    await rename(name, `${name}.old`);
    return name;
  }));
  res.json(done);
});

app.get('/unknown', async (req, res) => {
  // review: `render` does nothing that others need
  res.json(await Promise.all(names.map(async (name) => render(await readFile(name, 'utf8')))));
});

app.get('/index', (req, res) => {
  let last = '';
  const texts = names.map((name) => {
    // report: changes what they share
    const text = readFileSync(name, 'utf8');
    const both = last + text;
    last = text;
    return both;
  });
  res.json(texts);
});

app.get('/own', async (req, res) => {
  const sizes = await Promise.all(names.map(async (name) => {
    let size = 0;
    // review: is short enough to work on all of it at once
    size += (await stat(name)).size;
    return size;
  }));
  res.json(sizes);
});

app.post('/same', (req, res) => {
  const lines = names.map((name, at) => {
    // report: fs.writeFileSync
    writeFileSync('same.txt', `${at}`);
    return name;
  });
  res.json(lines);
});
