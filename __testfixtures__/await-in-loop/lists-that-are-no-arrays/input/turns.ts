import { readFile } from 'node:fs/promises';

export async function promises(a: string, b: string) {
  const out = [];
  // report: Its elements may be promises, which `for await` waits for one by one; by hand: wait for
  for await (const path of [Promise.resolve(a), Promise.resolve(b)]) {
    out.push(await readFile(path, 'utf8'));
  }
  return out;
}

export async function streamed(source: AsyncIterable<string>) {
  const out = [];
  // report: `source` may be a stream: its elements come one after the other
  for await (const path of source) out.push(await readFile(path, 'utf8'));
  return out;
}

export async function awaitedList(paths: string[]) {
  const out = [];
  // review: No element of `paths` is a promise: `for await` waits for each
  for await (const path of paths) out.push(await readFile(path, 'utf8'));
  return out;
}

export async function keys(sizes: Record<string, number>) {
  const out = [];
  // report: Its turns need each other: it walks the keys of an object, inherited ones too; by hand:
  for (const key in sizes) out.push(await readFile(key, 'utf8'));
  return out;
}
