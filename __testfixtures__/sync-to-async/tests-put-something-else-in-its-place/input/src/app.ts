import express from 'express';
import { isThere, pagesOf, sizeOf, textOf } from './texts.ts';
import { listOf } from './lists.ts';
import { sourcesOf } from './sources.ts';
import { Uploads } from './uploads.ts';

export const app = express();

app.get('/texts/:path', (req, res) => {
  res.json([textOf(req.params.path), sizeOf(req.params.path), isThere(req.params.path)]);
});

app.get('/pages', (_req, res) => {
  res.json([pagesOf(), listOf()]);
});

app.get('/sizes/:path', (req, res) => {
  res.json(new Uploads().size(req.params.path));
});

app.get('/sources/:path', (req, res) => {
  res.send(sourcesOf(req.params.path));
});
