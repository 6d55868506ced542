import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { existsSync, readFileSync } from 'node:fs';

const app = express();

// The types of Express allow a promise.
const guard: RequestHandler = (req, res, next) => {
  // safe: fs.existsSync → await
  if (existsSync('closed')) res.status(503).end();
  else next();
};

const failed: ErrorRequestHandler = (error, req, res, next) => {
  // safe: fs.readFileSync → await readFile
  res.status(500).send(readFileSync('error.html', 'utf8'));
};

app.use(guard);
app.use(failed);
