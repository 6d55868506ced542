import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

const GLOBAL = /x/g;
const PLAIN = /x/;
const queue: string[] = [];

export const enqueue = (path: string) => queue.push(path);

export async function drained() {
  // review: Nothing changes `queue` while it is walked: all turns begin with what is in it at first
  const texts: string[] = await pMap(
    queue,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  queue.length = 0;
  return texts;
}

export async function untilStopped(paths: string[], signal: AbortSignal) {
  // review: `signal.aborted` says the same for all elements before the first call as it would betwee
  const texts: string[] = await pMap(
    paths.filter((path) => !signal.aborted),
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  return texts;
}

export async function remembers(paths: string[]) {
  // review: Nobody minds that no turn changes the property `lastIndex` when a later one fails, by `G
  const found: boolean[] = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return GLOBAL.test(text);
    },
    { concurrency: 10 },
  );
  return found;
}

export async function forgets(paths: string[]) {
  // safe: await in a loop → p-map
  const found: boolean[] = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return PLAIN.test(text);
    },
    { concurrency: 10 },
  );
  return found;
}

export async function narrowed(users: ({ file: string } | null)[]) {
  // review: The types fit without what `!user` tells of an element: a `filter` need not tell it
  const texts: string[] = await pMap(
    users.filter((user) => user),
    async (user) => readFile(user.file, 'utf8'),
    { concurrency: 10 },
  );
  return texts;
}

export async function printed(paths: string[]) {
  const texts: string[] = [];
  // report: Each turn writes the process's `output` by `process.stdout.write`, and the order of that
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    process.stdout.write(`${path}\n`);
    texts.push(text);
  }
  return texts;
}

export async function logged(paths: string[]) {
  // safe: await in a loop → p-map
  const texts: string[] = await pMap(
    paths,
    async (path) => {
      console.log('begins', path);
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  return texts;
}

export async function timed(paths: string[]) {
  let total = 0;
  // review: Nobody minds that `Date.now` reads the clock when all calls are done, and not after each
  const results = await pMap(
    paths,
    async (path) => {
      const began = Date.now();
      await readFile(path, 'utf8');
      return began;
    },
    { concurrency: 10 },
  );
  for (const began of results) {
    total += Date.now() - began;
  }
  return total;
}

export class Reader {
  items: string[] = [];
  isStopped = false;

  add(path: string) {
    this.items.push(path);
  }

  stop() {
    this.isStopped = true;
  }

  async all() {
    // review: Nothing changes `this.items` while it is walked: all turns begin with what is in it at f
    const texts: string[] = await pMap(
      this.items,
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    return texts;
  }

  async some(paths: string[]) {
    // review: `this.isStopped` says the same for all elements before the first call as it would betwee
    const texts: string[] = await pMap(
      paths.filter((path) => !this.isStopped),
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    return texts;
  }
}
