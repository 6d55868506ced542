import express from 'express';
import { readFileSync } from 'node:fs';

const app = express();

interface Counter {
  level(): number;
  grow(by: number): void;
}

function counter(): Counter {
  let size = 0;
  return {
    level: () => size,
    grow: (by) => {
      size = size + by;
    },
  };
}

const total = counter();

// What the one has told may not hold for the other.
app.post('/total', (req, res) => {
  const before = total.level();
  // review: No other turn changes what `total` keeps between `total.level()`
  const text = readFileSync('a.txt', 'utf8');
  total.grow(text.length - before);
  res.end();
});

class Desk {
  constructor(private readonly limits: { used(): number; use(count: number): void }) {}

  take(): void {
    if (this.limits.used() > 10) return;
    // review: No other turn changes what `this.limits` keeps
    const text = readFileSync('a.txt', 'utf8');
    this.limits.use(text.length);
  }
}

const desk = new Desk({ used: () => total.level(), use: (count) => total.grow(count) });

app.post('/taken', (req, res) => {
  desk.take();
  res.end();
});

// Each call makes one, by a function that could keep it.
app.post('/own', (req, res) => {
  const own = counter();
  const before = own.level();
  // review: No other turn changes what `own` keeps
  const text = readFileSync('a.txt', 'utf8');
  own.grow(text.length - before);
  res.send(String(own.level()));
});

// Others come between today.
app.post('/waited', async (req, res) => {
  const before = total.level();
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('a.txt', 'utf8');
  await fetch('https://example.org/');
  total.grow(text.length - before);
  res.end();
});

// What makes one keeps it too.
const listeners: (() => void)[] = [];
function kept(): Counter {
  let count = 0;
  listeners.push(() => (count = 100));
  return { level: () => count, grow: (by) => void (count += by) };
}
app.post('/kept', (req, res) => {
  const own = kept();
  const before = own.level();
  // review: No other turn changes what `own` keeps
  const text = readFileSync('a.txt', 'utf8');
  own.grow(text.length - before);
  res.send(String(own.level()));
});
