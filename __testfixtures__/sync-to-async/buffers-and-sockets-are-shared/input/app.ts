import { createHash, type Hash } from 'node:crypto';
import { createWriteStream, readFileSync, readSync } from 'node:fs';
import { connect } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import express from 'express';
import { Meter } from 'meter-lite';

export const app = express();

const buf = Buffer.alloc(10);

// What one request has written another one would send.
app.post('/buffer', (req, res) => {
  buf.write(req.body.id);
  // review: No other turn changes what `buf` holds between `buf.write` (line 14) and `buf.toString` (line 17)
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

const put = (id: string): void => {
  buf.write(id);
};
const taken = (): string => buf.toString();

app.post('/helpers', (req, res) => {
  put(req.body.id);
  // review: No other turn changes what `buf` holds between `buf.write` (line 21) and `buf.toString` (line 23)
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + taken());
});

// Two names of the same bytes.
const bytes = new Uint8Array(buf.buffer);

app.post('/view', (req, res) => {
  bytes.set(req.body.bytes);
  // review: No other turn changes what `bytes` holds between `bytes.set`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

// It is filled by who gets it.
const fill = (target: Buffer, text: string): void => {
  Buffer.from(text).copy(target);
};

app.post('/filled', (req, res) => {
  fill(buf, req.body.id);
  // review: No other turn changes what `buf` holds between `fill`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

app.post('/read', (req, res) => {
  // review: No other turn changes what `buf` holds between `readSync`
  readSync(req.body.fd, buf);
  // review: No other turn changes what `buf` holds between `readSync`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

// A field, and one that is set in the constructor.
class Digests {
  private readonly params = new URLSearchParams();
  private readonly hash: Hash;

  constructor() {
    this.hash = createHash('sha256');
  }

  add(name: string): string {
    this.params.append('name', name);
    // review: No other turn changes what `this.params` holds between `this.params.append`
    const text = readFileSync('page.txt', 'utf8');
    return `${text}?${this.params}`;
  }

  sum(name: string): string {
    this.hash.update(name);
    // review: No other turn changes what `this.hash` holds between `this.hash.update`
    const text = readFileSync('page.txt', 'utf8');
    return text + this.hash.copy().digest('hex');
  }
}

const digests = new Digests();
app.get('/add', (req, res) => res.send(digests.add(String(req.query.name))));
app.get('/sum', (req, res) => res.send(digests.sum(String(req.query.name))));

const decoder = new StringDecoder('utf8');

app.post('/decoded', (req, res) => {
  const first = decoder.write(req.body);
  // review: No other turn changes what `decoder` holds between `decoder.write`
  const text = readFileSync('page.txt', 'utf8');
  res.send(first + text + decoder.end());
});

// The frames of two requests would be mixed.
const socket = connect(9000);

app.post('/frames', (req, res) => {
  socket.write(`${req.body.length}\n`);
  // review: No other turn changes what `socket` holds between `socket.write`
  const text = readFileSync('page.txt', 'utf8');
  socket.write(text);
  res.end();
});

const log = createWriteStream('requests.log');

app.get('/lines', (req, res) => {
  log.write('begins\n');
  // review: No other turn changes what `log` holds between `log.write`
  const text = readFileSync('page.txt', 'utf8');
  log.write('ends\n');
  res.send(text);
});

// All requests of one route have one.
export function mount(path: string): void {
  const own = Buffer.alloc(4);
  const meter = new Meter();
  app.post(path, (req, res) => {
    own.write(req.body.id);
    meter.put(req.body.id);
    // review: No other turn changes what `own` holds between `own.write`
    const text = readFileSync('page.txt', 'utf8');
    res.send(text + own.toString() + meter.top());
  });
}

// Each call makes one for itself.
app.post('/own', (req, res) => {
  const hash = createHash('sha256');
  const target = Buffer.alloc(4);
  const add = (one: string): void => {
    hash.update(one);
  };
  req.body.names.forEach((one: string) => add(one));
  target.write(req.body.id);
  // safe: fs.readFileSync → await readFile
  hash.update(readFileSync('page.txt', 'utf8'));
  res.send(hash.digest('hex') + target.toString());
});

// Nobody changes it.
const KEY = Buffer.from('key');
const BASE = new URL('http://localhost/');

app.get('/constant', (req, res) => {
  const key = KEY.toString('hex');
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(key + text + KEY.toString('base64') + BASE.href);
});

// Threads share it, and turns do as well.
const counts = new Int32Array(new SharedArrayBuffer(4));

app.get('/counted', (req, res) => {
  const count = Atomics.load(counts, 0);
  // review: No other turn changes what `counts` holds between `Atomics.load`
  const text = readFileSync('page.txt', 'utf8');
  Atomics.store(counts, 0, count + text.length);
  res.send(text);
});
