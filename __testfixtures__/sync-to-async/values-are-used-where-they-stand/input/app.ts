import express from 'express';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';

const app = express();

interface Rates {
  readonly vat?: number;
  readonly names?: readonly string[];
}

export function ratesOf(path: string): Rates {
  // safe: fs.readFileSync → await readFile
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function sizeOf(path: string): number {
  // safe: fs.statSync → await stat
  return statSync(path).size;
}

export function factory(path: string): new (size: number) => Rates {
  // safe: fs.statSync → await stat
  const { size } = statSync(path);
  return class {
    readonly vat = size;
  };
}

export function counter(path: string): () => number {
  // safe: fs.statSync → await stat
  const { size } = statSync(path);
  return () => size;
}

export const missing = (path: string): boolean =>
  // safe: fs.existsSync → await
  !existsSync(path);

app.get('/members', (req, res) => {
  const { vat = 0.2 } = ratesOf('a.json');
  const [first] = ratesOf('a.json').names ?? [];
  const length = ratesOf('a.json').names?.length;
  const second = ratesOf('a.json')['names']![1];
  const typed = ratesOf('a.json') as Rates;
  const both = { ...ratesOf('a.json'), sizeOf: sizeOf('a.json') };
  res.json({ vat, first, length, second, typed, both, list: [...(ratesOf('b.json').names ?? [])] });
});

app.get('/numbers', (req, res) => {
  const squared = sizeOf('a.json') ** 2;
  const negative = -sizeOf('a.json');
  const sum = sizeOf('a.json') + sizeOf('b.json') * 2;
  const text = `${sizeOf('a.json')} bytes, ${sizeOf('a.json').toFixed(1)}`;
  const isNumber = typeof sizeOf('a.json') === 'number';
  const isRates = 'vat' in ratesOf('a.json') || ratesOf('b.json') instanceof Map;
  const either = sizeOf('a.json') || sizeOf('b.json');
  const some = ratesOf('a.json').vat ?? sizeOf('b.json');
  const last = (sizeOf('a.json'), sizeOf('b.json'));
  void sizeOf('a.json');
  sizeOf('a.json');
  res.json({ squared, negative, sum, text, isNumber, isRates, either, some, last });
});

app.get('/calls', (req, res) => {
  const made = new (factory('a.json'))(1);
  const called = counter('a.json')();
  const shown = String(sizeOf('a.json'));
  const at = new Date(sizeOf('a.json'));
  if (missing('a.json')) throw new RangeError(`missing, ${sizeOf('b.json')}`);
  res.json({ made, called, shown, at });
});

app.get('/loops', (req, res) => {
  const found: string[] = [];
  // safe: fs.readdirSync → await readdir
  for (const name of readdirSync('pages')) {
    // safe: fs.statSync → await stat
    if (statSync(`pages/${name}`).isFile()) found.push(name);
  }
  for (let at = 0; at < sizeOf('a.json'); at += sizeOf('b.json')) found.push(`${at}`);
  for (const key in ratesOf('a.json')) found.push(key);
  res.json(found);
});
