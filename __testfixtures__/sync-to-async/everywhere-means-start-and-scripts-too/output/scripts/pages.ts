import { readFile, readdir } from 'node:fs/promises';

async function pagesOf(folder: string): Promise<string[]> {
  // safe: fs.readdirSync → await readdir
  return (await readdir(folder)).filter((name) => name.endsWith('.html'));
}

async function main(): Promise<void> {
  const found: string[] = [];
  // safe: fs.readFileSync → await readFile
  for (const name of await pagesOf('pages')) found.push(await readFile(`pages/${name}`, 'utf8'));
  console.log(found.length);
}

await main();
