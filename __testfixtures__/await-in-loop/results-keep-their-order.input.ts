import { readFile, stat } from 'node:fs/promises';
import { compare } from 'bcrypt';

export async function collected(paths: string[]) {
  const texts: string[] = [];
  // review: `p-map` is a dependency of
  for (const path of paths) {
    texts.push(await readFile(path, 'utf8'));
  }
  return texts;
}

export async function keyed(paths: string[]) {
  const sizes = new Map<string, number>();
  // review: `p-map` is a dependency of
  for (const path of paths) {
    const { size } = await stat(path);
    sizes.set(path, size);
  }
  return sizes;
}

export async function inAnObject(paths: string[]) {
  const sizes: Record<string, number> = {};
  // review: `p-map` is a dependency of
  for (const path of paths) sizes[path] = (await stat(path)).size;
  return sizes;
}

export async function summed(paths: string[]) {
  let total = 0;
  // review: `p-map` is a dependency of
  for (const path of paths) {
    total += (await stat(path)).size;
  }
  return total;
}

export async function small(password: string, hash: string) {
  const answers = [];
  // safe: await in a loop → Promise.all
  for (const one of [password, password.trim()]) {
    // Both forms are taken.
    answers.push(await compare(one, hash));
  }
  return answers;
}

export async function withAGap(paths: string[]) {
  const texts = [];
  // review: `p-map` is a dependency of
  for (const path of paths) {
    if (path.startsWith('.')) continue;
    texts.push(await readFile(path, 'utf8'));
  }
  return texts;
}

export async function counted(paths: string[]) {
  const lines = [];
  // review: `p-map` is a dependency of
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    const text = await readFile(path, 'utf8');
    lines.push(`${i}: ${text.split('\n').length}`);
  }
  return lines;
}

export async function declaredEarlier(paths: string[], texts: string[]) {
  texts.push('first');
  // review: `p-map` is a dependency of
  for (const path of paths) {
    texts.push(await readFile(path, 'utf8'));
  }
  return texts;
}
