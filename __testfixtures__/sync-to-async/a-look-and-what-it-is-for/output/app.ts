import { existsSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import type { PathLike } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';

const exists = (path: PathLike) => access(path).then(() => true, () => false);

export const app = express();

app.delete('/pages/:name', async (request, response) => {
  const file = path.join('pages', request.params.name);
  // review: is no link to nothing
  await rm(file, { force: true });
  response.sendStatus(204);
});

app.delete('/cache/:name', async (request, response) => {
  const isForced = request.query.force === 'yes';
  // review: is no link to nothing
  if (isForced) await rm(path.join('cache', request.params.name), { recursive: true, force: true });
  response.sendStatus(204);
});

app.put('/folders/:name', async (request, response) => {
  const folder = path.join('folders', request.params.name);
  // review: What is there already is a folder
  await mkdir(folder, { recursive: true });
  response.sendStatus(201);
});

// To make a folder with all above it is right whoever makes it first, so the look may stay.
app.put('/trees/:name', async (request, response) => {
  const folder = path.join('trees', request.params.name);
  // safe: fs.existsSync
  if (!(await exists(folder))) {
    // safe: fs.mkdirSync
    await mkdir(folder, { recursive: true });
  }
  response.sendStatus(201);
});

// Another folder is made than was looked for.
app.put('/other/:name', async (request, response) => {
  const folder = path.join('other', request.params.name);
  // review: is not what `mkdirSync` changes
  if (!(await exists(folder))) {
    // review: is not what `mkdirSync` changes
    await mkdir(path.dirname(folder));
  }
  response.sendStatus(201);
});

// More is done than to remove it.
app.delete('/counted/:name', (request, response) => {
  const file = path.join('counted', request.params.name);
  // report: is looked at
  if (existsSync(file)) {
    // report: is looked at
    unlinkSync(file);
    response.locals.removed = true;
  }
  response.json(response.locals.removed);
});

// `rmdir` has no form that does not mind whether it is there.
app.delete('/empty/:name', (request, response) => {
  const folder = path.join('empty', request.params.name);
  // report: is looked at
  if (existsSync(folder)) {
    // report: is looked at
    rmdirSync(folder);
  }
  response.sendStatus(204);
});

// A comment would be lost.
app.delete('/told/:name', (request, response) => {
  const file = path.join('told', request.params.name);
  // report: is looked at
  if (existsSync(file)) {
    // report: is looked at
    unlinkSync(file); // It is there.
  }
  response.sendStatus(204);
});

// What is written if nothing is there may be written by two.
app.post('/first/:name', (request, response) => {
  const file = path.join('first', request.params.name);
  // report: is looked at
  if (!existsSync(file)) {
    // report: is looked at
    writeFileSync(file, request.body);
  }
  response.sendStatus(201);
});
