import type { MetadataRoute } from 'next';
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  // safe: fs.readdirSync → await readdir
  return (await readdir('pages')).map((name) => ({ url: `https://example.com/${name}` }));
}

// Next knows no export of that name.
export function other(): number {
  // report: Nobody in the project calls `other`
  return readdirSync('pages').length;
}
