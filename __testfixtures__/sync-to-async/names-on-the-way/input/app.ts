import express from 'express';
import first, { textOf as firstText } from './files/text.ts';
import { lines, twice } from './lines.ts';

const app = express();

app.get('/lines/:path', (req, res) => {
  const { path } = req.params;
  res.json([...lines(path), twice(path), first(path), firstText(path)]);
});

app.get('/later/:path', async (req, res) => {
  const { contentOf } = await import('./files/index.ts');
  res.send(contentOf(req.params.path));
});
