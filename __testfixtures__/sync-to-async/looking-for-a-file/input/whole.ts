import express from 'express';
import fs from 'fs';
import { join } from 'node:path';

const app = express();

// All of `fs` has a name here, which has the types too.
app.get('/whole/:name', (req, res) => {
  const path = join('texts', req.params.name);
  // safe: fs.existsSync → await exists
  res.json([fs.existsSync(path), fs.existsSync(`${path}.old`)]); // safe: fs.existsSync → await exists
});
