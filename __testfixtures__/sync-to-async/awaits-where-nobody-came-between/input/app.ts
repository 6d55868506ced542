import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

// It is asynchronous, but whoever waits for it goes on before any other request begins.
async function settings(): Promise<{ step: number }> {
  // review: It does not matter that other turns come between at an `await` where none did before: one could change the variable `total` between the read (line 19)
  return JSON.parse(readFileSync('settings.json', 'utf8'));
}

const stepOf = async (): Promise<number> => (await settings()).step;

let total = 0;

// The wait is two functions away.
app.post('/total', async (req, res) => {
  const before = total;
  const step = await stepOf();
  total = before + step;
  res.json(total);
});

// Others come between today.
async function slow(): Promise<string> {
  await sleep(100);
  // safe: fs.readFileSync → readFile
  return readFileSync('slow.txt', 'utf8');
}

app.post('/slow', async (req, res) => {
  const before = total;
  const text = await slow();
  total = before + text.length;
  res.json(total);
});

// Nothing is kept from before.
async function page(): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFileSync('page.html', 'utf8');
}

app.get('/page', async (req, res) => {
  res.send(await page());
});
