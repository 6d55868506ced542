import express from 'express';
import first, { textOf as firstText } from './files/text.ts';
import { lines, twice } from './lines.ts';

const app = express();

app.get('/lines/:path', async (req, res) => {
  const { path } = req.params;
  res.json([...(await lines(path)), await twice(path), await first(path), await firstText(path)]);
});

app.get('/later/:path', async (req, res) => {
  const { contentOf } = await import('./files/index.ts');
  res.send(await contentOf(req.params.path));
});
