import path from 'node:path';
import { access, readFile } from 'node:fs/promises';

export async function textOf(name: string): Promise<string> {
  // safe: fs.existsSync → await
  if (!(await access(name).then(() => true, () => false))) return '';
  // safe: fs.readFileSync → readFile
  return readFile(path.join('texts', name), 'utf8');
}
