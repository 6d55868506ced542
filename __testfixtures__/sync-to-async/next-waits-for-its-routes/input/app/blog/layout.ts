import type { Metadata } from 'next';
import { readFileSync } from 'node:fs';

export function generateMetadata(): Metadata {
  // safe: fs.readFileSync → await readFile
  return { title: readFileSync('title.txt', 'utf8') };
}
