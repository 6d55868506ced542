import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export const banner = (): string =>
  // report: Nobody in the project calls `banner`
  readFileSync('banner.txt', 'utf8');

export async function textOf(name: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return (readFile(name, 'utf8'));
}
