import { execFile } from 'node:child_process';
import express from 'express';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

export const app = express();

// The command of one request would run with the folder of another one.
app.post('/build', async (req, res) => {
  process.env.TARGET = req.body.target;
  // review: No other turn changes what `process.env` holds between `process.env.TARGET` (line 9) and `execFileSync` (line 13)
  const script = await readFile('build.sh', 'utf8');
  // review: nobody watches what the command writes to standard error
  res.send((await execFileAsync('sh', ['-c', script], { encoding: 'buffer' })).stdout);
});

const setTarget = (target: string): void => {
  process.env['TARGET'] = target;
};

app.post('/helper', async (req, res) => {
  setTarget(req.body.target);
  // review: No other turn changes what `process.env` holds between `process.env['TARGET']`
  const script = await readFile('build.sh', 'utf8');
  // review: nobody watches what the command writes to standard error
  res.send((await execFileAsync('sh', ['-c', script], { encoding: 'buffer' })).stdout);
});

// Only what was there before is read.
app.post('/plain', async (req, res) => {
  const target = process.env.TARGET;
  // safe: fs.readFileSync → await readFile
  const text = await readFile('page.txt', 'utf8');
  res.send(text + target + process.env.HOME);
});

app.post('/begins', async (req, res) => {
  process.env.TARGET = req.body.target;
  // review: nobody watches what the command writes to standard error
  res.send((await execFileAsync('sh', ['-c', 'env'], { encoding: 'buffer' })).stdout);
});
