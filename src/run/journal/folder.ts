import { lstatSync, realpathSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { workTreeOf } from '../git-list.ts';
import { isMissing, syncFolder } from '../whole-file.ts';

/** The folder in which a project's runs are recorded. */
export const journalFolder = (root: string): string => join(root, '.hasten', 'journal');

/** Whether `folder` has a `.hasten` of this user: that of somebody else may say that any file is to be written. */
function hasOwnFolder(folder: string): boolean {
  const about = lstatSync(join(folder, '.hasten'), { throwIfNoEntry: false });
  const user = process.getuid?.();
  return about !== undefined && about.isDirectory() && (user === undefined || about.uid === user);
}

/**
 * The folder whose `.hasten` keeps the journal for what is run in `cwd`: the top of the git work tree, so that a run is
 * found again from every folder of the project; without git the nearest folder upwards that has a `.hasten`, or else `cwd`.
 */
export function journalRoot(cwd: string): string {
  const real = realpathSync(cwd);
  const top = workTreeOf(real);
  if (top !== undefined) return top;
  for (let folder = real; ; folder = dirname(folder)) {
    if (hasOwnFolder(folder)) return folder;
    if (folder === dirname(folder)) return real;
  }
}

/** Makes the folder of the journal, which git ignores by itself. Texts are in it that need not be for everybody's eyes. */
export async function makeJournal(root: string): Promise<string> {
  const folder = journalFolder(root);
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, '.gitignore'), '*\n');
  for (const one of [folder, dirname(folder), root]) await syncFolder(one);
  return folder;
}

/** What is being made or removed; a process that is killed meanwhile leaves it. */
const LEFT_OVER = /^\..+\.tmp$/;
const WANTED_LOCK = /^\.lock-/;
/** Milliseconds after which a process has taken the lock that it prepared, or is gone. */
const LOCK_TAKEN_AFTER = 60_000;

/** A path in the journal for what is not finished, which is removed unless it gets another name. */
export const unfinishedPath = (folder: string, name: string): string => join(folder, `.${name}.tmp`);

/** Removes what killed processes left in the journal. Only who holds the lock may. */
export async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!LEFT_OVER.test(name)) continue;
    const path = join(folder, name);
    if (WANTED_LOCK.test(name)) {
      const about = await stat(path).catch(() => undefined);
      if (about === undefined || Date.now() - about.mtimeMs < LOCK_TAKEN_AFTER) continue;
    }
    await rm(path, { recursive: true, force: true });
  }
}

/** Removes a folder of the journal so that at no time a part of it can be taken for the whole. */
export async function removeWhole(folder: string, name: string): Promise<void> {
  const aside = unfinishedPath(folder, `gone-${name}`);
  await rm(aside, { recursive: true, force: true });
  try {
    await rename(join(folder, name), aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
