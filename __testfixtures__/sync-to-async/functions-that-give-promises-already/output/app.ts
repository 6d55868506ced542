import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// What was thrown at once is a rejection now, which its callers wait for.
async function send(path: string): Promise<Response> {
  // safe: fs.readFileSync → await readFile
  const body = await readFile(path, 'utf8');
  return fetch('https://example.com', { method: 'POST', body });
}

app.post('/send', async (req, res) => {
  const { status } = await send('a.txt');
  res.json({ status });
});

app.post('/all', async (req, res) => {
  const all = await Promise.all(['a.txt', 'b.txt'].map((path) => send(path)));
  res.json(all.length);
});

function detached(path: string): Promise<Response> {
  // report: a rejection that nobody handles
  const body = readFileSync(path, 'utf8');
  return fetch('https://example.com', { method: 'POST', body });
}

app.post('/detached', (req, res) => {
  void detached('b.txt');
  res.end();
});

async function chained(path: string): Promise<string> {
  // safe: fs.readFileSync → await readFile
  return Promise.resolve(await readFile(path, 'utf8')).then((text) => text.trim());
}

app.get('/chained', async (req, res) => {
  res.send(await chained('a.txt'));
});
