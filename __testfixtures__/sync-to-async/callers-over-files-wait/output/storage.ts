import fs from 'node:fs';
import path from 'node:path';

const root = process.env.DATA_FOLDER ?? 'data';

async function readText(name: string): Promise<string> {
  // safe: (12 functions become async, in 5 files)
  return fs.promises.readFile(path.join(root, name), 'utf8');
}

export async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await readText(name)) as T;
}

export const readLines = async (name: string): Promise<string[]> => (await readText(name)).trimEnd().split('\n');
