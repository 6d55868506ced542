import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// Today it is awaited in the same turn. If it fails while another is awaited first, nobody handles it, and the process ends.
app.get('/page', async (req, res) => {
  const page = readFile('page.html', 'utf8');
  // report: other turns run
  const head = readFileSync('head.html', 'utf8');
  res.send(head + (await page));
});

// Somebody handles this one from the beginning.
app.get('/handled', async (req, res) => {
  const page = readFile('page.html', 'utf8').catch(() => '');
  // safe: fs.readFileSync → await readFile
  const head = readFileSync('head.html', 'utf8');
  res.send(head + (await page));
});

// All are awaited together, and one begins no later than the other.
app.get('/together', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  const head = readFileSync('head.html', 'utf8');
  const page = readFile('page.html', 'utf8');
  res.send(head + (await page));
});

// The list is not there yet while its last element is waited for.
app.get('/listed', async (req, res) => {
  const [page, settings] = await Promise.all([
    readFile('page.html', 'utf8'),
    // report: may be rejected before anybody waits for it
    JSON.parse(readFileSync('settings.json', 'utf8')),
  ]);
  res.json([page, settings]);
});
