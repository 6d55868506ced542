import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import express from 'express';

const app = express();

let isLoaded = false;
let settings: unknown;

// Whoever comes meanwhile sees the flag, and not what it is about.
function load(): unknown {
  if (!isLoaded) {
    isLoaded = true;
    // report: one could
    settings = JSON.parse(readFileSync('settings.json', 'utf8'));
  }
  return settings;
}

app.get('/settings', (req, res) => {
  res.json(load());
});

const watchers = new Set<string>();

app.post('/watchers', (req, res) => {
  watchers.add(req.query.file);
  res.end();
});

// The list changes while it is walked.
app.get('/watchers', (req, res) => {
  let size = 0;
  for (const file of watchers) {
    // report: which is being walked
    size += readFileSync(file).length;
  }
  res.json(size);
});

// A stream that nobody listens to yet ends the process when its file is not there.
app.get('/large', async (req, res) => {
  const source = createReadStream('large.txt');
  // report: may come before anybody listens
  res.set('X-Header', readFileSync('header.txt', 'utf8'));
  await pipeline(source, res);
});

// So does a list of promises.
app.get('/rows', async (req, res) => {
  const rows = ['a', 'b'].map((id) => fetch(`http://rows/${id}`));
  // report: may be rejected
  const header = readFileSync('header.txt', 'utf8');
  res.json([header, await Promise.all(rows)]);
});
