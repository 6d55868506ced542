import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync, appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';

function folderOf(root: string, name: string): string {
  const path = join(root, name);
  // safe: fs.mkdirSync → await mkdir
  mkdirSync(path, { recursive: true });
  return path;
}

export async function made(root: string): Promise<unknown> {
  const path = folderOf(root, 'made/below');
  // review: No other turn
  writeFileSync(join(path, 'text.txt'), 'text');
  // review: No other turn
  appendFileSync(join(path, 'text.txt'), ', and more');
  // review: No other turn uses
  return statSync(join(path, 'text.txt')).size;
}

export async function moved(root: string): Promise<unknown> {
  // review: No other turn
  renameSync(join(root, 'old/a.txt'), join(root, 'old/c.txt'));
  // review: No other turn
  copyFileSync(join(root, 'old/b.txt'), join(root, 'd.txt'));
  // safe: fs.readdirSync → await readdir
  return readdirSync(root).toSorted();
}

export async function removed(root: string): Promise<unknown> {
  // review: No other turn
  unlinkSync(join(root, 'log.txt'));
  // review: No other turn
  rmSync(join(root, 'old'), { recursive: true });
  // safe: fs.readdirSync → readdir
  return readdirSync(root);
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
  names.forEach((name) => {
    // review: No other turn
    appendFileSync(join(root, 'each.txt'), name);
  });
  // review: No other turn uses
  return readFileSync(join(root, 'each.txt'), 'utf8');
}
