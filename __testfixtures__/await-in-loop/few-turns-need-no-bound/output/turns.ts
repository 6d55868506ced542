import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function small() {
  // safe: await in a loop → Promise.all
  const out = await Promise.all((['a', 'b'] as const).map(async (name) => readFile(name, 'utf8')));
  return out;
}

export async function grown(extra: string) {
  const names = ['a', 'b'];
  names.push(extra);
  // safe: await in a loop → p-map
  const out = await pMap(
    names,
    async (name) => readFile(name, 'utf8'),
    { concurrency: 10 },
  );
  return out;
}
