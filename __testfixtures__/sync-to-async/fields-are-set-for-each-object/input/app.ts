import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

class Folder {
  // report: The initialiser of a field cannot wait
  readonly note = readFileSync('note.txt', 'utf8');
}

app.get('/note', (req, res) => {
  res.send(new Folder().note);
});
