import express from 'express';
import { handlers } from './handlers.ts';
import { readText } from './store.js';

export const app = express();

app.post('/:kind', async (request, response) => {
  await handlers[request.params.kind]?.(request.body);
  await handlers.save?.(request.body);
  response.send(readText('page'));
});
