import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import express from 'express';

export const app = express();

// The command of one request would run with the folder of another one.
app.post('/build', (req, res) => {
  process.env.TARGET = req.body.target;
  // review: No other turn changes what `process.env` holds between `process.env.TARGET` (line 9) and `execFileSync` (line 13)
  const script = readFileSync('build.sh', 'utf8');
  // review: nobody watches what the command writes to standard error
  res.send(execFileSync('sh', ['-c', script]));
});

const setTarget = (target: string): void => {
  process.env['TARGET'] = target;
};

app.post('/helper', (req, res) => {
  setTarget(req.body.target);
  // review: No other turn changes what `process.env` holds between `process.env['TARGET']`
  const script = readFileSync('build.sh', 'utf8');
  // review: nobody watches what the command writes to standard error
  res.send(execFileSync('sh', ['-c', script]));
});

// Only what was there before is read.
app.post('/plain', (req, res) => {
  const target = process.env.TARGET;
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + target + process.env.HOME);
});

app.post('/begins', (req, res) => {
  process.env.TARGET = req.body.target;
  // review: nobody watches what the command writes to standard error
  res.send(execFileSync('sh', ['-c', 'env']));
});
