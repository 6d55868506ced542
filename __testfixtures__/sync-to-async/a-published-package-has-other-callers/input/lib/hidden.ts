import { readFileSync } from 'node:fs';

export function hidden(path: string): string {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
}

// It is exported by its file, and not by the package.
export function inside(path: string): string {
  // safe: in 2 files)
  return readFileSync(path, 'utf8');
}
