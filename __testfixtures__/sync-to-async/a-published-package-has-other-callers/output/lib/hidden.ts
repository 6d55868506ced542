import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export function hidden(path: string): string {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
}

// It is exported by its file, and not by the package.
export async function inside(path: string): Promise<string> {
  // safe: in 2 files)
  return readFile(path, 'utf8');
}
