import { readFileSync } from 'node:fs';
import express, { type Request } from 'express';
import { note, orders, shared, visits } from './lists.ts';
import * as lists from './lists.ts';
import { readFile } from 'node:fs/promises';

export const app = express();

const nameOf = (request: Request): string => String(request.query.name);

// The name of a list may be a text.
function lastVisit(): string | undefined {
  return lists['visits'][lists['visits'].length - 1];
}

app.get('/text', async (request, response) => {
  visits.push(nameOf(request));
  // review: the elements of a list or map between the write (line 16) and the read (line 12)
  const text = await readFile('a.txt', 'utf8');
  response.json([text, lastVisit()]);
});

// It may be a part of an object that has its name.
const kept = { orders };

app.get('/part', async (request, response) => {
  orders.push(nameOf(request));
  // review: the elements of a list or map between the write (line 26) and the read (line 29)
  const text = await readFile('a.txt', 'utf8');
  response.json([text, kept.orders[kept.orders.length - 1]]);
});

app.get('/part-of-a-module', async (request, response) => {
  note(nameOf(request));
  // review: the elements of a list or map
  const text = await readFile('a.txt', 'utf8');
  response.json([text, shared.notes[shared.notes.length - 1]]);
});

// A method changes the list of its own object, which others read by the name of the object.
class Log {
  readonly items: string[] = [];

  async add(path: string): Promise<string> {
    this.items.push(path);
    // review: the elements of a list or map between the write (line 44) and the read (line 55)
    return readFile(path, 'utf8');
  }
}

const log = new Log();
const others: string[] = ['a'];

app.get('/method', async (request, response) => {
  const text = await log.add(nameOf(request));
  response.json([text, log.items.at(-1)]);
});

// A list by another name is another one.
class Names {
  readonly names: string[] = [];

  async read(path: string): Promise<string> {
    this.names.push(path);
    // safe: fs.readFileSync → readFile
    return readFile(path, 'utf8');
  }
}

const names = new Names();

app.get('/others', async (request, response) => {
  const text = await names.read(nameOf(request));
  response.json([text, others.length]);
});

// A setter changes what it likes.
let current = '';

class Current {
  set name(value: string) {
    current = value;
  }
}

const holder = new Current();

app.get('/setter', (request, response) => {
  holder.name = nameOf(request);
  // report: see or change the variable `current` between the write (line 81) and the read
  const text = readFileSync('a.txt', 'utf8');
  response.json([text, current]);
});

// Taking an object apart asks its getters.
let newest = '';

const store = {
  get last(): string {
    return newest;
  },
};

app.get('/getter', (request, response) => {
  newest = nameOf(request);
  // report: see or change the variable `newest` between the write (line 104) and the read (line 99)
  const text = readFileSync('a.txt', 'utf8');
  const { last } = store;
  response.json([text, last]);
});

// What becomes a text says itself what it is.
let title = '';

class Title {
  toString(): string {
    return title;
  }
}

app.get('/text-of-an-object', (request, response) => {
  title = nameOf(request);
  // report: see or change the variable `title` between the write (line 121) and the read (line 116)
  const text = readFileSync('a.txt', 'utf8');
  response.send(`${text} ${new Title()}`);
});

app.get('/sum', (request, response) => {
  title = nameOf(request);
  const shown = new Title();
  // report: see or change the variable `title` between the write (line 128) and the read (line 116)
  const text = readFileSync('a.txt', 'utf8');
  response.send(text + shown);
});

let count = 0;

class Count {
  toJSON(): number {
    return count;
  }
}

const counted = new Count();

app.get('/data', (request, response) => {
  count = nameOf(request).length;
  // report: see or change the variable `count` between the write (line 146) and the read (line 139)
  const text = readFileSync('a.txt', 'utf8');
  response.send(text + JSON.stringify([counted]));
});

// What stands in a table may be any function.
let user = '';
let unseen = 0;
const hooks: ((text: string) => string)[] = [(text) => text + user];

app.get('/table', async (request, response) => {
  user = nameOf(request);
  // review: What `hook` calls (line 162) has nothing to do with the variable `user`, changed before it waits (line 158)
  const text = await readFile('a.txt', 'utf8');
  const shown: string[] = [];
  for (const hook of hooks) shown.push(hook(text));
  response.json(shown);
});

app.get('/table-before', async (request, response) => {
  const shown = hooks.map((hook) => hook(nameOf(request)));
  // review: What `hook` calls (line 167) has nothing to do with the variable `unseen`, changed after it waits (line 170)
  const text = await readFile('a.txt', 'utf8');
  unseen += 1;
  response.json([text, shown]);
});

app.get('/table-alone', async (request, response) => {
  const shown = hooks.map((hook) => hook(nameOf(request)));
  // safe: fs.readFileSync → await readFile
  const text = await readFile('a.txt', 'utf8');
  response.json([text, shown]);
});

// A function may give it, to everybody the same.
const job = { isBusy: false, text: '' };
function start(): typeof job {
  job.isBusy = true;
  return job;
}

app.post('/job', (request, response) => {
  const mine = start();
  // report: the property `isBusy`
  const text = readFileSync('a.txt', 'utf8');
  mine.text = text;
  mine.isBusy = false;
  response.end();
});

app.get('/job', (request, response) => {
  response.send(job.isBusy ? 'busy' : job.text);
});

// A date can be changed, and a walk goes on.
const clock = new Date(0);

app.post('/clock', (request, response) => {
  clock.setTime(Number(nameOf(request)));
  // report: the elements of a list or map
  const text = readFileSync('a.txt', 'utf8');
  response.send(text + clock.toISOString());
});

function* numbers() {
  for (let at = 0; ; at += 1) yield at;
}
const walk = numbers();

app.post('/numbers', (request, response) => {
  const from = walk.next().value;
  // report: the elements of a list or map
  const text = readFileSync('a.txt', 'utf8');
  response.json([text, from, walk.next().value]);
});
