import express from 'express';
import { existsSync, readFileSync, unlinkSync } from 'node:fs';

const app = express();

// Today nothing can come between the question and the answer: what is there can be read.
app.get('/notes', (req, res) => {
  // review: Nobody removes `note.txt` between
  if (!existsSync('note.txt')) {
    res.status(404).end();
    return;
  }
  // review: Nobody removes `note.txt` between
  res.send(readFileSync('note.txt', 'utf8'));
});

app.delete('/notes', (req, res) => {
  // review: No other turn reads or writes
  unlinkSync('note.txt');
  res.end();
});
