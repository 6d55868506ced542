import { readFile } from 'node:fs/promises';

export async function texts(paths: string[]) {
  const out: string[] = [];
  // report: Its turns are meant one after the other: it is a test file
  for (const path of paths) {
    out.push(await readFile(path, 'utf8'));
  }
  return out;
}
