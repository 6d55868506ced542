import type { Metadata } from 'next';
import { readFile } from 'node:fs/promises';

export async function generateMetadata(): Promise<Metadata> {
  // safe: fs.readFileSync → await readFile
  return { title: await readFile('title.txt', 'utf8') };
}
