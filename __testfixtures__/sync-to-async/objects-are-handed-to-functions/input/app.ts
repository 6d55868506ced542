import express from 'express';
import { appendFileSync, readFileSync } from 'node:fs';

const app = express();

interface Sink {
  write(line: string): void;
}

function writeAll(to: Sink, lines: readonly string[]): void {
  for (const line of lines) to.write(line);
}

app.post('/lines', (req, res) => {
  writeAll(
    {
      write(line) {
        // report: `write`
        appendFileSync('log.txt', line);
      },
    },
    ['a', 'b'],
  );
  res.end();
});

function lengthBy(options: { read: (path: string) => string }, path: string): number {
  return options.read(path).length;
}

app.get('/lengths', (req, res) => {
  // report: declares the type of `read`
  res.send(String(lengthBy({ read: (path) => readFileSync(path, 'utf8') }, 'a.txt')));
});
