import express from 'express';
import { readFileSync } from 'node:fs';
import { cached, measure } from 'some-helpers';

const app = express();

function apart({ read }: { read: (path: string) => string }): string {
  return read('a.txt');
}

function several(...readers: ((path: string) => string)[]): string {
  return readers.map((read) => read('a.txt')).join('');
}

function stored(read: (path: string) => string): { read: (path: string) => string } {
  return { read };
}

function passedOn(read: (path: string) => string): string {
  return measure(read);
}

app.get('/several', (req, res) => {
  // report: where it is not followed
  res.send(several((path) => readFileSync(path, 'utf8')));
});

app.get('/stored', (req, res) => {
  // report: and who calls it is not seen
  res.send(stored((path) => readFileSync(path, 'utf8')).read('a.txt'));
});

app.get('/passed-on', (req, res) => {
  // report: which may not wait for it
  res.send(passedOn((path) => readFileSync(path, 'utf8')));
});

app.get('/apart', (req, res) => {
  // report: declares the type of `read`
  res.send(apart({ read: (path) => readFileSync(path, 'utf8') }));
});

const cachedText = cached((path: string) => {
  // report: may not wait for it
  return readFileSync(path, 'utf8');
});

app.get('/cached', (req, res) => {
  res.send(cachedText('a.txt'));
});

// One that is tested, and nothing else, is not handed on.
function orNothing(read: ((path: string) => string) | undefined): string {
  return read === undefined || typeof read !== 'function' ? '' : read('a.txt');
}

app.get('/tested', (req, res) => {
  // report: does not allow
  res.send(orNothing((path) => readFileSync(path, 'utf8')));
});
