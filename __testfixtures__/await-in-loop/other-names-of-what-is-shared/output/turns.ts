import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function alias(paths: string[]) {
  const out: string[] = [];
  // review: Nobody looks at what `list` stands for when a turn fails: it is changed only when all
  const results = await pMap(
    paths,
    async (path) => {
      const list = out;
      return { list, file: await readFile(path, 'utf8') };
    },
    { concurrency: 10 },
  );
  for (const { list, file } of results) {
    list.push(file);
  }
  return out;
}

export async function aliasGroup(paths: string[]) {
  const groups: Record<string, string[]> = { a: [], b: [] };
  // report: A turn changes the elements of a list or map, which the next one finds changed
  for (const path of paths) {
    const group = groups[path.startsWith('a') ? 'a' : 'b'];
    group.push(await readFile(path, 'utf8'));
  }
  return groups;
}

export async function aliasMap(paths: string[]) {
  const groups = new Map<string, string[]>();
  // review: `group.push(await readFile(path, 'utf8'))` changes the elements of a list or map of its
  const results = await pMap(
    paths,
    async (path) => {
      const group = groups.get('x') ?? [];
      return { group, file: await readFile(path, 'utf8') };
    },
    { concurrency: 10 },
  );
  for (const { group, file } of results) {
    group.push(file);
  }
  return groups;
}

export async function worklist(paths: string[]) {
  const queue = [...paths];
  // report: The list `queue` is changed while it is walked
  for (const path of queue) {
    const text = await readFile(path, 'utf8');
    queue.push(...text.split('\n'));
  }
}

export async function worklistAlias(paths: string[]) {
  const queue = [...paths];
  const more = queue;
  // report: The list `queue` is changed while it is walked: `more` is the same list
  for (const path of queue) {
    const text = await readFile(path, 'utf8');
    more.push(...text.split('\n'));
  }
}
