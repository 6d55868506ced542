import express from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

const readers = {
  // safe: (2 functions become async)
  text: async (path: string) => readFile(path, 'utf8'),
  upper: (path: string) => path.toUpperCase(),
};

// One of those that are written there, whichever it is.
app.get('/dynamic/:name', async (req, res) => {
  const name = req.params.name === 'text' ? 'text' : 'upper';
  res.send(await readers[name]('a.txt'));
});

class Texts {
  load(path: string): string {
    // report: nothing is known of the object that it is read of
    return readFileSync(path, 'utf8');
  }
}

app.get('/any', (req, res) => {
  const anything: any = req.app.locals.texts;
  res.json([anything.load('a.txt'), new Texts().load('b.txt')]);
});

function kept(path: string): string {
  // report: is handed on as a value, and who calls it is not seen
  return readFileSync(path, 'utf8');
}

export const list = [kept];

function shown(path: string): string {
  // report: is kept as `take`, and who calls it is not seen
  return readFileSync(path, 'utf8');
}

let later: ((path: string) => string) | undefined;

function keep(take: (path: string) => string): void {
  later = take;
}

app.get('/kept', (req, res) => {
  keep(shown);
  res.json([list[0]?.('a.txt'), later?.('b.txt')]);
});

// Nobody asks for it here, so somebody else may.
export function exported(path: string): string {
  // report: Nobody in the project calls `exported`
  return readFileSync(path, 'utf8');
}

// Whoever does has a promise already.
export async function awaited(path: string): Promise<number> {
  // safe: fs.readFileSync → await readFile
  return (await readFile(path, 'utf8')).length;
}
