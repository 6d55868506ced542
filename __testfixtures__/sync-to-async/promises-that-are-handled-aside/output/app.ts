import express from 'express';
import { readFile } from 'node:fs/promises';

const app = express();

// A missing file was an error of the request. Now `catch` would hear of it, and the request be answered.
async function send(path: string): Promise<Response> {
  // review: may be handled as what it rejects with
  const body = await readFile(path, 'utf8');
  return fetch('https://example.com', { method: 'POST', body });
}

app.post('/send', (req, res) => {
  send('a.txt').catch(console.error);
  res.end();
});
