import 'express-async-errors';
import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

app.get('/text', (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('text.txt', 'utf8'));
});
