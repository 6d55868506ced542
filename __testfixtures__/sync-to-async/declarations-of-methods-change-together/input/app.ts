import express from 'express';
import { Cache, Memory, PlainFiles, textOf, TrimmedFiles, type Files, type Store } from './stores.ts';

const app = express();
const stores: Record<string, Store> = { memory: new Memory(), plain: new PlainFiles() };
const files: Files = new TrimmedFiles();

app.get('/files', (req, res) => {
  res.json({ text: files.read('a.txt'), length: files.lengthOf('a.txt') });
});

app.get('/stores/:name', (req, res) => {
  const store = stores[req.params.name];
  if (store === undefined) res.status(404).end();
  else res.send(store.read('a.txt'));
});

app.put('/stores/:name', (req, res) => {
  stores[req.params.name]?.keep('a.txt', req.body.text);
  res.end();
});

app.get('/texts', (req, res) => {
  res.send(textOf('a.txt', 'nothing') + new Cache().get('b.txt'));
});
