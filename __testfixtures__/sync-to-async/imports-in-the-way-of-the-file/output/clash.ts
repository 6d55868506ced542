import { readFile as readFile2, stat as stat2 } from 'node:fs/promises';

const readFile = (name: string): string => name.toUpperCase();

export async function textOf(name: string): Promise<string> {
  const stat = readFile(name);
  // safe: fs.statSync → await
  const { size } = await stat2(name);
  // safe: fs.readFileSync → await
  return stat + size + (await readFile2(name, 'utf8'));
}
