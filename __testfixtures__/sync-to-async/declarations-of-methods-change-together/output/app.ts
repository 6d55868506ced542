import express from 'express';
import { Cache, Memory, PlainFiles, textOf, TrimmedFiles, type Files, type Store } from './stores.ts';

const app = express();
const stores: Record<string, Store> = { memory: new Memory(), plain: new PlainFiles() };
const files: Files = new TrimmedFiles();

app.get('/files', async (req, res) => {
  res.json({ text: await files.read('a.txt'), length: await files.lengthOf('a.txt') });
});

app.get('/stores/:name', async (req, res) => {
  const store = stores[req.params.name];
  if (store === undefined) res.status(404).end();
  else res.send(await store.read('a.txt'));
});

app.put('/stores/:name', async (req, res) => {
  await stores[req.params.name]?.keep('a.txt', req.body.text);
  res.end();
});

app.get('/texts', async (req, res) => {
  res.send((await textOf('a.txt', 'nothing')) + (await new Cache().get('b.txt')));
});
