import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import express from 'express';
import { createReadStream, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// An error that a stream tells before anybody listens ends the process.
app.get('/stream', (req, res) => {
  const stream = createReadStream('large.txt');
  // report: other turns run
  const head = readFileSync('head.txt', 'utf8');
  stream.on('error', () => res.status(404).end());
  stream.once('open', () => {
    res.write(head);
    stream.pipe(res);
  });
});

app.get('/child', (req, res) => {
  const child = spawn('render', ['--all']);
  // report: other turns run
  const head = readFileSync('head.txt', 'utf8');
  child.on('error', () => res.status(500).end());
  child.on('close', () => res.send(head));
});

// Who listens first misses nothing.
app.get('/listening', async (req, res) => {
  const stream = createReadStream('large.txt');
  stream.on('error', () => res.status(404).end());
  // safe: fs.readFileSync → await readFile
  res.write(await readFile('head.txt', 'utf8'));
  stream.pipe(res);
});

// Today, too, others are waited for before anybody listens to it.
app.get('/waited', async (req, res) => {
  await fetch('https://example.org/');
  // review: no event is missed that is not while others are waited for: events of `res`
  const head = await readFile('head.txt', 'utf8');
  res.on('close', () => console.log('gone'));
  res.send(head);
});

// Nobody was waited for since it is there.
app.get('/waited-before', async (req, res) => {
  await fetch('https://example.org/');
  const child = spawn('render', ['--all']);
  // report: events of `child`
  const head = readFileSync('head.txt', 'utf8');
  child.on('error', () => res.status(500).end());
  child.on('close', () => res.send(head));
});

app.get('/at-once', (req, res) => {
  // report: events of `res`
  const head = readFileSync('head.txt', 'utf8');
  res.on('close', () => console.log('gone'));
  res.send(head);
});

// Who listens is called with it, or is a promise that is made there.
function collect(request: express.Request, done: (text: string) => void): void {
  let all = '';
  request.on('data', (chunk) => (all += chunk));
  request.on('end', () => done(all));
}

app.post('/collected', (req, res) => {
  // report: events of `req`
  const head = readFileSync('head.txt', 'utf8');
  collect(req, (all) => res.send(head + all));
});

app.post('/promised', async (req, res) => {
  // report: events of `req`
  const head = readFileSync('head.txt', 'utf8');
  const size = await new Promise<number>((done) => {
    let all = 0;
    req.on('data', (chunk) => (all += chunk.length));
    req.on('end', () => done(all));
  });
  res.send(head + size);
});

app.get('/connected', async (req, res) => {
  const line = connect(80);
  // report: events of `line`
  const head = readFileSync('head.txt', 'utf8');
  await once(line, 'connect');
  res.send(head);
});

app.get('/assigned', (req, res) => {
  const { port1, port2 } = new MessageChannel();
  port2.postMessage('now');
  port1.start();
  // report: events of `port1`
  const head = readFileSync('head.txt', 'utf8');
  port1.onmessage = () => res.send(head);
});

// Who listens may be the object itself, or be begun for each of several names.
class Job extends EventEmitter {
  constructor() {
    super();
    setImmediate(() => this.emit('ready'));
  }

  whenReady(done: () => void): void {
    this.once('ready', done);
  }
}

app.get('/job', (req, res) => {
  const job = new Job();
  // report: events of `job`
  const head = readFileSync('head.txt', 'utf8');
  job.whenReady(() => res.send(head));
});

app.get('/several', (req, res) => {
  const line = connect(80);
  // report: events of `line`
  const head = readFileSync('head.txt', 'utf8');
  ['connect', 'error'].forEach((name) => line.on(name, () => res.send(head)));
});

// A file that is read in lines drops those that nobody takes, other streams wait.
async function numbered(lines: Interface): Promise<string[]> {
  // report: events of `lines`
  const found = [readFileSync('head.txt', 'utf8')];
  for await (const line of lines) found.push(line);
  return found;
}

app.get('/lines', async (req, res) => {
  res.json(await numbered(createInterface({ input: req })));
});

app.post('/body', async (req, res) => {
  // safe: fs.readFileSync → await readFile
  res.write(await readFile('head.txt', 'utf8'));
  for await (const chunk of req) res.write(chunk);
  res.end();
});
