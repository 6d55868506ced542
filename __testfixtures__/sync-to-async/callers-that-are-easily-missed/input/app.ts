import express from 'express';
import { handlers } from './handlers.ts';
import { readText } from './store.js';

export const app = express();

app.post('/:kind', (request, response) => {
  handlers[request.params.kind]?.(request.body);
  handlers.save?.(request.body);
  response.send(readText('page'));
});
