import { execSync } from 'node:child_process';
import express from 'express';
import { readFileSync } from 'node:fs';

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

app.post('/build', (req, res) => {
  process.env.BUILD = req.body.name;
  // review: the property `BUILD`
  res.send(execSync('./build', { encoding: 'utf8', stdio: 'pipe' }));
  delete process.env.BUILD;
});

// An object of the request belongs to it, one of all does not.
interface Job {
  state: string;
}

const jobs: Job[] = [{ state: 'new' }];

function work(job: Job): string {
  job.state = 'busy';
  // review: While it waits no other turn touches
  const text = readFileSync('job.txt', 'utf8');
  job.state = 'done';
  return text;
}

app.post('/work', (req, res) => {
  res.send(work(jobs[0]!));
});

const queue: string[] = [];

app.post('/queue', (req, res) => {
  queue.push(req.body.name);
  // report: the elements of a list or map
  const text = readFileSync('queue.txt', 'utf8');
  res.json([text, queue.shift()]);
});

app.post('/own', (req, res) => {
  const own: string[] = [];
  own.push(req.body.name);
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('own.txt', 'utf8');
  own.push(text);
  res.json(own);
});
