import express from 'express';
import { readFile } from 'node:fs/promises';

const app = express();

// It has no type here, and all its callers hand over a text.
async function textOf(name) {
  // safe: (2 functions become async)
  return readFile(name, 'utf8');
}

app.get('/texts', async (req, res) => {
  res.send((await textOf('a.txt')) + (await textOf(`texts/${req.query.name}`)));
});
