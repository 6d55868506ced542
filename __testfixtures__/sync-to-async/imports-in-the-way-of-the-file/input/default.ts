import fs from 'fs';

export async function textOf(name: string): Promise<string> {
  // safe: fs.readFileSync → fs.promises.readFile
  return fs.readFileSync(name, 'utf8');
}
