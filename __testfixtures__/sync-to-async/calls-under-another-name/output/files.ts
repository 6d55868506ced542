import { access, readFile } from 'node:fs/promises';

export async function textOf(path: string): Promise<string> {
  // safe: fs.existsSync → await
  if (!(await access(path).then(() => true, () => false))) return '';
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
}
