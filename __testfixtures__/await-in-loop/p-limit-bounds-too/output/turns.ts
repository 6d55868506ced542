import { readFile, stat } from 'node:fs/promises';
import pLimit from 'p-limit';

export const limit = pLimit(5);

export async function letters(word: string) {
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const out = await Promise.all([...word.slice(1)].map((letter) => limitCalls(async () => readFile(letter, 'utf8'))));
  return out;
}

export async function set(paths: Set<string>) {
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const out = await Promise.all([...paths].map((path) => limitCalls(async () => readFile(path, 'utf8'))));
  return out;
}

export async function skipped(paths: string[]) {
  // review: `paths.entries()` is whole before the loop begins, as an array is
  const limitCalls = pLimit(10);
  await Promise.all([...paths.entries()].filter(([i, path]) => path).map(([i, path]) => limitCalls(async () => stat(path + i))));
}

export async function indexed(word: string) {
  // review: `word` is whole before the loop begins, as an array is
  const limitCalls = pLimit(10);
  const out = await Promise.all([...word].map((_, i) => limitCalls(async () => readFile(word[i], 'utf8'))));
  return out;
}

export async function shadow(paths: string[]) {
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const out = await Promise.all(paths.map((limit) => limitCalls(async () => readFile(limit, 'utf8'))));
  return out;
}

export async function closures(paths: string[]) {
  const out: string[] = [];
  const report = () => out.length;
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  const limitCalls = pLimit(10);
  const results = await Promise.all(paths.map((path) => limitCalls(async () => {
    const text = await readFile(path, 'utf8');
    return text;
  })));
  for (const text of results) {
    if (report() > 2) out.push(text);
    else out.push('');
  }
  return out;
}

export async function closureInBeside(paths: string[]) {
  const out: string[] = [];
  const count = () => out.length;
  // report: A turn changes the elements of a list or map, which the next one finds changed:
  for (const path of paths) {
    const text = await readFile(path + count(), 'utf8');
    out.push(text);
  }
  return out;
}

export async function objectState(paths: string[]) {
  const state = { n: 0 };
  // report: A turn changes the property `n`, which the next one finds changed: `state.n`
  for (const path of paths) {
    const text = await readFile(path + state.n, 'utf8');
    state.n += text.length;
  }
  return state;
}

export async function nestedFn(paths: string[]) {
  const state: string[] = [];
  const add = async (path: string) => {
    state.push(await readFile(path, 'utf8'));
  };
  // report: A turn changes the elements of a list or map, which the next one finds changed:
  for (const path of paths) await add(path);
  return state;
}

export async function innerEach(groups: string[][]) {
  const all: string[] = [];
  // report: A turn changes the elements of a list or map, which the next one finds changed:
  for (const group of groups) {
    const text = await readFile(group[0], 'utf8');
    group.forEach((one) => all.push(one + text));
  }
  return all;
}

export async function destructAssign(paths: string[]) {
  let a = 0;
  let b = 0;
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const results = await Promise.all(paths.map((path) => limitCalls(async () => stat(path))));
  for (const statResult of results) {
    ({ size: a, nlink: b } = statResult);
  }
  return a + b;
}

export async function reassigned(paths: string[]) {
  let list = paths;
  // report: The list `list` is changed while it is walked
  for (const path of list) {
    const text = await readFile(path, 'utf8');
    list = [...list, text];
  }
  return list;
}

export async function breakInSwitch(paths: string[]) {
  let n = 0;
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const results = await Promise.all(paths.map((path) => limitCalls(async () => {
    const { size } = await stat(path);
    return size;
  })));
  for (const size of results) {
    switch (size) {
      case 0:
        break;
      default:
        n += size;
    }
  }
  return n;
}

export async function awaitTwo(paths: string[]) {
  // safe: await in a loop → p-limit
  const limitCalls = pLimit(10);
  const out = await Promise.all(paths.map((path) => limitCalls(async () => [await readFile(path), await stat(path)])));
  return out;
}

export async function finallyRuns(paths: string[]) {
  const open = new Set<string>();
  // report: The turns cannot be split: a turn awaits again after it has changed `open`
  for (const path of paths) {
    open.add(path);
    try {
      await stat(path);
    } finally {
      open.delete(path);
    }
  }
}

export class Loader {
  private cache: Record<string, string> = {};
  private async load(path: string) {
    if (this.cache[path]) return this.cache[path];
    return (this.cache[path] = await readFile(path, 'utf8'));
  }
  async all(paths: string[]) {
    // review: `this.cache[path]` changes a property whose name is not known of its own in each turn
    const limitCalls = pLimit(10);
    const out = await Promise.all(paths.map((path) => limitCalls(async () => this.load(path))));
    return out;
  }
  async self(paths: string[]) {
    // report: One turn needs another: it looks at `this.cache`, which each turn changes
    for (const path of paths) this.cache[path] = await readFile(path + Object.keys(this.cache).length, 'utf8');
  }
}
