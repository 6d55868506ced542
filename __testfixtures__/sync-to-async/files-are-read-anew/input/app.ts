import express from 'express';
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

const app = express();

// Whoever comes next reads it anew where the file has changed.
let changedAt = 0;
let config: { name?: string; level?: number } | null = null;
let size = 0;

function reload(): void {
  // report: the variable `changedAt`
  const time = statSync('config.json').mtimeMs;
  if (time === changedAt) return;
  changedAt = time;
  // report: the variable `changedAt`
  config = JSON.parse(readFileSync('config.json', 'utf8'));
  size = JSON.stringify(config).length;
}

function nameNow(): string {
  reload();
  return config?.name ?? '';
}

function levelNow(): number {
  reload();
  return (config?.level ?? 0) + size;
}

app.get('/greeting', (req, res) => {
  const name = nameNow();
  // review: another turn sets the variable `config` anew meanwhile
  const greeting = readFileSync('greeting.txt', 'utf8');
  res.send(greeting + name + String(levelNow()));
});

// What is set is for one request.
let requestId = '';

function begin(): void {
  requestId = randomUUID();
}

function idNow(): string {
  return requestId;
}

app.get('/id', (req, res) => {
  begin();
  // report: the variable `requestId`
  const text = readFileSync('id.txt', 'utf8');
  res.send(text + idNow());
});

// What is set comes from who calls.
let language = 'en';

function use(folder: string): string {
  const before = language;
  // report: the variable `language`
  language = readFileSync(`${folder}/language.txt`, 'utf8');
  return before;
}

function translate(text: string): string {
  return `${language}: ${text}`;
}

app.get('/translate', (req, res) => {
  use(req.query.folder);
  // report: the variable `language`
  const text = readFileSync('text.txt', 'utf8');
  res.send(translate(text));
});

// A flag that is on while something is done.
let isBusy = false;

function mark(): void {
  isBusy = true;
}

function unmark(): void {
  isBusy = false;
}

app.get('/busy', (req, res) => {
  if (isBusy) throw new Error('busy');
  mark();
  // report: the variable `isBusy`
  const text = readFileSync('busy.txt', 'utf8');
  unmark();
  res.send(text);
});
