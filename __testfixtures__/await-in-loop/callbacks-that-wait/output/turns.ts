import { readFile, stat } from 'node:fs/promises';
import pMap from 'p-map';

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
  if (ok) {
    const results = await pMap(
      paths,
      async (path) => stat(path),
      { concurrency: 10 },
    );
    for (const statResult of results) {
      n += statResult.size;
    }
  }
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
  // review: The type of `user.team` needs no check before the loop: what a check tells does not
  const out: string[] = await pMap(
    user.team.paths,
    async (path) => readFile(user.team.name + path, 'utf8'),
    { concurrency: 10 },
  );
  return out;
}

export async function tried(paths: string[]) {
  // safe: await in a loop → p-map
  await pMap(
    paths,
    async (path) => {
      try {
        await stat(path);
      } catch {
        console.error('gone');
      }
    },
    { concurrency: 10 },
  );
}
