import { readFile } from 'node:fs/promises';

export async function partial(paths: string[]) {
  const out: string[] = [];
  try {
    // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
    for (const path of paths) {
      out.push(await readFile(path, 'utf8'));
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
    for (const path of paths) {
      await readFile(path, 'utf8');
      done++;
    }
  } finally {
    console.log(done);
  }
  return done;
}

export async function ofCaller(paths: string[], into: string[]) {
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  for (const path of paths) {
    into.push(await readFile(path, 'utf8'));
  }
}

const cache = new Map<string, string>();

export async function ofModule(paths: string[]) {
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  for (const path of paths) {
    cache.set(path, await readFile(path, 'utf8'));
  }
}

export class Store {
  texts: string[] = [];
  async load(paths: string[]) {
    // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
    for (const path of paths) {
      this.texts.push(await readFile(path, 'utf8'));
    }
  }
}
