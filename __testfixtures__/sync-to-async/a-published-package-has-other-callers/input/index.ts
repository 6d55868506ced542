import { readFileSync } from 'node:fs';

export { linesOf as lines } from './lib/lines.ts';

export function textOf(path: string): string {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
}

export class Texts {
  read(path: string): string {
    // report: is what a published package exports
    return readFileSync(path, 'utf8');
  }
}

// Who imports it waits for it already.
export async function later(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFileSync(path, 'utf8');
}
