import { PrismaClient } from '@prisma/client';
import { readFile } from 'node:fs/promises';

const db = new PrismaClient();

export async function indexSkip(paths: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  for (let i = 0; i < paths.length; i++) {
    if (paths[i].startsWith('.')) continue;
    out.push(await readFile(paths[i], 'utf8'));
  }
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
  const out = [];
  // safe: await in a loop → p-map
  for (let i = 0; i < paths.length; i++) out.push(await readFile(paths[i], 'utf8'));
  return out;
}

export async function neighbours(paths: string[]) {
  const out = [];
  // safe: await in a loop → p-map
  for (let i = 0; i < paths.length; i++) out.push((await readFile(paths[i], 'utf8')) + paths[i + 1]);
  return out;
}

export async function inPlace(paths: string[]) {
  // review: `paths[i]` changes the elements of a list or map of its own in each turn
  for (let i = 0; i < paths.length; i++) paths[i] = await readFile(paths[i], 'utf8');
}
