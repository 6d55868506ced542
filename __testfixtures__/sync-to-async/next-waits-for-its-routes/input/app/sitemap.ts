import type { MetadataRoute } from 'next';
import { readdirSync } from 'node:fs';

export default function sitemap(): MetadataRoute.Sitemap {
  // safe: fs.readdirSync → await readdir
  return readdirSync('pages').map((name) => ({ url: `https://example.com/${name}` }));
}

// Next knows no export of that name.
export function other(): number {
  // report: Nobody in the project calls `other`
  return readdirSync('pages').length;
}
