import { readFile, stat } from 'node:fs/promises';
import pMap from 'p-map';

export async function nested(groups: string[][]) {
  const out: string[] = [];
  for (const group of groups) {
    // safe: await in a loop → p-map
    const results = await pMap(
      group,
      async (path) => readFile(path, 'utf8'),
      { concurrency: 10 },
    );
    for (const file of results) {
      out.push(file);
    }
  }
  return out;
}

export async function nestedDrop(groups: string[][]) {
  for (const group of groups) {
    // safe: await in a loop → p-map
    await pMap(
      group,
      async (path) => stat(path),
      { concurrency: 10 },
    );
  }
}

export async function chunks(groups: string[][]) {
  // report: `Promise.all` begins several calls in each turn, and two bounds would multiply; by
  for (const group of groups) {
    await Promise.all(group.map((one) => stat(one)));
  }
}

export async function slices(paths: string[]) {
  for (let i = 0; i < paths.length; i += 10) {
    await Promise.all(paths.slice(i, i + 10).map((one) => stat(one)));
  }
}
