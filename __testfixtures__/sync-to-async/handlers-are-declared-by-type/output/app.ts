import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { access, readFile } from 'node:fs/promises';

const app = express();

// The types of Express allow a promise.
const guard: RequestHandler = async (req, res, next) => {
  // safe: fs.existsSync → await
  if (await access('closed').then(() => true, () => false)) res.status(503).end();
  else next();
};

const failed: ErrorRequestHandler = async (error, req, res, next) => {
  // safe: fs.readFileSync → await readFile
  res.status(500).send(await readFile('error.html', 'utf8'));
};

app.use(guard);
app.use(failed);
