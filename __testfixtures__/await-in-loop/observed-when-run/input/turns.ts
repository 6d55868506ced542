import axios from 'axios';
import { hash } from 'bcrypt';
import { readFile, stat } from 'node:fs/promises';

async function priceOf(id: number) {
  const { data } = await axios.get(`https://prices.test/${id}`);
  return data.n + id;
}

export async function run() {
  const ids = Array.from({ length: 30 }, (_, index) => index);
  const prices = [];
  // safe: await in a loop → p-map
  for (const id of ids) {
    prices.push(await priceOf(id));
  }

  const sizes = new Map<string, number>();
  // safe: await in a loop → Promise.all
  for (const path of ['c.txt', 'a.txt', 'b.txt']) {
    const { size } = await stat(path);
    sizes.set(path, size);
  }

  let total = 0;
  // safe: await in a loop → p-map
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (id % 3 === 0) continue;
    total += (await priceOf(id)) * i;
  }

  let text = '';
  // safe: await in a loop → Promise.all
  for (const path of ['c.txt', 'a.txt']) text += await readFile(path, 'utf8');

  const hashes: Record<string, string> = {};
  // safe: await in a loop → Promise.all
  for (const word of ['one', 'two']) {
    // Each word by itself.
    hashes[word] = await hash(word, 4);
  }

  let last = 0;
  // report: A turn changes the variable `last`
  for (const id of ids) last = await priceOf(last + id);

  return { prices, sizes: [...sizes], total, text, hashes, last };
}
