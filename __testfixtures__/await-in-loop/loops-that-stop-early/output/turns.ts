import { readFile, stat } from 'node:fs/promises';
import pMap from 'p-map';

export async function labelled(paths: string[]) {
  const out: string[] = [];
  // report: It stops early: `continue each;`
  each: for (const path of paths) {
    if (path === '') continue each;
    out.push(await readFile(path, 'utf8'));
  }
  return out;
}

export async function first(paths: string[]) {
  // report: It stops early: `return text;`
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    if (text !== '') return text;
  }
  return '';
}

export async function until(paths: string[]) {
  let found = '';
  // report: It stops early: `break;`
  for (const path of paths) {
    found = await readFile(path, 'utf8');
    if (found !== '') break;
  }
  return found;
}

export async function strict(paths: string[]) {
  // review: Nobody minds that later turns have begun when one throws
  await pMap(
    paths,
    async (path) => {
      const { size } = await stat(path);
      if (size === 0) throw new Error(`${path} is empty`);
    },
    { concurrency: 10 },
  );
}

export async function* each(paths: string[]) {
  // report: It hands over its results one by one: it yields inside of the loop
  for (const path of paths) yield await readFile(path, 'utf8');
}
