import { readFile, stat, readdir } from 'node:fs/promises';

export async function nothingHanded(paths: string[]) {
  let n = 0;
  // safe: await in a loop → p-map
  for (const path of paths) {
    await stat(path);
    n++;
  }
  return n;
}

export async function last(paths: string[]) {
  let text = '';
  // safe: await in a loop → p-map
  for (const path of paths) {
    text = await readFile(path, 'utf8');
  }
  return text;
}

export async function evaluatedBefore(paths: string[]) {
  const out: [number, string][] = [];
  let at = 0;
  // safe: await in a loop → p-map
  for (const path of paths) {
    out.push([at++, await readFile(path, 'utf8')]);
  }
  return out;
}

export async function functionsOfATurn(paths: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    function tidy(text: string) {
      return text.trim();
    }
    const text = await readFile(path, 'utf8');
    out.push(tidy(text));
  }
  return out;
}

export async function shadowed(paths: string[]) {
  const results: string[] = [];
  let n = 0;
  // safe: await in a loop → p-map
  for (const path of paths) {
    const { size } = await stat(path);
    results.push(path);
    n += size;
  }
  return { results, n };
}

export async function entries(paths: string[]) {
  const out: string[] = [];
  // review: `paths.entries()` is whole before the loop begins, as an array is
  for (const [at, path] of paths.entries()) {
    out.push(`${at} ${await readFile(path, 'utf8')}`);
  }
  return out;
}

export async function ofMap(files: Map<string, string>) {
  const out: Record<string, string> = {};
  // safe: await in a loop → p-map
  for (const [name, path] of files) {
    out[name] = await readFile(path, 'utf8');
  }
  return out;
}

export async function destructured(files: { name: string; path: string }[]) {
  const out: Record<string, string> = {};
  // safe: await in a loop → p-map
  for (const { name, path } of files) {
    // The text as it is.
    const text = await readFile(path, 'utf8');
    out[name] = text; // by name
  }
  return out;
}

export async function leftOut(paths: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    if (text === '') continue;
    out.push(text);
  }
  return out;
}

export async function countedAndKept(paths: string[]) {
  const out: string[] = [];
  let empty = 0;
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    if (text) out.push(text);
    else empty++;
  }
  return { out, empty };
}

export async function listed(folders: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  for (const folder of folders) out.push(...(await readdir(folder)));
  return out;
}

export async function prior(paths: string[]) {
  let before = '';
  const out = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    out.push(before + text);
    before = text;
  }
  return out;
}

export async function optional(paths?: string[]) {
  const out = [];
  // safe: await in a loop → p-map
  for (const path of paths ?? []) out.push(await readFile(path, 'utf8'));
  return out;
}

export async function commented(paths: string[]) {
  // All of them, in order.
  const out: string[] = []; // filled below
  // One after the other.
  // safe: await in a loop → p-map
  for (const path of paths) {
    // Its text.
    out.push(await readFile(path, 'utf8')); // utf8
  }
  return out;
}

export async function annotated(paths: string[]) {
  let out: Buffer[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) out.push(await readFile(path));
  return out;
}

export async function both(paths: string[]) {
  const out: string[] = [];
  const names: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    out.push(text);
    names.push(path);
  }
  return { out, names };
}

export async function found(paths: string[]) {
  const out: string[] = [];
  // safe: await in a loop → p-map
  for (const path of paths) {
    if (await stat(path).then((one) => one.isFile())) out.push(path);
  }
  return out;
}
