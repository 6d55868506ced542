import { readFileSync, statSync } from 'node:fs';

const readFile = (name: string): string => name.toUpperCase();

export async function textOf(name: string): Promise<string> {
  const stat = readFile(name);
  // safe: fs.statSync → await
  const { size } = statSync(name);
  // safe: fs.readFileSync → await
  return stat + size + readFileSync(name, 'utf8');
}
