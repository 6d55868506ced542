import { readFile } from 'node:fs/promises';

const GLOBAL = /x/g;
const PLAIN = /x/;
const queue: string[] = [];

export const enqueue = (path: string) => queue.push(path);

export async function drained() {
  const texts: string[] = [];
  // review: Nothing changes `queue` while it is walked: all turns begin with what is in it at first
  for (const path of queue) texts.push(await readFile(path, 'utf8'));
  queue.length = 0;
  return texts;
}

export async function untilStopped(paths: string[], signal: AbortSignal) {
  const texts: string[] = [];
  // review: `signal.aborted` says the same for all elements before the first call as it would betwee
  for (const path of paths) {
    if (signal.aborted) continue;
    texts.push(await readFile(path, 'utf8'));
  }
  return texts;
}

export async function remembers(paths: string[]) {
  const found: boolean[] = [];
  // review: Nobody minds that no turn changes the property `lastIndex` when a later one fails, by `G
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    found.push(GLOBAL.test(text));
  }
  return found;
}

export async function forgets(paths: string[]) {
  const found: boolean[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    found.push(PLAIN.test(text));
  }
  return found;
}

export async function narrowed(users: ({ file: string } | null)[]) {
  const texts: string[] = [];
  // review: The types fit without what `!user` tells of an element: a `filter` need not tell it
  for (const user of users) {
    if (!user) continue;
    texts.push(await readFile(user.file, 'utf8'));
  }
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
  const texts: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    console.log('begins', path);
    const text = await readFile(path, 'utf8');
    texts.push(text);
  }
  return texts;
}

export async function timed(paths: string[]) {
  let total = 0;
  // review: Nobody minds that `Date.now` reads the clock when all calls are done, and not after each
  for (const path of paths) {
    const began = Date.now();
    await readFile(path, 'utf8');
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
    const texts: string[] = [];
    // review: Nothing changes `this.items` while it is walked: all turns begin with what is in it at f
    for (const path of this.items) texts.push(await readFile(path, 'utf8'));
    return texts;
  }

  async some(paths: string[]) {
    const texts: string[] = [];
    // review: `this.isStopped` says the same for all elements before the first call as it would betwee
    for (const path of paths) {
      if (this.isStopped) continue;
      texts.push(await readFile(path, 'utf8'));
    }
    return texts;
  }
}
