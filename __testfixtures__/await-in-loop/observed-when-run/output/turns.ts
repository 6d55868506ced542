import axios from 'axios';
import { hash } from 'bcrypt';
import { readFile, stat } from 'node:fs/promises';
import pMap from 'p-map';

async function priceOf(id: number) {
  const { data } = await axios.get(`https://prices.test/${id}`);
  return data.n + id;
}

export async function run() {
  const ids = Array.from({ length: 30 }, (_, index) => index);
  // safe: await in a loop → p-map
  const prices = await pMap(ids, async (id) => priceOf(id), { concurrency: 10 });

  const sizes = new Map<string, number>();
  // safe: await in a loop → Promise.all
  const results = await Promise.all(['c.txt', 'a.txt', 'b.txt'].map(async (path) => {
    const { size } = await stat(path);
    return { path, size };
  }));
  for (const { path, size } of results) {
    sizes.set(path, size);
  }

  let total = 0;
  // safe: await in a loop → p-map
  const results4 = await pMap(
    [...ids.entries()].filter(([i, id]) => !(id % 3 === 0)),
    async ([i, id]) => ({ i, priceOfResult: await priceOf(id) }),
    { concurrency: 10 },
  );
  for (const { i, priceOfResult } of results4) {
    total += priceOfResult * i;
  }

  let text = '';
  // safe: await in a loop → Promise.all
  const results2 = await Promise.all(['c.txt', 'a.txt'].map(async (path) => readFile(path, 'utf8')));
  for (const file of results2) {
    text += file;
  }

  const hashes: Record<string, string> = {};
  // safe: await in a loop → Promise.all
  const results3 = await Promise.all(['one', 'two'].map(async (word) => ({ word, hashResult: await hash(word, 4) })));
  for (const { word, hashResult } of results3) {
    // Each word by itself.
    hashes[word] = hashResult;
  }

  let last = 0;
  // report: A turn changes the variable `last`
  for (const id of ids) last = await priceOf(last + id);

  return { prices, sizes: [...sizes], total, text, hashes, last };
}
