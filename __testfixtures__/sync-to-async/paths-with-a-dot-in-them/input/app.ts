import express from 'express';
import { textOf } from '@/./pages/texts.ts';
import { titleOf } from '@/pages/texts.ts';

export const app = express();

app.get('/texts/:path', (req, res) => {
  res.send(textOf(req.params.path) + titleOf());
});
