import express from 'express';
import { access, readFile, unlink } from 'node:fs/promises';

const app = express();

// Today nothing can come between the question and the answer: what is there can be read.
app.get('/notes', async (req, res) => {
  // review: Nobody removes `note.txt` between
  if (!(await access('note.txt').then(() => true, () => false))) {
    res.status(404).end();
    return;
  }
  // review: Nobody removes `note.txt` between
  res.send(await readFile('note.txt', 'utf8'));
});

app.delete('/notes', async (req, res) => {
  // review: No other turn reads or writes
  await unlink('note.txt');
  res.end();
});
