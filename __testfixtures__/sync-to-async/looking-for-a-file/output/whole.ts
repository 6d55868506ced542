import express from 'express';
import fs from 'fs';
import { join } from 'node:path';

const exists = (path: fs.PathLike) => fs.promises.access(path).then(() => true, () => false);

const app = express();

// All of `fs` has a name here, which has the types too.
app.get('/whole/:name', async (req, res) => {
  const path = join('texts', req.params.name);
  // safe: fs.existsSync → await exists
  res.json([await exists(path), await exists(`${path}.old`)]); // safe: fs.existsSync → await exists
});
