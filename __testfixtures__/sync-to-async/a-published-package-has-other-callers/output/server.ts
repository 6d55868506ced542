import express from 'express';
import { linesOf } from './lib/lines.ts';
import { inside } from './lib/hidden.ts';
import { allOf, firstOf, Folder, later, lengths, madeFor, plainOf, rawOf, readerOf, readers, textOf, Texts } from './index.ts';

const app = express();

app.get('/inside', async (req, res) => {
  res.send(await inside('a.txt'));
});

app.get('/outside', async (req, res) => {
  res.json([linesOf('a.txt'), textOf('b.txt'), new Texts().read('c.txt'), await later('d.txt')]);
});

app.get('/more', async (req, res) => {
  const folder = new Folder('texts/');
  const names = ['a.txt'];
  const sums = [await folder.sizes(), await folder.text(), await lengths(names), allOf(names)];
  res.json([...sums, readers().read('a.txt'), readerOf('a.txt')(), madeFor('c.txt')(), rawOf('d.txt'), plainOf('e.txt'), firstOf(names).read('b.txt')]);
});
