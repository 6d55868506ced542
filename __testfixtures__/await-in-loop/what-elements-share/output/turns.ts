import { readFile } from 'node:fs/promises';
import { current } from './store';
import pMap from 'p-map';

interface File {
  path: string;
  size: number;
  tags: string[];
}

export async function anotherNameForTheList(paths: string[]) {
  const texts: string[] = [];
  const same = { texts };
  // review: `texts.push(text)` changes the elements of a list or map of its own
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path + same.texts.length, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    texts.push(text);
  }
  return texts;
}

export async function theSameObjectInEachElement(names: string[]) {
  const file: File = { path: 'a', size: 0, tags: [] };
  const files = names.map(() => file);
  // review: `one.size` changes the property `size` of its own in each turn
  await pMap(
    files,
    async (one) => {
      const text = await readFile(one.path + one.size, 'utf8');
      one.size += text.length;
    },
    { concurrency: 10 },
  );
  return file;
}

export async function whatElementsShare(files: { path: string; parent: { size: number } }[]) {
  // review: `file.parent.size` changes the property `size` of its own
  await pMap(
    files,
    async (file) => {
      const text = await readFile(file.path + file.parent.size, 'utf8');
      file.parent.size += text.length;
    },
    { concurrency: 10 },
  );
}

function make() {
  return current;
}

export async function whatAFunctionGivesBack(paths: string[]) {
  // report: One turn needs another: it looks at `state`
  for (const path of paths) {
    const state = make();
    const text = await readFile(path + state.size, 'utf8');
    state.size += text.length;
  }
}

export async function filledBefore(paths: string[], extra: File) {
  const files: File[] = [];
  for (const path of paths) files.push({ path, size: 0, tags: [] });
  files.push(extra);
  // review: `file.size` changes the property `size` of its own
  await pMap(
    files,
    async (file) => {
      const text = await readFile(file.path + extra.size, 'utf8');
      file.size = text.length;
    },
    { concurrency: 10 },
  );
  return files;
}

export async function ownObjects(paths: string[]) {
  // safe: await in a loop
  const files: File[] = await pMap(
    paths,
    async (path) => {
      const file: File = { path, size: 0, tags: [] };
      const text = await readFile(file.path, 'utf8');
      file.size = text.length;
      return file;
    },
    { concurrency: 10 },
  );
  return files;
}

export async function collected(paths: string[]) {
  const found = { texts: [] as string[], size: 0 };
  // safe: await in a loop
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    found.texts.push(text);
    found.size += text.length;
  }
  return found;
}
