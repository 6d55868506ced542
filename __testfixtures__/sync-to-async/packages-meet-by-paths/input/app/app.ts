import express from 'express';
import { dispatch } from '../kinds/dispatch.ts';
import { Store } from './store.ts';

export const app = express();

const store = new Store();

app.post('/:kind', (request, response) => {
  response.json(dispatch(store, request.params.kind));
});

app.get('/', (request, response) => {
  response.send(store.load());
});
