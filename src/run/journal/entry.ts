import { lstat, realpath, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../inspect.ts';
import {
  contentAt,
  hashOf,
  isMissing,
  isReadOnly,
  messageOf,
  replaceWhole,
  syncFolder,
} from '../whole-file.ts';
import { JournalError } from '../../errors.ts';
import type { FileEntry } from './record.ts';
import type { Run } from './runs.ts';
import { readText } from './texts.ts';

/** A file as it was before a run, or as the run makes it. */
export type Side = 'before' | 'after';

/** The hash of a file on a side; null where there is no file on it. */
const hashOn = (entry: FileEntry, side: Side): string | null =>
  side === 'after' ? entry.after.hash : (entry.before?.hash ?? null);

/** Whether the entry's path still leads to the file that the run is about. What is missing leads nowhere else. */
async function leadsToTarget({ path, target }: FileEntry): Promise<boolean> {
  try {
    if ((await lstat(target)).isSymbolicLink()) return false;
    return path === target || (await realpath(path)) === target;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

/** How a file is now: as on one of the sides, or else why not and with which hash. */
export interface Standing {
  readonly isOn: (side: Side) => boolean;
  /** Why it is on neither side. */
  readonly edited?: string;
  /** Null where there is no file. */
  readonly hash: string | null;
}

const isOnNeither = (): boolean => false;

/** Finds out whether a file is as it was before the run, as the run made it, or was edited. */
export async function standingOf(entry: FileEntry): Promise<Standing> {
  try {
    if (!(await leadsToTarget(entry)))
      return { isOn: isOnNeither, edited: 'is or leads to another file since', hash: null };
    const content = await contentAt(entry.target);
    const hash = content === null ? null : hashOf(content);
    const isOn = (side: Side): boolean => hashOn(entry, side) === hash;
    if (isOn('before') || isOn('after')) return { isOn, hash };
    return { isOn, edited: hash === null ? 'was deleted since' : 'was edited since', hash };
  } catch (error) {
    return { isOn: isOnNeither, edited: `cannot be read: ${messageOf(error)}`, hash: null };
  }
}

/** A path beside a file that belongs to one run, also after the project was moved. */
const temporaryOf = ({ record }: Run, { target }: FileEntry): string =>
  join(dirname(target), `.hasten-${record.id}-${hashOf(Buffer.from(basename(target))).slice(0, 12)}.tmp`);

async function write(run: Run, entry: FileEntry, side: Side): Promise<void> {
  const { target } = entry;
  const text = entry[side];
  if (text === null) await unlink(target);
  else
    await replaceWhole({
      target,
      content: await readText(run, text),
      temporary: temporaryOf(run, entry),
    });
}

/** Why a file that stands so cannot be put on the other side; undefined where nothing is known against it. */
export async function whyNotPut(entry: FileEntry, { isOn, edited }: Standing): Promise<string | undefined> {
  if (edited !== undefined) return edited;
  const isThere = !isOn('before') || entry.before !== null;
  if (isThere && (await isReadOnly(entry.target))) return 'is read-only; make it writable and try again';
  return undefined;
}

/**
 * Makes a file what it is on `side` of the run, unless it is that, or somebody edited it.
 * @throws {JournalError} when the text is not in the journal.
 */
export async function put(run: Run, entry: FileEntry, side: Side): Promise<'written' | 'already' | Failure> {
  try {
    const standing = await standingOf(entry);
    if (standing.isOn(side)) return 'already';
    const reason = await whyNotPut(entry, standing);
    if (reason !== undefined) return { path: entry.path, reason };
    await write(run, entry, side);
    return 'written';
  } catch (error) {
    if (error instanceof JournalError) throw error;
    return { path: entry.path, reason: `cannot be written: ${messageOf(error)}` };
  }
}

/** Removes what a process left beside the files of a run when it was killed. */
export async function removeTemporaries(run: Run): Promise<void> {
  // Where a folder may not be written to nothing was left.
  for (const entry of run.record.files)
    await rm(temporaryOf(run, entry), { force: true }).catch(() => undefined);
}

/** Removes those of the folders made for a run that are empty, as after their files were removed. */
export async function removeEmptyFolders({ record }: Run): Promise<void> {
  // One that others put something into stays.
  for (const folder of record.folders.toReversed()) await rmdir(folder).catch(() => undefined);
}

/** Makes what was written, created and removed in a run's folders last through a loss of power. */
export async function syncFolders({ record }: Run): Promise<void> {
  const folders = new Set(record.files.map(({ target }) => dirname(target)));
  for (const folder of record.folders) folders.add(dirname(folder));
  for (const folder of folders) await syncFolder(folder);
}
