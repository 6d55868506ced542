import axios from 'axios';
import _ from 'lodash';
import { readFile, stat } from 'node:fs/promises';
import pMap from 'p-map';

export async function links(paths: string[]) {
  const found: string[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      const link = /href="(.*?)"/g;
      return { text, link };
    },
    { concurrency: 10 },
  );
  for (const { text, link } of results) {
    let match: RegExpExecArray | null;
    while ((match = link.exec(text)) !== null) found.push(match[1]);
  }
  return found;
}

export async function numbered(paths: string[]) {
  const rows: { path: string; number: number }[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return { path, text };
    },
    { concurrency: 10 },
  );
  for (const { path, text } of results) {
    let number = 0;
    for (const line of text.split('\n')) {
      number += 1;
      if (line !== '') rows.push({ path, number });
    }
  }
  return rows;
}

export async function shortened(paths: string[]) {
  const all: string[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      let text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (let text of results) {
    while (text.includes('  ')) {
      text = text.replace('  ', ' ');
      all.push(text);
    }
  }
  return all;
}

export async function setAgain(paths: string[]) {
  let sum = 0;
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const { size } = await stat(path);
      return { path, size };
    },
    { concurrency: 10 },
  );
  for (let { path, size } of results) {
    sum += size;
    path = `${path}!`;
    sum += path.length;
  }
  return sum;
}

export async function normalized(paths: string[]) {
  const rows: unknown[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const { data } = await axios.get(`https://one.example/${path}`);
      return { path, data };
    },
    { concurrency: 10 },
  );
  for (const { path, data } of results) {
    function norm(row: object) {
      return { ...row, path };
    }
    for (const row of data) rows.push(norm(row));
  }
  return rows;
}

export async function declaredBefore(paths: string[]) {
  const rows: unknown[] = [];
  // report: What is declared in a turn is used by both parts of it
  for (const path of paths) {
    function norm(row: object) {
      return { ...row, path };
    }
    const { data } = await axios.get(`https://one.example/${path}`);
    for (const row of data) rows.push(norm(row));
  }
  return rows;
}

export async function trimmed(paths: string[]) {
  // safe: await in a loop → p-map
  const texts: string[] = await pMap(
    paths,
    async (_element, i) => _.trim(await readFile(paths[i], 'utf8')),
    { concurrency: 10 },
  );
  return texts;
}

export async function lastLarge(paths: string[]) {
  const found: (string | undefined)[] = [];
  // report: `last` is a `var`: each turn finds what the one before has left in it
  for (const path of paths) {
    var last: string | undefined;
    const { size } = await stat(path);
    if (size > 9) last = path;
    found.push(last);
  }
  return found;
}

export async function disposed(paths: string[]) {
  const found: string[] = [];
  // report: What a turn is `using` is disposed of when the turn ends
  for (const path of paths) {
    using lock = { isHeld: true, [Symbol.dispose]() {} };
    const text = await readFile(path, 'utf8');
    found.push(text + lock.isHeld);
  }
  return found;
}

export async function filledLater(paths: string[]) {
  const all = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  for (const file of results) {
    all.push(file);
  }
  all.push({ isEnd: true });
  return all;
}
