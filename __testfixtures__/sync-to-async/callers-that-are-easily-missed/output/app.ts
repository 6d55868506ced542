import express from 'express';
import { files } from './files.js';
import { handlers } from './handlers.ts';
import { makeParts } from './parts.js';
import { readText } from './store.js';

export const app = express();

app.post('/:kind', async (request, response) => {
  await handlers[request.params.kind]?.(request.body);
  await handlers.save?.(request.body);
  response.send(readText('page'));
});

const parts = makeParts(files);

app.get('/parts', (request, response) => {
  response.json([parts.lines('a'), files.readPart('a')]);
});
