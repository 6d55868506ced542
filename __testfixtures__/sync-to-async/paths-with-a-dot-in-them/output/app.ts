import express from 'express';
import { textOf } from '@/./pages/texts.ts';
import { titleOf } from '@/pages/texts.ts';

export const app = express();

app.get('/texts/:path', async (req, res) => {
  res.send((await textOf(req.params.path)) + titleOf());
});
