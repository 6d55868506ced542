import axios from 'axios';
import _ from 'lodash';
import { readFile, stat } from 'node:fs/promises';

export async function links(paths: string[]) {
  const found: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    const link = /href="(.*?)"/g;
    let match: RegExpExecArray | null;
    while ((match = link.exec(text)) !== null) found.push(match[1]);
  }
  return found;
}

export async function numbered(paths: string[]) {
  const rows: { path: string; number: number }[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
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
  for (const path of paths) {
    let text = await readFile(path, 'utf8');
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
  for (let path of paths) {
    const { size } = await stat(path);
    sum += size;
    path = `${path}!`;
    sum += path.length;
  }
  return sum;
}

export async function normalized(paths: string[]) {
  const rows: unknown[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const { data } = await axios.get(`https://one.example/${path}`);
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
  const texts: string[] = [];
  // safe: await in a loop → p-map
  for (let i = 0; i < paths.length; i++) texts.push(_.trim(await readFile(paths[i], 'utf8')));
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
  for (const path of paths) all.push(await readFile(path, 'utf8'));
  all.push({ isEnd: true });
  return all;
}
