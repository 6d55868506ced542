import express from 'express';
import { linesOf } from './lib/lines.ts';
import { inside } from './lib/hidden.ts';
import { later, textOf, Texts } from './index.ts';

const app = express();

app.get('/inside', (req, res) => {
  res.send(inside('a.txt'));
});

app.get('/outside', async (req, res) => {
  res.json([linesOf('a.txt'), textOf('b.txt'), new Texts().read('c.txt'), await later('d.txt')]);
});
