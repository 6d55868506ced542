import { existsSync, mkdirSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';

export const app = express();

app.delete('/pages/:name', (request, response) => {
  const file = path.join('pages', request.params.name);
  // review: is no link to nothing
  if (existsSync(file)) {
    unlinkSync(file);
  }
  response.sendStatus(204);
});

app.delete('/cache/:name', (request, response) => {
  const isForced = request.query.force === 'yes';
  // review: is no link to nothing
  if (isForced && existsSync(path.join('cache', request.params.name))) rmSync(path.join('cache', request.params.name), { recursive: true });
  response.sendStatus(204);
});

app.put('/folders/:name', (request, response) => {
  const folder = path.join('folders', request.params.name);
  // review: What is there already is a folder
  if (!existsSync(folder)) {
    mkdirSync(folder);
  }
  response.sendStatus(201);
});

// To make a folder with all above it is right whoever makes it first, so the look may stay.
app.put('/trees/:name', (request, response) => {
  const folder = path.join('trees', request.params.name);
  // safe: fs.existsSync
  if (!existsSync(folder)) {
    // safe: fs.mkdirSync
    mkdirSync(folder, { recursive: true });
  }
  response.sendStatus(201);
});

// Another folder is made than was looked for.
app.put('/other/:name', (request, response) => {
  const folder = path.join('other', request.params.name);
  // review: is not what `mkdirSync` changes
  if (!existsSync(folder)) {
    // review: is not what `mkdirSync` changes
    mkdirSync(path.dirname(folder));
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
