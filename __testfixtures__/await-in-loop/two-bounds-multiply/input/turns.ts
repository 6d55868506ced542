import { readFile, stat } from 'node:fs/promises';

export async function nested(groups: string[][]) {
  const out: string[] = [];
  for (const group of groups) {
    // safe: await in a loop → p-map
    for (const path of group) {
      out.push(await readFile(path, 'utf8'));
    }
  }
  return out;
}

export async function nestedDrop(groups: string[][]) {
  for (const group of groups) {
    // safe: await in a loop → p-map
    for (const path of group) {
      await stat(path);
    }
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
