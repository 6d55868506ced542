import * as promises from 'node:fs/promises';

export async function textOf(name: string): Promise<string> {
  const names = await promises.readdir('texts');
  // safe: fs.readFileSync → await promises.readFile
  return names.length + (await promises.readFile(name, 'utf8'));
}
