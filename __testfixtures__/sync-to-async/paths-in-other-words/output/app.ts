import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { access, readFile, writeFile } from 'node:fs/promises';

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
