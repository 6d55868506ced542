import fs from 'node:fs';
import path from 'node:path';

const root = process.env.DATA_FOLDER ?? 'data';

function readText(name: string): string {
  // safe: (12 functions become async, in 5 files)
  return fs.readFileSync(path.join(root, name), 'utf8');
}

export function readJson<T>(name: string): T {
  return JSON.parse(readText(name)) as T;
}

export const readLines = (name: string): string[] => readText(name).trimEnd().split('\n');
