import { appendFileSync, readFileSync } from 'node:fs';
import express from 'express';

const app = express();

interface Watcher {
  readonly id: string;
  readonly log: string;
}

const watchers: Watcher[] = [];

app.post('/watchers', (req, res) => {
  watchers.push({ id: String(req.query.id), log: String(req.query.log) });
  res.end();
});

app.delete('/watchers/:id', (req, res) => {
  watchers.splice(
    watchers.findIndex(({ id }) => id === req.params.id),
    1,
  );
  res.end();
});

app.post('/of', (req, res) => {
  for (const { log } of watchers) {
    // report: `watchers`, which is being walked
    appendFileSync(log, 'of');
  }
  res.end();
});

app.post('/index', (req, res) => {
  for (let i = 0; i < watchers.length; i++) {
    const { log } = watchers[i]!;
    // report: `watchers`, which is being walked
    appendFileSync(log, 'index');
  }
  res.end();
});

// How long it is was asked before.
app.post('/end', (req, res) => {
  for (let i = 0, end = watchers.length; i < end; i++) {
    // report: `watchers`, which is being walked
    appendFileSync(watchers[i]!.log, 'end');
  }
  res.end();
});

// `forEach` stops where the list ended when it began, and a loop does not.
app.post('/forEach', (req, res) => {
  watchers.forEach(({ log }) => {
    // report: `watchers`, which is being walked
    appendFileSync(log, 'forEach');
  });
  res.end();
});

app.post('/entries', (req, res) => {
  for (const [index, { log }] of watchers.entries()) {
    // report: `watchers`, which is being walked
    appendFileSync(log, String(index));
  }
  res.end();
});

function tell({ log }: Watcher): void {
  // report: `watchers`, which is being walked
  appendFileSync(log, 'told');
}

app.post('/tell', (req, res) => {
  for (const watcher of watchers) tell(watcher);
  res.end();
});

// A copy is the call's own.
app.get('/copy', (req, res) => {
  let size = 0;
  for (const { log } of [...watchers]) {
    // safe: fs.readFileSync → await readFile
    size += readFileSync(log).length;
  }
  res.json(size);
});

// One that nobody changes.
const pages = ['a.html', 'b.html'];

app.get('/pages', (req, res) => {
  let size = 0;
  for (let i = 0; i < pages.length; i++) {
    // safe: fs.readFileSync → await readFile
    size += readFileSync(pages[i]!).length;
  }
  res.json(size);
});
