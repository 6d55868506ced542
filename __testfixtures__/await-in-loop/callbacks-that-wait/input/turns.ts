import { readFile, stat } from 'node:fs/promises';

export async function leakedVar(paths: string[]) {
  // report: `last` is a `var` of a turn that is used outside of the loop
  for (const path of paths) {
    var last = await readFile(path, 'utf8');
  }
  return last;
}

export async function inIf(paths: string[], ok: boolean) {
  let n = 0;
  // safe: await in a loop → p-map
  if (ok) for (const path of paths) n += (await stat(path)).size;
  return n;
}

export async function eachSet(paths: Set<string>) {
  // report: `paths` is a map or a set, which has no `map`; by hand: `await
  paths.forEach(async (path) => {
    await stat(path);
  });
}

export async function eachPush(paths: string[]) {
  const out: string[] = [];
  // report: Nobody waits for the turns, and they change `out` in the order in which they end; by
  paths.forEach(async (path) => {
    out.push(await readFile(path, 'utf8'));
  });
  return out;
}

export async function caught(paths: string[]) {
  const out: string[] = [];
  // report: The turns cannot be split: what a turn changes outside of the loop depends on an await
  for (const path of paths) {
    try {
      out.push(await readFile(path, 'utf8'));
    } catch {
      out.push('');
    }
  }
  return out;
}

export async function narrowed(user: { team?: { paths: string[]; name: string } }) {
  if (!user.team) return [];
  const out: string[] = [];
  // review: The type of `user.team` needs no check before the loop: what a check tells does not
  for (const path of user.team.paths) {
    out.push(await readFile(user.team.name + path, 'utf8'));
  }
  return out;
}

export async function tried(paths: string[]) {
  // safe: await in a loop → p-map
  for (const path of paths) {
    try {
      await stat(path);
    } catch {
      console.error('gone');
    }
  }
}
