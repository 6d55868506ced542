import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function partial(paths: string[]) {
  const out: string[] = [];
  try {
    // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
    const results = await pMap(
      paths,
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    for (const file of results) {
      out.push(file);
    }
  } catch {
    return out;
  }
  return out;
}

export async function partialCount(paths: string[]) {
  let done = 0;
  try {
    // review: Nobody minds that no turn changes the variable `done` when a later one fails, by `done`
    await pMap(
      paths,
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    for (const path of paths) {
      done++;
    }
  } finally {
    console.log(done);
  }
  return done;
}

export async function ofCaller(paths: string[], into: string[]) {
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  const results = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  for (const file of results) {
    into.push(file);
  }
}

const cache = new Map<string, string>();

export async function ofModule(paths: string[]) {
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  const results = await pMap(
    paths,
    async (path) => ({ path, file: await readFile(path, 'utf8') }),
    { concurrency: 10 },
  );
  for (const { path, file } of results) {
    cache.set(path, file);
  }
}

export class Store {
  texts: string[] = [];
  async load(paths: string[]) {
    // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
    const results = await pMap(
      paths,
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    for (const file of results) {
      this.texts.push(file);
    }
  }
}
