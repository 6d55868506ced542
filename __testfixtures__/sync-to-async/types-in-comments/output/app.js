import express from 'express';
import { aboutOf, bothOf, textOf, Texts } from './texts.js';

const app = express();
const texts = new Texts();

app.get('/texts/:path', async (req, res) => {
  const { path } = req.params;
  res.json([await textOf(path), await aboutOf(path), await texts.linesOf(path), await bothOf(path), await texts.countOf(path)]);
});
