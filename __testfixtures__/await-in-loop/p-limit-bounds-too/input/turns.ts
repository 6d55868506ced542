import { readFile, stat } from 'node:fs/promises';
import pLimit from 'p-limit';

export const limit = pLimit(5);

export async function letters(word: string) {
  const out = [];
  // safe: await in a loop → p-limit
  for (const letter of word.slice(1)) out.push(await readFile(letter, 'utf8'));
  return out;
}

export async function set(paths: Set<string>) {
  const out = [];
  // safe: await in a loop → p-limit
  for (const path of paths) out.push(await readFile(path, 'utf8'));
  return out;
}

export async function skipped(paths: string[]) {
  // review: `paths.entries()` is whole before the loop begins, as an array is
  for (const [i, path] of paths.entries()) {
    if (!path) continue;
    await stat(path + i);
  }
}

export async function indexed(word: string) {
  const out = [];
  // review: `word` is whole before the loop begins, as an array is
  for (let i = 0; i < word.length; i++) out.push(await readFile(word[i], 'utf8'));
  return out;
}

export async function shadow(paths: string[]) {
  const out = [];
  // safe: await in a loop → p-limit
  for (const limit of paths) out.push(await readFile(limit, 'utf8'));
  return out;
}

export async function closures(paths: string[]) {
  const out: string[] = [];
  const report = () => out.length;
  // review: Nobody minds that no turn changes the elements of a list or map when a later one fails,
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
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
  for (const path of paths) {
    ({ size: a, nlink: b } = await stat(path));
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
  for (const path of paths) {
    const { size } = await stat(path);
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
  const out = [];
  // safe: await in a loop → p-limit
  for (const path of paths) out.push([await readFile(path), await stat(path)]);
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
    const out = [];
    // review: `this.cache[path]` changes a property whose name is not known of its own in each turn
    for (const path of paths) out.push(await this.load(path));
    return out;
  }
  async self(paths: string[]) {
    // report: One turn needs another: it looks at `this.cache`, which each turn changes
    for (const path of paths) this.cache[path] = await readFile(path + Object.keys(this.cache).length, 'utf8');
  }
}
