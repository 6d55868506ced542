import { readFile } from 'node:fs/promises';

export async function small() {
  const out = [];
  // safe: await in a loop → Promise.all
  for (const name of ['a', 'b'] as const) out.push(await readFile(name, 'utf8'));
  return out;
}

export async function grown(extra: string) {
  const names = ['a', 'b'];
  names.push(extra);
  const out = [];
  // safe: await in a loop → p-map
  for (const name of names) out.push(await readFile(name, 'utf8'));
  return out;
}
