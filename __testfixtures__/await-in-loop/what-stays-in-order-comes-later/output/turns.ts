import { track } from './missing.js';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import pMap from 'p-map';

export async function afterWrites(paths: string[]) {
  let n = 0;
  // report: A turn writes the file `state.json` by `writeFileSync`, which a later one reads
  for (const path of paths) {
    const text = await readFile('state.json', 'utf8');
    n += text.length;
    writeFileSync('state.json', text + path);
  }
  return n;
}

export async function afterUnknown(paths: string[]) {
  let n = 0;
  // review: The calls of later turns do not need what `track` does: nothing is known of `track` of
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    n += text.length;
    track(text);
  }
  return n;
}

export async function param(paths: string[], log: { add(text: string): void }) {
  // review: The calls of later turns do not need what `log.add` does: no function with a body was
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    log.add(text);
  }
}
