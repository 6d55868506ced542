import { readFile, stat, readdir } from 'node:fs/promises';
import pMap from 'p-map';

export async function nothingHanded(paths: string[]) {
  let n = 0;
  // safe: await in a loop → p-map
  await pMap(
    paths,
    async (path) => stat(path),
    { concurrency: 10 },
  );
  for (const path of paths) {
    n++;
  }
  return n;
}

export async function last(paths: string[]) {
  let text = '';
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  for (const file of results) {
    text = file;
  }
  return text;
}

export async function evaluatedBefore(paths: string[]) {
  const out: [number, string][] = [];
  let at = 0;
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  for (const file of results) {
    out.push([at++, file]);
  }
  return out;
}

export async function functionsOfATurn(paths: string[]) {
  // safe: await in a loop → p-map
  const out: string[] = await pMap(
    paths,
    async (path) => {
      function tidy(text: string) {
        return text.trim();
      }
      const text = await readFile(path, 'utf8');
      return tidy(text);
    },
    { concurrency: 10 },
  );
  return out;
}

export async function shadowed(paths: string[]) {
  const results: string[] = [];
  let n = 0;
  // safe: await in a loop → p-map
  const results2 = await pMap(
    paths,
    async (path) => {
      const { size } = await stat(path);
      return { path, size };
    },
    { concurrency: 10 },
  );
  for (const { path, size } of results2) {
    results.push(path);
    n += size;
  }
  return { results, n };
}

export async function entries(paths: string[]) {
  // review: `paths.entries()` is whole before the loop begins, as an array is
  const out: string[] = await pMap(
    paths.entries(),
    async ([at, path]) => `${at} ${await readFile(path, 'utf8')}`,
    { concurrency: 10 },
  );
  return out;
}

export async function ofMap(files: Map<string, string>) {
  const out: Record<string, string> = {};
  // safe: await in a loop → p-map
  const results = await pMap(
    files,
    async ([name, path]) => ({ name, file: await readFile(path, 'utf8') }),
    { concurrency: 10 },
  );
  for (const { name, file } of results) {
    out[name] = file;
  }
  return out;
}

export async function destructured(files: { name: string; path: string }[]) {
  const out: Record<string, string> = {};
  // safe: await in a loop → p-map
  const results = await pMap(
    files,
    async ({ name, path }) => {
      // The text as it is.
      const text = await readFile(path, 'utf8');
      return { name, text };
    },
    { concurrency: 10 },
  );
  for (const { name, text } of results) {
    out[name] = text; // by name
  }
  return out;
}

export async function leftOut(paths: string[]) {
  // safe: await in a loop → p-map
  const out: string[] = (await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      if (text === '') return [];
      return [text];
    },
    { concurrency: 10 },
  )).flat();
  return out;
}

export async function countedAndKept(paths: string[]) {
  const out: string[] = [];
  let empty = 0;
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    if (text) out.push(text);
    else empty++;
  }
  return { out, empty };
}

export async function listed(folders: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    folders,
    async (folder) => readdir(folder),
    { concurrency: 10 },
  );
  for (const readdirResult of results) {
    out.push(...readdirResult);
  }
  return out;
}

export async function prior(paths: string[]) {
  let before = '';
  const out = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => {
      const text = await readFile(path, 'utf8');
      return text;
    },
    { concurrency: 10 },
  );
  for (const text of results) {
    out.push(before + text);
    before = text;
  }
  return out;
}

export async function optional(paths?: string[]) {
  // safe: await in a loop → p-map
  const out = await pMap(
    paths ?? [],
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  return out;
}

export async function commented(paths: string[]) {
  // One after the other.
  // safe: await in a loop → p-map
  // All of them, in order.
  // filled below
  const out: string[] = await pMap(
    paths,
    async (path) => {
      // Its text.
      // utf8
      return readFile(path, 'utf8');
    },
    { concurrency: 10 },
  );
  return out;
}

export async function annotated(paths: string[]) {
  // safe: await in a loop → p-map
  let out: Buffer[] = await pMap(
    paths,
    async (path) => readFile(path),
    { concurrency: 10 },
  );
  return out;
}

export async function both(paths: string[]) {
  const out: string[] = [];
  const names: string[] = [];
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
    out.push(text);
    names.push(path);
  }
  return { out, names };
}

export async function found(paths: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  const results = await pMap(
    paths,
    async (path) => ({ path, statResult: await stat(path).then((one) => one.isFile()) }),
    { concurrency: 10 },
  );
  for (const { path, statResult } of results) {
    if (statResult) out.push(path);
  }
  return out;
}
