import express from 'express';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { render } from 'some-templates';

const app = express();
const names = ['a.txt', 'b.txt'];

app.post('/writes', (req, res) => {
  const done = names.map((name) => {
    // review: may run beside each other
    renameSync(name, `${name}.old`);
    return name;
  });
  res.json(done);
});

app.get('/unknown', (req, res) => {
  // review: `render` does nothing that others need
  res.json(names.map((name) => render(readFileSync(name, 'utf8'))));
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

app.get('/own', (req, res) => {
  const sizes = names.map((name) => {
    let size = 0;
    // review: is short enough to work on all of it at once
    size += statSync(name).size;
    return size;
  });
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
