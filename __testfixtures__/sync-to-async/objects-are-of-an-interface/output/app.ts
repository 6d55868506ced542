import express from 'express';
import { appendFileSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

interface Sink {
  write(line: string): void;
}

interface Source {
  read(path: string): string;
}

// Whoever calls a `write` of a `Sink` would have to wait, and its type says that there is nothing to wait for.
const sink: Sink = {
  write(line) {
    // report: `write`
    appendFileSync('log.txt', line);
  },
};

const source: Source = {
  // report: declares the type of `read`
  read: (path) => readFileSync(path, 'utf8'),
};

function writeAll(to: Sink, lines: readonly string[]): void {
  for (const line of lines) to.write(line);
}

// Where nothing is declared, all calls are known.
const plain = {
  // safe: (2 functions become async)
  read: async (path: string) => readFile(path, 'utf8'),
};

app.get('/sinks', (req, res) => {
  writeAll(sink, ['a', 'b']);
  sink.write('c');
  res.send(source.read('a.txt'));
});

app.get('/plain', async (req, res) => {
  res.send(await plain.read('a.txt'));
});
