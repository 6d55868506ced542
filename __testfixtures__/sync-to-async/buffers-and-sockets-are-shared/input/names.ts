import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { app } from './app';

const buf = Buffer.alloc(10);
const state = { buf, own: Buffer.alloc(10) };
const page = new URL('http://localhost/page');
const hash = createHash('sha1');

// Other names of what the module has.
app.post('/alias', (req, res) => {
  const other = buf;
  other.write(req.body.id);
  // review: No other turn changes what `other` holds between `other.write` (line 13) and `buf.toString` (line 16)
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

app.post('/shorthand', (req, res) => {
  state.buf.write(req.body.id);
  // review: No other turn changes what `state.buf` holds between `state.buf.write`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + buf.toString());
});

app.post('/taken-out', (req, res) => {
  const { own } = state;
  own.write(req.body.id);
  // review: No other turn changes what `own` holds between `own.write`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + state.own.toString());
});

app.post('/part', (req, res) => {
  const query = page.searchParams;
  query.set('id', req.body.id);
  // review: No other turn changes what `query` holds between `query.set`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + page.toString());
});

app.post('/same', (req, res) => {
  const same = hash.update(req.body.id);
  // review: No other turn changes what `hash` holds between `hash.update`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + same.copy().digest('hex'));
});

// What a function gives to all who ask.
const shared = (): Buffer => buf;
const box = () => {
  const inside = Buffer.alloc(3);
  return { get: () => inside };
};
const one = box();

app.post('/asked', (req, res) => {
  shared().write(req.body.id);
  // review: No other turn changes what `shared()` holds between `shared().write`
  const text = readFileSync('page.txt', 'utf8');
  const given = shared();
  res.send(text + given.toString());
});

app.post('/boxed', (req, res) => {
  one.get().write(req.body.id);
  // review: No other turn changes what `one.get()` holds between `one.get().write`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + one.get().toString());
});

// Elements of what the module has.
const rows = [Buffer.alloc(3)];
const slots = new Map<string, Buffer>();
export const open = (id: string): void => {
  slots.set(id, Buffer.alloc(3));
};

app.post('/row', (req, res) => {
  rows[0].write(req.body.id);
  // review: No other turn changes what `rows[0]` holds between `rows[0].write`
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + rows[0].toString());
});

app.post('/rows', (req, res) => {
  for (const row of rows) {
    row.write(req.body.id);
    // review: No other turn changes what `row` holds between `row.write`
    const text = readFileSync('page.txt', 'utf8');
    res.write(text + row.toString());
  }
  res.end();
});

app.post('/slot', (req, res) => {
  slots.get(req.params.id)!.write(req.body.id);
  // review: No other turn changes what `slots.get(req.params.id)` holds between
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + slots.get(req.params.id)!.toString());
});

// What a request has made for itself, by whatever name.
const make = (): Buffer => {
  const made = Buffer.from(buf);
  made.fill(1);
  return made;
};

app.post('/own', (req, res) => {
  const mine = { made: make(), copied: Buffer.from(buf) };
  const { made, copied } = mine;
  const again = copied;
  made.write(req.body.id);
  again.write(req.body.id);
  const parts = [Buffer.alloc(3)];
  parts[0].write(req.body.id);
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + made.toString() + copied.toString() + parts[0].toString());
});
