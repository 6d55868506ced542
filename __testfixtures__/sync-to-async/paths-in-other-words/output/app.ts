import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';

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
app.post('/parts/:name', async (request, response) => {
  const { name } = request.params;
  // review: is not what `writeFileSync` changes
  if (!(await access(join('parts', name)).then(() => true, () => false))) {
    // review: is not what `writeFileSync` changes
    await writeFile(join('parts/own', request.body), '');
  }
  response.end();
});

const pathOf = (kind: string, name: string): string => join('all', kind === 'page' ? name : `${name}.old`);

// What a function makes of its first argument is not known.
app.post('/kinds/:name', async (request, response) => {
  const { name } = request.params;
  // review: is not what `writeFileSync` changes
  const text = await readFile(pathOf('page', name), 'utf8');
  // review: is not what `writeFileSync` changes
  await writeFile(pathOf('copy', name), text);
  response.end();
});

// Two folders.
app.post('/pages/:name', async (request, response) => {
  const { name } = request.params;
  // safe: fs.readFileSync → await readFile
  const text = await readFile(join('pages', name), 'utf8');
  // review: while `writeFileSync` is at work
  await writeFile(join('copies', name), text);
  response.end();
});

// What is put into a text is not known, however it is written.
app.post('/numbered', async (request, response) => {
  // review: is not what `writeFileSync` changes
  const count = (await readdir('up')).length;
  // review: is not what `writeFileSync` changes
  await writeFile(`up/${count}.txt`, request.body);
  response.end();
});

app.post('/renamed', async (request, response) => {
  const { name, title } = request.body;
  // review: is not what `writeFileSync` changes
  const text = await readFile(`up/${name}.txt`, 'utf8');
  // review: is not what `writeFileSync` changes
  await writeFile(`up/${title}.txt`, text);
  response.end();
});

// Those that begin with the same and end otherwise are two.
app.post('/both', async (request, response) => {
  const { name } = request.body;
  // safe: fs.readFileSync → await readFile
  const text = await readFile(`up/${name}-old.txt`, 'utf8');
  // review: while `writeFileSync` is at work
  await writeFile(`up/${name}-new.txt`, text);
  response.end();
});

app.post('/elsewhere', async (request, response) => {
  // safe: fs.readdirSync → await readdir
  const count = (await readdir('themes')).length;
  // review: while `writeFileSync` is at work
  await writeFile(`up/${request.body.name}.txt`, String(count));
  response.end();
});
