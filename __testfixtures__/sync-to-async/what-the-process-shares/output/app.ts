import { exec } from 'node:child_process';
import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execAsync = promisify(exec);

const app = express();

// All of the process is in another folder while it waits.
app.get('/folder', (req, res) => {
  const before = process.cwd();
  process.chdir('pages');
  try {
    // report: other turns run
    res.send(readFileSync('page.html', 'utf8'));
  } finally {
    process.chdir(before);
  }
});

app.post('/build', async (req, res) => {
  process.env.BUILD = req.body.name;
  // review: the property `BUILD`
  res.send((await execAsync('./build', { encoding: 'utf8' })).stdout);
  delete process.env.BUILD;
});

// An object of the request belongs to it, one of all does not.
interface Job {
  state: string;
}

const jobs: Job[] = [{ state: 'new' }];

async function work(job: Job): Promise<string> {
  job.state = 'busy';
  // review: While it waits no other turn touches
  const text = await readFile('job.txt', 'utf8');
  job.state = 'done';
  return text;
}

app.post('/work', async (req, res) => {
  res.send(await work(jobs[0]!));
});

const queue: string[] = [];

app.post('/queue', (req, res) => {
  queue.push(req.body.name);
  // report: the elements of a list or map
  const text = readFileSync('queue.txt', 'utf8');
  res.json([text, queue.shift()]);
});

app.post('/own', async (req, res) => {
  const own: string[] = [];
  own.push(req.body.name);
  // safe: fs.readFileSync → await readFile
  const text = await readFile('own.txt', 'utf8');
  own.push(text);
  res.json(own);
});
