import express from 'express';
import { access, readFile, readdir, stat } from 'node:fs/promises';

const app = express();

interface Rates {
  readonly vat?: number;
  readonly names?: readonly string[];
}

export async function ratesOf(path: string): Promise<Rates> {
  // safe: fs.readFileSync → await readFile
  return JSON.parse(await readFile(path, 'utf8'));
}

export async function sizeOf(path: string): Promise<number> {
  // safe: fs.statSync → await stat
  return (await stat(path)).size;
}

export async function factory(path: string): Promise<new (size: number) => Rates> {
  // safe: fs.statSync → await stat
  const { size } = await stat(path);
  return class {
    readonly vat = size;
  };
}

export async function counter(path: string): Promise<() => number> {
  // safe: fs.statSync → await stat
  const { size } = await stat(path);
  return () => size;
}

export const missing = async (path: string): Promise<boolean> =>
  // safe: fs.existsSync → await
  !(await access(path).then(() => true, () => false));

app.get('/members', async (req, res) => {
  const { vat = 0.2 } = await ratesOf('a.json');
  const [first] = (await ratesOf('a.json')).names ?? [];
  const length = (await ratesOf('a.json')).names?.length;
  const second = (await ratesOf('a.json'))['names']![1];
  const typed = (await ratesOf('a.json')) as Rates;
  const both = { ...(await ratesOf('a.json')), sizeOf: await sizeOf('a.json') };
  res.json({ vat, first, length, second, typed, both, list: [...((await ratesOf('b.json')).names ?? [])] });
});

app.get('/numbers', async (req, res) => {
  const squared = (await sizeOf('a.json')) ** 2;
  const negative = -(await sizeOf('a.json'));
  const sum = (await sizeOf('a.json')) + (await sizeOf('b.json')) * 2;
  const text = `${await sizeOf('a.json')} bytes, ${(await sizeOf('a.json')).toFixed(1)}`;
  const isNumber = typeof (await sizeOf('a.json')) === 'number';
  const isRates = 'vat' in (await ratesOf('a.json')) || (await ratesOf('b.json')) instanceof Map;
  const either = (await sizeOf('a.json')) || (await sizeOf('b.json'));
  const some = (await ratesOf('a.json')).vat ?? (await sizeOf('b.json'));
  const last = (await sizeOf('a.json'), await sizeOf('b.json'));
  void (await sizeOf('a.json'));
  await sizeOf('a.json');
  res.json({ squared, negative, sum, text, isNumber, isRates, either, some, last });
});

app.get('/calls', async (req, res) => {
  const made = new (await factory('a.json'))(1);
  const called = (await counter('a.json'))();
  const shown = String(await sizeOf('a.json'));
  const at = new Date(await sizeOf('a.json'));
  if (await missing('a.json')) throw new RangeError(`missing, ${await sizeOf('b.json')}`);
  res.json({ made, called, shown, at });
});

app.get('/loops', async (req, res) => {
  const found: string[] = [];
  // safe: fs.readdirSync → await readdir
  for (const name of await readdir('pages')) {
    // safe: fs.statSync → await stat
    if ((await stat(`pages/${name}`)).isFile()) found.push(name);
  }
  for (let at = 0; at < (await sizeOf('a.json')); at += await sizeOf('b.json')) found.push(`${at}`);
  for (const key in await ratesOf('a.json')) found.push(key);
  res.json(found);
});
