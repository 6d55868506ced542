import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

let token = 'first';

// Between reading and writing it lies a pause today.
async function request(path: string): Promise<string> {
  const answer = await fetch(`http://api/${path}`, { headers: { token } });
  if (answer.status === 401) {
    const fresh = await fetch('http://api/token');
    token = await fresh.text();
  }
  return answer.text();
}

app.get('/both', async (req, res) => {
  const one = await request('one');
  // review: no other turn touches the variable `token` between the write (line 14) and the read (line 11)
  const text = readFileSync('a.txt', 'utf8');
  const two = await request('two');
  res.json([one, text, two]);
});

let total = 0;

app.post('/before', async (req, res) => {
  const before = total;
  const rates = await fetch('http://api/rates');
  // review: Two turns may set
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length;
  res.json([total, rates.status]);
});

app.post('/after', async (req, res) => {
  const before = total;
  // review: What was read of the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  await sleep(100);
  total = before + text.length;
  res.json(total);
});

// One that is only there on one of the ways is none.
app.post('/perhaps', async (req, res) => {
  const before = total;
  if (req.query.slow) await sleep(100);
  // report: the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length;
  res.json(total);
});

// What fails before it pauses is caught, and goes on.
app.post('/caught', async (req, res) => {
  const before = total;
  try {
    JSON.parse(String(req.query.json));
    await sleep(100);
  } catch {}
  // report: the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length;
  res.json(total);
});

// Nobody else comes in while a promise is waited for that is there already.
async function known(): Promise<number> {
  return 1;
}

app.post('/known', async (req, res) => {
  const before = total;
  const one = await known();
  // report: the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length + one;
  res.json(total);
});

// Nor where it is there most of the time.
let rates: Promise<string> | undefined;

async function ratesOf(): Promise<string> {
  if (rates !== undefined) return rates;
  await sleep(100);
  return '1.5';
}

app.post('/cached', async (req, res) => {
  const before = total;
  const now = await ratesOf();
  // report: the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length + now.length;
  res.json(total);
});

// The read comes after the pause of the call that it is in.
let last = 0;

async function seen(): Promise<number> {
  await sleep(100);
  return last;
}

app.post('/seen', async (req, res) => {
  const before = await seen();
  // report: the variable `last`
  const text = readFileSync('a.txt', 'utf8');
  last = before + text.length;
  res.json(last);
});

// A pause in a loop that may not run at all.
app.post('/loop', async (req, res) => {
  const before = total;
  for (const one of String(req.query.all).split(',')) await sleep(one.length);
  // report: the variable `total`
  const text = readFileSync('a.txt', 'utf8');
  total = before + text.length;
  res.json(total);
});
