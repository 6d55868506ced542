import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import { readFile, stat } from 'node:fs/promises';

const db = new PrismaClient();

export async function chained(paths: string[]) {
  let path = paths[0];
  // report: A turn changes the variable `path`, which the next one finds changed: `path`
  for (const one of paths) {
    path = await readFile(path + one, 'utf8');
  }
  return path;
}

export async function reduced(paths: string[]) {
  // report: Each call begins when the one before is done, through what `reduce` hands on; by hand:
  return paths.reduce(async (all, path) => {
    const list = await all;
    list.push(await readFile(path, 'utf8'));
    return list;
  }, Promise.resolve([] as string[]));
}

export async function pages() {
  const all = [];
  let cursor: string | undefined;
  // report: Its turns need each other: it walks from page to page: each turn needs the cursor of
  do {
    const { data } = await axios.get('https://api.example.com/items', { params: { cursor } });
    all.push(...data.items);
    cursor = data.next;
  } while (cursor);
  return all;
}

export async function pagesOver(times: number[]) {
  let after = 0;
  const all = [];
  // report: A turn changes the variable `after`, which the next one finds changed: `after`
  for (const take of times) {
    const rows = await db.item.findMany({ where: { id: { gt: after } }, take });
    after = rows.at(-1).id;
    all.push(rows);
  }
  return all;
}

export async function forever() {
  // report: Its turns need each other: whether there is another turn is known only after the one
  while (true) {
    const job = await db.job.findFirst();
    if (job === null) return;
  }
}

let total = 0;

async function add(path: string) {
  const { size } = await stat(path);
  total += size;
}

export async function shared(paths: string[]) {
  // report: A turn changes the variable `total`, which the next one finds changed: `total`
  for (const path of paths) await add(path);
  return total;
}

const seen = new Map<string, string>();

async function load(path: string) {
  const known = seen.get(path);
  if (known !== undefined) return known;
  const text = await readFile(path, 'utf8');
  seen.set(path, text);
  return text;
}

export async function memo(paths: string[]) {
  const out = [];
  // review: `seen.set(path, text)` changes the elements of a list or map of its own in each turn
  for (const path of paths) out.push(await load(path));
  return out;
}

export async function rememberedFirst(paths: string[]) {
  const done = new Set<string>();
  const out = [];
  // report: The turns cannot be split: a turn awaits again after it has changed `done`
  for (const path of paths) {
    if (done.has(path)) continue;
    done.add(path);
    out.push(await readFile(path, 'utf8'));
  }
  return out;
}

export async function rememberedLate(paths: string[]) {
  const done = new Set<string>();
  const out = [];
  // report: One turn needs another: it looks at `done`, which each turn changes: `done`
  for (const path of paths) {
    if (done.has(path)) continue;
    const text = await readFile(path, 'utf8');
    out.push(text);
    done.add(path);
  }
  return out;
}

export async function chain(paths: string[]) {
  // report: Each call begins when the one before is done, through what `reduce` hands on; by hand:
  return paths.reduce((before, path) => before.then(() => stat(path)), Promise.resolve());
}

export async function heldByKey(files: { kind: string; path: string }[]) {
  const texts: Record<string, string> = {};
  // report: A turn changes the elements of a list or map, which the next one finds changed:
  for (const file of files) {
    const before = texts[file.kind] ?? '';
    const text = await readFile(file.path + before.length, 'utf8');
    texts[file.kind] = text;
  }
  return texts;
}
