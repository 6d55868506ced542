import { readFileSync } from 'node:fs';
import express, { type Request } from 'express';
import { readFile } from 'node:fs/promises';

export const app = express();

const nameOf = (request: Request): string => String(request.query.name);
const users: { name: string }[] = [{ name: 'a' }];

// What is kept may be missing as well, and is looked for again.
let current: { name: string } | undefined;

function userOf(name: string): { name: string } | undefined {
  if (current) return current;
  current = users.find((one) => one.name === name);
  return current;
}

app.get('/missing', async (request, response) => {
  const isThere = userOf(nameOf(request)) !== undefined;
  // review: the variable `current`
  const text = await readFile('a.txt', 'utf8');
  response.json([isThere, text, current?.name]);
});

// A constructor changes it too.
let session: { id: string } | undefined;

class Session {
  constructor(id: string) {
    session = { id };
  }
}

function sessionOf(): { id: string } {
  if (session) return session;
  session = { id: 'none' };
  return session;
}

app.get('/constructor', (request, response) => {
  const made = new Session(nameOf(request));
  // report: the variable `session`
  const text = readFileSync('a.txt', 'utf8');
  response.json([made, text, sessionOf().id]);
});

// That it is filled tells that something else is filled.
let started: { at: number } | undefined;
let settings: { name: string } | undefined;

function begin(): void {
  if (started) return;
  started = { at: Date.now() };
}

function fill(name: string): void {
  if (settings) return;
  settings = { name };
}

app.get('/flag', async (request, response) => {
  begin();
  // review: No other turn minds to see the variable `started` as it is set
  const text = await readFile('a.txt', 'utf8');
  fill(text);
  response.end();
});

app.get('/flagged', (request, response) => {
  response.send(started === undefined ? 'not yet' : settings?.name);
});

// It is asked for, perhaps filled, and asked for once more.
let seen: { at: number } | undefined;

function see(): { at: number } {
  seen ??= { at: Date.now() };
  return seen;
}

app.get('/first', async (request, response) => {
  const isFirst = seen === undefined;
  if (nameOf(request) === 'x') see();
  // review: What was read of the variable `seen` before still holds
  const text = await readFile('a.txt', 'utf8');
  see();
  response.json([isFirst, text]);
});

// An object that is waited for like a promise.
class Query {
  then(done: (rows: string[]) => void, failed: (error: Error) => void): void {
    failed(new Error('no database'));
    done([]);
  }
}

app.get('/thenable', async (request, response) => {
  const rows = Promise.resolve(new Query());
  // report: may be rejected before anybody waits for it
  const text = readFileSync('a.txt', 'utf8');
  response.json([await rows, text]);
});

// A method writes what is read from outside.
class Reader {
  last = '';

  async read(path: string): Promise<string> {
    this.last = path;
    // review: no other turn touches `Reader.last`
    return readFile(path, 'utf8');
  }
}

const reader = new Reader();

app.get('/last', async (request, response) => {
  const text = await reader.read(nameOf(request));
  response.json([text, reader.last]);
});

// The first of them was always the first of the list.
app.get('/race', async (request, response) => {
  const first = await Promise.race(
    ['a.txt', 'b.txt'].map(async (path) => {
      // review: It does not matter which of the turns of the walk is done first
      return readFile(path, 'utf8');
    }),
  );
  response.send(first);
});

// All of them are at work beside each other.
async function each(paths: string[], work: (path: string) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  let at = 0;
  for (const path of paths) {
    running[at] = work(path);
    at += 1;
  }
  await Promise.all(running);
}

app.get('/each', async (request, response) => {
  let total = 0;
  await each(['a.txt', 'b.txt'], async (path) => {
    const before = total;
    // report: the variable `total`
    const text = readFileSync(path, 'utf8');
    total = before + text.length;
  });
  response.json(total);
});

// The object is of a class that another one is made of, and goes by that.
class Base {
  run(name: string): unknown {
    return (this as unknown as Record<string, (path: string) => string>)[name]?.('a.txt');
  }
}

class Below extends Base {
  async text(path: string): Promise<string> {
    // review: whose name is only known when it runs
    return readFile(path, 'utf8');
  }
}

interface Named {
  text(path: string): string;
}

const show = (one: Named, name: string): unknown => (one as unknown as Record<string, any>)[name]('a.txt');

app.get('/tables', async (request, response) => {
  const below = new Below();
  response.json([below.run(nameOf(request)), show(below, nameOf(request)), await below.text('a.txt')]);
});
