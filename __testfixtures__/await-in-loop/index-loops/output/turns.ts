import { PrismaClient } from '@prisma/client';
import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

const db = new PrismaClient();

export async function indexSkip(paths: string[]) {
  // safe: await in a loop → p-map
  const out: string[] = await pMap(
    [...paths.entries()].filter(([i]) => !paths[i].startsWith('.')),
    async ([i]) => readFile(paths[i], 'utf8'),
    { concurrency: 10 },
  );
  return out;
}

export async function attempts(id: number) {
  // report: Its turns need each other: it tries again until it succeeds; by hand: if the turns are
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await db.job.findUnique({ where: { id } });
    } catch {
      console.log(attempt);
    }
  }
}

export async function drift(paths: string[]) {
  // report: The list `paths` is changed while it is walked
  for (let i = 0; i < paths.length; i++) {
    const text = await readFile(paths[i], 'utf8');
    if (text === '') paths.splice(i, 1);
  }
}

export async function whole(paths: string[]) {
  // safe: await in a loop → p-map
  const out = await pMap(
    paths,
    async (_, i) => readFile(paths[i], 'utf8'),
    { concurrency: 10 },
  );
  return out;
}

export async function neighbours(paths: string[]) {
  // safe: await in a loop → p-map
  const out = await pMap(
    paths,
    async (_, i) => (await readFile(paths[i], 'utf8')) + paths[i + 1],
    { concurrency: 10 },
  );
  return out;
}

export async function inPlace(paths: string[]) {
  // review: `paths[i]` changes the elements of a list or map of its own in each turn
  const results = await pMap(
    paths,
    async (_, i) => ({ i, file: await readFile(paths[i], 'utf8') }),
    { concurrency: 10 },
  );
  for (const { i, file } of results) {
    paths[i] = file;
  }
}
