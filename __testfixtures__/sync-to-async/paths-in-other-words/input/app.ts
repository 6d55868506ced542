import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';

export const app = express();

// One file in two ways to write it.
app.post('/count', (request, response) => {
  // report: is looked at
  const count = Number(readFileSync('./count.txt', 'utf8'));
  // report: is looked at
  writeFileSync('count.txt', String(count + 1));
  response.json(count);
});

// What the one begins with, the other may go on with.
app.post('/parts/:name', (request, response) => {
  const { name } = request.params;
  // review: is not what `writeFileSync` changes
  if (!existsSync(join('parts', name))) {
    // review: is not what `writeFileSync` changes
    writeFileSync(join('parts/own', request.body), '');
  }
  response.end();
});

const pathOf = (kind: string, name: string): string => join('all', kind === 'page' ? name : `${name}.old`);

// What a function makes of its first argument is not known.
app.post('/kinds/:name', (request, response) => {
  const { name } = request.params;
  // review: is not what `writeFileSync` changes
  const text = readFileSync(pathOf('page', name), 'utf8');
  // review: is not what `writeFileSync` changes
  writeFileSync(pathOf('copy', name), text);
  response.end();
});

// Two folders.
app.post('/pages/:name', (request, response) => {
  const { name } = request.params;
  // safe: fs.readFileSync → await readFile
  const text = readFileSync(join('pages', name), 'utf8');
  // review: while `writeFileSync` is at work
  writeFileSync(join('copies', name), text);
  response.end();
});

// What is put into a text is not known, however it is written.
app.post('/numbered', (request, response) => {
  // review: is not what `writeFileSync` changes
  const count = readdirSync('up').length;
  // review: is not what `writeFileSync` changes
  writeFileSync(`up/${count}.txt`, request.body);
  response.end();
});

app.post('/renamed', (request, response) => {
  const { name, title } = request.body;
  // review: is not what `writeFileSync` changes
  const text = readFileSync(`up/${name}.txt`, 'utf8');
  // review: is not what `writeFileSync` changes
  writeFileSync(`up/${title}.txt`, text);
  response.end();
});

// Those that begin with the same and end otherwise are two.
app.post('/both', (request, response) => {
  const { name } = request.body;
  // safe: fs.readFileSync → await readFile
  const text = readFileSync(`up/${name}-old.txt`, 'utf8');
  // review: while `writeFileSync` is at work
  writeFileSync(`up/${name}-new.txt`, text);
  response.end();
});

app.post('/elsewhere', (request, response) => {
  // safe: fs.readdirSync → await readdir
  const count = readdirSync('themes').length;
  // review: while `writeFileSync` is at work
  writeFileSync(`up/${request.body.name}.txt`, String(count));
  response.end();
});
