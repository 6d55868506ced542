import 'express-async-errors';
import express from 'express';
import { readFile } from 'node:fs/promises';

const app = express();

app.get('/text', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(await readFile('text.txt', 'utf8'));
});
