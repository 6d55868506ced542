import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import express from 'express';
import { flags, isEnabled, isFresh, isKept, isLocal, isReset } from './caches.ts';
import { drained, entries, noted, seen, steps, told } from './lists.ts';
import { readFile } from 'node:fs/promises';

const app = express();

// Whoever comes meanwhile fills it as this one would have, and it stays.
app.get('/enabled', async (req, res) => {
  const one = isEnabled('one');
  // review: While it waits no other turn touches the variable `cached`
  const text = await readFile('page.html', 'utf8');
  res.json([one, text, isEnabled('two')]);
});

// Another one may empty it.
app.get('/reset', (req, res) => {
  const one = isReset('one');
  // report: the variable `resettable`
  const text = readFileSync('page.html', 'utf8');
  res.json([one, text, isReset('two')]);
});

// It is asked for here, and filled by what was found before the wait.
app.get('/kept', (req, res) => {
  const kept = isKept();
  // report: the variable `kept`
  const text = readFileSync('page.html', 'utf8');
  res.json([kept, text, isFresh(kept)]);
});

// The wait is in the filling.
app.get('/local', async (req, res) => {
  res.json([await isLocal('one'), await isLocal('two')]);
});

// No cache, but a flag that tells of something else.
let hasBegun = false;
let settings: unknown;

function begin(): boolean {
  if (!hasBegun) {
    hasBegun = true;
    return true;
  }
  return false;
}

app.get('/settings', (req, res) => {
  // report: one could see
  if (begin()) settings = JSON.parse(readFileSync('settings.json', 'utf8'));
  res.json([settings, flags()]);
});

// Each entry is added in one turn.
app.post('/noted', async (req, res) => {
  noted('begins');
  // review: Two turns may set the elements of a list or map in another order
  const text = await readFile('page.html', 'utf8');
  noted('ends');
  res.send(text);
});

// How many there are is asked before, and told after.
app.post('/seen', (req, res) => {
  const number = seen('begins');
  // report: the elements of a list or map
  const text = readFileSync('page.html', 'utf8');
  seen('ends');
  res.json([number, text]);
});

// What was added is taken out again.
app.post('/drained', (req, res) => {
  noted('begins');
  // report: the elements of a list or map
  const text = readFileSync('page.html', 'utf8');
  res.json([text, drained()]);
});

// Somebody may read it by another name.
app.post('/told', (req, res) => {
  told('begins');
  // report: the elements of a list or map
  const text = readFileSync('page.html', 'utf8');
  told('ends');
  res.json([text, steps.length]);
});

app.get('/entries', (req, res) => res.json([entries(), execSync === undefined]));
