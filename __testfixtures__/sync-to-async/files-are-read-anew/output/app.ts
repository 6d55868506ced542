import express from 'express';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

const app = express();

// Whoever comes next reads it anew where the file has changed.
let changedAt = 0;
let config: { name?: string; level?: number } | null = null;
let size = 0;

async function reload(): Promise<void> {
  // report: the variable `changedAt`
  const time = (await stat('config.json')).mtimeMs;
  if (time === changedAt) return;
  changedAt = time;
  // report: the variable `changedAt`
  config = JSON.parse(readFileSync('config.json', 'utf8'));
  size = JSON.stringify(config).length;
}

async function nameNow(): Promise<string> {
  await reload();
  return config?.name ?? '';
}

async function levelNow(): Promise<number> {
  await reload();
  return (config?.level ?? 0) + size;
}

app.get('/greeting', async (req, res) => {
  const name = await nameNow();
  // review: another turn sets the variable `config` anew meanwhile
  const greeting = await readFile('greeting.txt', 'utf8');
  res.send(greeting + name + String(await levelNow()));
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
