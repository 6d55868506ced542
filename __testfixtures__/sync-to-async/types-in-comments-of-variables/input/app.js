import express from 'express';
import { shouted, trimmed } from './texts.js';

const app = express();

app.get('/texts/:path', (req, res) => {
  const { path } = req.params;
  res.json([trimmed(path), shouted(path)]);
});
