import { readFile, stat } from 'node:fs/promises';

export async function textOf(name: string): Promise<string> {
  const other = await readFile('other.txt', 'utf8');
  // safe: fs.statSync → await stat
  const { size } = await stat(name);
  // safe: fs.readFileSync → await readFile
  return `${size}${other}${await readFile(name, 'utf8')}`;
}
