import { readFileSync } from 'node:fs';
import express from 'express';
import { setting } from './overrides.ts';
import { access, readFile, rm } from 'node:fs/promises';

export const app = express();

let token = 'first';

// What is caught may have gone wrong before it paused, but hardly ever does.
async function send(path: string): Promise<string> {
  const used = token;
  try {
    await fetch(`http://api/${path}`, { headers: { token: used } });
  } catch {}
  return used;
}

function renew(): void {
  token = 'next';
}

app.post('/renew', async (request, response) => {
  const used = await send('one');
  // review: While it waits no other turn touches the variable `token` between the read (line 11) and the write (line 19)
  const text = await readFile('a.txt', 'utf8');
  renew();
  response.json([used, text]);
});

// Without a wait between them.
function tokenOf(): string {
  return token;
}

app.post('/at-once', (request, response) => {
  const used = tokenOf();
  // report: one could change the variable `token` between the read
  const text = readFileSync('a.txt', 'utf8');
  renew();
  response.json([used, text]);
});

// Calls that are waited for, and wait for nothing themselves.
let count = 0;

async function counted(): Promise<number> {
  return count;
}

async function setCount(value: number): Promise<void> {
  count = value;
}

app.post('/handed-on', async (request, response) => {
  const number = await counted();
  // report: one could change the variable `count` between the read
  const text = readFileSync('a.txt', 'utf8');
  await setCount(number + text.length);
  response.json(text);
});

app.post('/decides', async (request, response) => {
  const number = await counted();
  if (number > 9) return response.end();
  // report: one could change the variable `count` between the read
  const text = readFileSync('a.txt', 'utf8');
  await setCount(10);
  return response.json(text);
});

app.post('/has-to-do-with-nothing', async (request, response) => {
  const number = await counted();
  // review: While it waits no other turn touches the variable `count` between the read
  const text = await readFile('a.txt', 'utf8');
  await setCount(10);
  response.json([number, text]);
});

let from = '';
let to = '';

function begin(): void {
  from = 'a';
}

function end(): void {
  to = 'b';
}

app.post('/halves-of-others', async (request, response) => {
  begin();
  // review: No other turn minds to see the variable `from` as it is set
  const text = await readFile('a.txt', 'utf8');
  end();
  response.json(text);
});

app.post('/halves', (request, response) => {
  from = 'a';
  // report: one could see the variable `from` as it is set
  const text = readFileSync('a.txt', 'utf8');
  to = 'b';
  response.json(text);
});

// It is filled in one turn, and stays.
let known: { names: string[] } | undefined;

function knownOf(): { names: string[] } {
  if (known) return known;
  const names = ['a'];
  known = { names };
  return known;
}

app.get('/known', async (request, response) => {
  const { names } = knownOf();
  // safe: readFile
  const text = await readFile('a.txt', 'utf8');
  response.json([names, knownOf(), text]);
});

// It is only added to, and read where this does not come to.
app.get('/settings', async (request, response) => {
  const folder = setting('FOLDER');
  // review: Two turns may set the elements of a list or map
  const text = await readFile(folder, 'utf8');
  response.json([text, setting('OTHER')]);
});

// Who leaves with a promise does not come to the wait.
app.get('/leave', (request, response) => response.json(leave(String(request.query.name))));

function leave(name: string): Promise<string> {
  if (name === '') return Promise.reject(new Error('no name'));
  return load(name);
}

async function load(name: string): Promise<string> {
  const parts: Promise<string>[] = [];
  for (const one of ['a', 'b']) {
    // safe: access
    if (await access(one).then(() => true, () => false)) parts.push(Promise.resolve(one));
  }
  return name + (await Promise.all(parts)).join('');
}

// What is behind the wait in the same `try`, or on its way out, comes after it.
app.post('/way-out', async (request, response) => {
  const path = String(request.query.path);
  // review: What `readFileSync` looks at
  const text = await readFile(path, 'utf8');
  try {
    await fetch('http://api/rates');
  } catch {
    // review: No other turn reads or writes
    await rm(path);
  }
  response.json(text);
});

// It was waited for before.
app.post('/heard', async (request, response) => {
  const begun = send('one');
  const used = [await begun];
  // review: What was read of the variable `token`
  const text = await readFile('a.txt', 'utf8');
  response.json([used, text]);
});

// It may fail while others are waited for today.
app.post('/unheard', async (request, response) => {
  const begun = send('one');
  await fetch('http://api/rates');
  // review: While it waits nothing fails that did not while others are waited for
  const text = await readFile('a.txt', 'utf8');
  response.json([await begun, text]);
});

app.post('/unheard-as-yet', async (request, response) => {
  const begun = send('one');
  // report: may be rejected before anybody waits for it
  const text = readFileSync('a.txt', 'utf8');
  response.json([await begun, text]);
});

// Turns that begin together today, and are waited for.
const seen: string[] = [];

app.get('/turns', async (request, response) => {
  await Promise.all(
    ['a', 'b'].map(async (name) => {
      // review: Two turns may set
      const text = await readFile(name, 'utf8');
      seen.push(text);
      await fetch(`http://api/${name}`);
    }),
  );
  response.json(seen);
});
