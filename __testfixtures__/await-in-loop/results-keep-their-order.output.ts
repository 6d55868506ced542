import { readFile, stat } from 'node:fs/promises';
import { compare } from 'bcrypt';
import pMap from 'p-map';

export async function collected(paths: string[]) {
  // review: `p-map` is a dependency of
  const texts: string[] = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  return texts;
}

export async function keyed(paths: string[]) {
  const sizes = new Map<string, number>();
  // review: `p-map` is a dependency of
  const results = await pMap(
    paths,
    async (path) => {
      const { size } = await stat(path);
      return { path, size };
    },
    { concurrency: 10 },
  );
  for (const { path, size } of results) {
    sizes.set(path, size);
  }
  return sizes;
}

export async function inAnObject(paths: string[]) {
  const sizes: Record<string, number> = {};
  // review: `p-map` is a dependency of
  const results = await pMap(
    paths,
    async (path) => ({ path, statResult: await stat(path) }),
    { concurrency: 10 },
  );
  for (const { path, statResult } of results) {
    sizes[path] = statResult.size;
  }
  return sizes;
}

export async function summed(paths: string[]) {
  let total = 0;
  // review: `p-map` is a dependency of
  const results = await pMap(
    paths,
    async (path) => stat(path),
    { concurrency: 10 },
  );
  for (const statResult of results) {
    total += statResult.size;
  }
  return total;
}

export async function small(password: string, hash: string) {
  // safe: await in a loop → Promise.all
  const answers = await Promise.all([password, password.trim()].map(async (one) => {
    // Both forms are taken.
    return compare(one, hash);
  }));
  return answers;
}

export async function withAGap(paths: string[]) {
  // review: `p-map` is a dependency of
  const texts = await pMap(
    paths.filter((path) => !path.startsWith('.')),
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  return texts;
}

export async function counted(paths: string[]) {
  // review: `p-map` is a dependency of
  const lines = await pMap(
    paths,
    async (path, i) => {
      const text = await readFile(path, 'utf8');
      return `${i}: ${text.split('\n').length}`;
    },
    { concurrency: 10 },
  );
  return lines;
}

export async function declaredEarlier(paths: string[], texts: string[]) {
  texts.push('first');
  // review: `p-map` is a dependency of
  const results = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  for (const file of results) {
    texts.push(file);
  }
  return texts;
}
