import { EventEmitter } from 'node:events';
import express from 'express';
import { readFileSync } from 'node:fs';
import LRU from 'lru';
import { Task } from 'tasks';

const app = express();
const bus = new EventEmitter();
const cache = LRU({ max: 10 });

interface Job {
  size: number;
}
const jobs: Record<string, Job> = {};
let all: Job[] = [];

app.post('/reset', (req, res) => {
  for (const one of all) one.size = 0;
  jobs[req.body.id] = { size: 0 };
  res.end();
});

// All turns find it in an object of the module.
app.post('/named', (req, res) => {
  const job: Job = { size: 0 };
  jobs[req.body.id] = job;
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

app.post('/joined', (req, res) => {
  const job: Job = { size: 0 };
  all = all.concat(job);
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

app.post('/global', (req, res) => {
  const job: Job = { size: 0 };
  (globalThis as Record<symbol, unknown>)[Symbol.for('job')] = job;
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

// Who made it has put it there.
function open(): Job {
  const made: Job = { size: 0 };
  all.push(made);
  return made;
}

app.post('/opened', (req, res) => {
  const job = open();
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

// Who may know it is not seen.
class Desk {
  private readonly jobs: Job[] = [];

  start(): number {
    const job: Job = { size: 0 };
    this.jobs.push(job);
    const before = job.size;
    // review: others may know it by `this.jobs.push(job)`
    const text = readFileSync('a.txt', 'utf8');
    job.size = before + text.length;
    return job.size;
  }

  clear(): void {
    for (const one of this.jobs) one.size = 0;
  }
}
const desk = new Desk();

app.post('/desk', (req, res) => {
  res.send(String(desk.start()));
});

app.delete('/desk', (req, res) => {
  desk.clear();
  res.end();
});

app.post('/told', (req, res) => {
  const job: Job = { size: 0 };
  bus.emit('job', job);
  const before = job.size;
  // review: others may know it by `bus.emit('job', job)`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

app.post('/stored', (req, res) => {
  const job: Job = { size: 0 };
  cache.put(req.body.id, job);
  const before = job.size;
  // review: others may know it by `cache.put(req.body.id, job)`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

function empty(job: Job): void {
  job.size = 0;
}

app.post('/given', (req, res) => {
  const job: Job = { size: 0 };
  setTimeout(empty, 0, job);
  const before = job.size;
  // review: others may know it by `setTimeout(empty, 0, job)`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

app.post('/bound', (req, res) => {
  const job: Job = { size: 0 };
  setTimeout(empty.bind(null, job), 0);
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

// What others know belongs to it.
app.post('/inner', (req, res) => {
  const order = { job: { size: 0 } };
  all.push(order.job);
  const before = order.job.size;
  // review: others may know it by `all.push(order.job)`
  const text = readFileSync('a.txt', 'utf8');
  order.job.size = before + text.length;
  res.end();
});

// A walk through it goes on whenever somebody asks for the next.
const walks: Iterator<number>[] = [];

app.post('/walked', (req, res) => {
  const job: Job = { size: 0 };
  function* steps() {
    for (;;) yield (job.size += 1);
  }
  walks.push(steps());
  const before = job.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  job.size = before + text.length;
  res.end();
});

app.get('/walked', (req, res) => {
  for (const one of walks) one.next();
  res.end();
});

// A variable, where all turns find the function that sets it.
const resets: (() => void)[] = [];

app.post('/captured', (req, res) => {
  let size = 0;
  resets.push(() => {
    size = 0;
  });
  const before = size;
  // report: the variable `size`
  const text = readFileSync('a.txt', 'utf8');
  size = before + text.length;
  res.send(String(size));
});

app.delete('/captured', (req, res) => {
  for (const reset of resets) reset();
  res.end();
});

// The class that it extends puts it there.
const kept: Kept[] = [];
class Kept {
  constructor() {
    kept.push(this);
  }
}
class Draft extends Kept {
  size = 0;
}

app.post('/kept', (req, res) => {
  const draft = new Draft();
  const before = draft.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  draft.size = before + text.length;
  res.end();
});

app.delete('/kept', (req, res) => {
  for (const one of kept) if (one instanceof Draft) one.size = 0;
  res.end();
});

class Meter {
  value = 0;

  constructor() {
    setInterval(() => {
      this.value = 0;
    }, 1000);
  }
}

app.post('/metered', (req, res) => {
  const meter = new Meter();
  const before = meter.value;
  // report: the property `value`
  const text = readFileSync('a.txt', 'utf8');
  meter.value = before + text.length;
  res.end();
});

// An object of the module with another name.
const defaults = { stats: { size: 0 } };

app.post('/created', (req, res) => {
  const own = Object.create(defaults);
  const before = own.stats.size;
  // report: the property `size`
  const text = readFileSync('a.txt', 'utf8');
  own.stats.size = before + text.length;
  res.end();
});

// Several go on beside it.
class Note {
  private lines: readonly string[] = [];

  add(line: string): void {
    this.lines = [...this.lines, line];
  }
}

async function check(note: Note, word: string): Promise<void> {
  await fetch(`https://example.org/${word}`);
  note.add(word);
}

app.post('/each', async (req, res) => {
  const note = new Note();
  ['a', 'b'].forEach((word) => check(note, word).catch(console.error));
  note.add('first');
  // report: `Note.lines`
  note.add(readFileSync('a.txt', 'utf8'));
  res.end();
});

class Page {
  private lines: readonly string[] = [];

  add(line: string): void {
    this.lines = [...this.lines, line];
  }
}

async function look(page: Page, word: string): Promise<void> {
  await fetch(`https://example.org/${word}`);
  page.add(word);
}

// When one fails the other still runs.
app.post('/tried', async (req, res) => {
  const page = new Page();
  try {
    await Promise.all([look(page, 'a'), look(page, 'b')]);
  } catch {
    page.add('failed');
  }
  page.add('last');
  // report: `Page.lines`
  page.add(readFileSync('a.txt', 'utf8'));
  res.end();
});

class Letter {
  private lines: readonly string[] = [];

  add(line: string): void {
    this.lines = [...this.lines, line];
  }
}
// What the class of a library does with it is not seen.
class Sending extends Task {}

app.post('/sent', async (req, res) => {
  const letter = new Letter();
  new Sending(letter);
  letter.add('first');
  // report: `Letter.lines`
  letter.add(readFileSync('a.txt', 'utf8'));
  res.end();
});

// Nobody else knows these.
app.get('/own', (req, res) => {
  const parts: string[] = ['a'];
  const out: Record<string, unknown> = { parts };
  parts.push('b');
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('a.txt', 'utf8');
  parts.push(text);
  out.size = parts.length;
  res.json(out);
});

app.get('/built', (req, res) => {
  const build = (): Job => ({ size: 1 });
  const job = build();
  job.size += 1;
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('a.txt', 'utf8');
  job.size += text.length;
  res.json(job);
});
