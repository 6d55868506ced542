import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

const PROMPTS = join(import.meta.dirname, 'prompts');

// review: What `readFileSync` looks at
const promptOf = (name: string): string => readFileSync(join(PROMPTS, name), 'utf8');

function save(path: string, text: string): void {
  // review: No other turn reads or writes
  writeFileSync(path, text);
}

// What the package brings is not what a project has.
app.post('/projects/:id', (req, res) => {
  const prompt = promptOf('new.txt');
  save(join('projects', req.params.id), prompt);
  res.end();
});

// report: the file `counter` is looked at (line 35) and changed (line 39)
const numberIn = (file: string): number => Number(readFileSync(file, 'utf8'));

function keep(path: string, number: number): void {
  // report: the file `counter` is looked at (line 35) and changed (line 39)
  writeFileSync(path, String(number));
}

// Two functions, and one file: both names stand for it.
app.post('/next', (req, res) => {
  const counter = join('counters', String(req.query.name));
  const number = numberIn(counter);
  keep(counter, number + 1);
  res.json(number);
});

// report: the callback of
const namesIn = (folder: string): string[] => ['.env', '.env.local'].filter((name) => existsSync(join(folder, name)));

// The folder is the same one, and so may be the file.
app.post('/env', (req, res) => {
  const folder = String(req.query.folder);
  const target = '.env.local';
  const names = namesIn(folder);
  const path = join(folder, target);
  if (!names.includes(target)) create(path);
  res.end();
});

// report: a file is looked at (line 51) and changed (line 64)
const create = (path: string): void => writeFileSync(path, '', { flag: 'wx' });

// A copy leaves the first as it is.
app.post('/copy', (req, res) => {
  // review: Nobody removes `template.txt`
  if (statSync('template.txt').size === 0) {
    res.status(404).end();
    return;
  }
  // review: No other turn reads or writes
  copyFileSync('template.txt', `copies/${String(req.query.name)}`);
  res.end();
});

app.post('/move', (req, res) => {
  // report: the file `inbox.txt` is looked at
  if (statSync('inbox.txt').size === 0) {
    res.status(404).end();
    return;
  }
  // report: the file `inbox.txt` is looked at
  renameSync('inbox.txt', 'outbox.txt');
  res.end();
});

// Others come between today already.
app.post('/log', async (req, res) => {
  // safe: fs.statSync → await stat
  const { size } = statSync('log.txt');
  await sleep(100);
  // review: No other turn reads or writes `log.txt`
  appendFileSync('log.txt', String(size));
  res.end();
});

class Blobs {
  private readonly paths = new Map<string, string>();

  add(name: string, text: string): void {
    if (!this.paths.has(name)) this.paths.set(name, join('blobs', name));
    // report: the elements of a list or map
    appendFileSync(this.paths.get(name)!, text);
    this.paths.set(`${name}.last`, text);
  }

  // What is added while the file goes away would be written to a path that is forgotten.
  remove(name: string): void {
    // report: the elements of a list or map
    unlinkSync(this.paths.get(name)!);
    this.paths.delete(name);
  }
}

const blobs = new Blobs();

app.put('/blobs/:name', (req, res) => {
  blobs.add(req.params.name, String(req.query.text));
  res.end();
});

app.delete('/blobs/:name', (req, res) => {
  blobs.remove(req.params.name);
  res.end();
});

// Whoever comes while it looks finds no download under way, and begins another one.
const downloads = new Map<string, Promise<void>>();

app.post('/extensions/:name', async (req, res) => {
  const { name } = req.params;
  if (downloads.get(name) === undefined) {
    // report: the elements of a list or map
    if (!existsSync(join('extensions', name))) {
      const download = sleep(100);
      downloads.set(name, download);
      await download;
    }
  }
  res.end();
});
