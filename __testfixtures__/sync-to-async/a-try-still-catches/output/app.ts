import express from 'express';
import { settingsOf, sizeOrZero, text, textOfEither, textOfSecond, textOnce, textOr } from './settings.ts';

const app = express();

app.get('/settings/:path', async (req, res) => {
  res.json(await settingsOf(req.params.path));
});

app.get('/texts/:path', async (req, res) => {
  const { path } = req.params;
  const log: string[] = [];
  res.json([await textOr(path, ''), await sizeOrZero(path), await text(path), await textOfEither(path, 'b.txt'), await textOfSecond(path, 'b.txt', log)]);
});

app.get('/once/:path', (req, res) => {
  res.send(textOnce(req.params.path));
});

app.post('/settings/:path', async (req, res) => {
  try {
    res.json(await settingsOf(req.params.path));
  } catch (error) {
    res.status(500).send(String(error));
  }
});
