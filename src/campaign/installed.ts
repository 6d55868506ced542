import { constants, existsSync, lstatSync, readdirSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeldError } from '../errors.ts';
import { locked } from '../run/journal/lock.ts';
import { inTurn } from './place.ts';

/** What is kept of one installation. */
interface Kept {
  /** The folders of packages, as seen from the top of the repository. */
  readonly folders: readonly string[];
  /** What they take on the disk. */
  readonly bytes: number;
}

const KEPT = 'packages';
/** What stands in its folder while it is copied or removed; a process that is killed leaves it. */
const LEFT_OVER = ['packages.unfinished', 'packages.removed'];
/** A file that is written anew with each use. */
const USED = 'used';
const ABOUT = 'installed.json';

/** Copies folders of packages, links in them as they are. */
async function copyFolders(from: string, to: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(dirname(join(to, folder)), { recursive: true });
    const how = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true } as const;
    await cp(join(from, folder), join(to, folder), { ...how, mode: constants.COPYFILE_FICLONE });
  }
}

/** The bytes that a folder takes on the disk. */
function bytesOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { size, blocks } = lstatSync(path);
    bytes += Math.max(size, blocks * 512) + (entry.isDirectory() ? bytesOf(path) : 0);
  }
  return bytes;
}

/** What is kept in the folder of one installation; undefined where that is nothing, or cannot be read. */
async function keptIn(folder: string): Promise<Kept | undefined> {
  try {
    // Only this module writes it.
    return JSON.parse(await readFile(join(folder, KEPT, ABOUT), 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Puts what is kept in `folder` into a work tree. Whoever calls holds the lock there. @returns whether there is something. */
export async function takeInstalled(folder: string, tree: string): Promise<boolean> {
  const kept = await keptIn(folder);
  if (kept === undefined) return false;
  await copyFolders(join(folder, KEPT), tree, kept.folders);
  await writeFile(join(folder, USED), '');
  return true;
}

/**
 * Keeps what was installed into a work tree, whole or not at all. Whoever calls holds the lock in `folder`.
 * @param most bytes that all installations may take together.
 * @returns whether it is kept: not where it is larger than that by itself.
 */
export async function keepInstalled(
  folder: string,
  tree: string,
  folders: readonly string[],
  most: number,
): Promise<boolean> {
  const bytes = folders.reduce((sum, one) => sum + bytesOf(join(tree, one)), 0);
  if (bytes > most) return false;
  const unfinished = join(folder, 'packages.unfinished');
  for (const name of [KEPT, ...LEFT_OVER]) await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await copyFolders(tree, unfinished, folders);
  const kept: Kept = { folders, bytes };
  await writeFile(join(unfinished, ABOUT), JSON.stringify(kept));
  await writeFile(join(folder, USED), '');
  await rename(unfinished, join(folder, KEPT));
  return true;
}

/** Runs `act` unless somebody is at work in `folder`. */
async function unlessHeld(folder: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await locked(folder, act);
    return true;
  } catch (error) {
    if (error instanceof HeldError) return false;
    throw error;
  }
}

/** Removes what is kept in `folder`, so that nobody ever sees a part of it. */
async function remove(folder: string): Promise<void> {
  await rename(join(folder, KEPT), join(folder, 'packages.removed'));
  await rm(join(folder, 'packages.removed'), { recursive: true, force: true });
}

/**
 * Removes installations, the one that was not used for the longest time first, until all together take at most `most` bytes, and what processes left
 * that were killed. One that somebody is at work with stays.
 * @param all absolute path of the folder that has a folder for each.
 */
export async function evictInstalled(all: string, most: number, signal: AbortSignal): Promise<void> {
  await inTurn(all, signal, async () => {
    const found: { readonly folder: string; readonly bytes: number; readonly used: number }[] = [];
    for (const name of await readdir(all)) {
      const folder = join(all, name);
      const left = LEFT_OVER.map((one) => join(folder, one)).filter((path) => existsSync(path));
      if (left.length > 0)
        await unlessHeld(folder, async () => {
          for (const path of left) await rm(path, { recursive: true, force: true });
        });
      const kept = await keptIn(folder);
      if (kept === undefined) continue;
      const used = await stat(join(folder, USED)).catch(() => undefined);
      found.push({ folder, bytes: kept.bytes, used: used?.mtimeMs ?? 0 });
    }
    let sum = found.reduce((before, { bytes }) => before + bytes, 0);
    for (const { folder, bytes } of found.toSorted((a, b) => a.used - b.used)) {
      if (sum <= most) return;
      if (await unlessHeld(folder, () => remove(folder))) sum -= bytes;
    }
  });
}
