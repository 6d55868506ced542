import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

// It has no type here, and all its callers hand over a text.
function textOf(name) {
  // safe: (2 functions become async)
  return readFileSync(name, 'utf8');
}

app.get('/texts', (req, res) => {
  res.send(textOf('a.txt') + textOf(`texts/${req.query.name}`));
});
