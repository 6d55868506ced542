import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendFile, copyFile, mkdir, readFile, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';

async function folderOf(root: string, name: string): Promise<string> {
  const path = join(root, name);
  // safe: fs.mkdirSync → await mkdir
  await mkdir(path, { recursive: true });
  return path;
}

export async function made(root: string): Promise<unknown> {
  const path = await folderOf(root, 'made/below');
  // review: No other turn
  await writeFile(join(path, 'text.txt'), 'text');
  // review: No other turn
  await appendFile(join(path, 'text.txt'), ', and more');
  // review: No other turn uses
  return (await stat(join(path, 'text.txt'))).size;
}

export async function moved(root: string): Promise<unknown> {
  // review: No other turn
  await rename(join(root, 'old/a.txt'), join(root, 'old/c.txt'));
  // review: No other turn
  await copyFile(join(root, 'old/b.txt'), join(root, 'd.txt'));
  // safe: fs.readdirSync → await readdir
  return (await readdir(root)).toSorted();
}

export async function removed(root: string): Promise<unknown> {
  // review: No other turn
  await unlink(join(root, 'log.txt'));
  // review: No other turn
  await rm(join(root, 'old'), { recursive: true });
  // safe: fs.readdirSync → readdir
  return readdir(root);
}

// It stays as it is: what it looks at is changed by what follows.
export async function counted(root: string): Promise<unknown> {
  // report: is looked at
  const count = readFileSync(join(root, 'log.txt'), 'utf8').length;
  // report: is looked at
  writeFileSync(join(root, 'log.txt'), `${count}`);
  return count;
}

export async function each(root: string): Promise<unknown> {
  const names = ['x', 'y', 'z'];
  for (const name of names) {
    // review: No other turn
    await appendFile(join(root, 'each.txt'), name);
  }
  // review: No other turn uses
  return readFile(join(root, 'each.txt'), 'utf8');
}
