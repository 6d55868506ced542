import express from 'express';
import { settingsOf, sizeOrZero, text, textOfEither, textOfSecond, textOnce, textOr } from './settings.ts';

const app = express();

app.get('/settings/:path', (req, res) => {
  res.json(settingsOf(req.params.path));
});

app.get('/texts/:path', (req, res) => {
  const { path } = req.params;
  const log: string[] = [];
  res.json([textOr(path, ''), sizeOrZero(path), text(path), textOfEither(path, 'b.txt'), textOfSecond(path, 'b.txt', log)]);
});

app.get('/once/:path', (req, res) => {
  res.send(textOnce(req.params.path));
});

app.post('/settings/:path', (req, res) => {
  try {
    res.json(settingsOf(req.params.path));
  } catch (error) {
    res.status(500).send(String(error));
  }
});
