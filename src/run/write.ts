import { lstat, realpath } from 'node:fs/promises';
import { whyDirty } from './dirty.ts';
import { grouped } from './groups.ts';
import { beginRun } from './journal/begin.ts';
import { carryOut } from './journal/carry-out.ts';
import { makeJournal, removeLeftOvers } from './journal/folder.ts';
import { JournalError } from '../errors.ts';
import { inJournal } from './journal/in-journal.ts';
import { locked } from './journal/lock.ts';
import type { Asked } from './journal/record.ts';
import { howToGoOn, readRuns, unfinishedOf, type Runs } from './journal/runs.ts';
import type { Failure, FileChange, Plan } from './plan.ts';
import { contentAt, isMissing, isReadOnly, messageOf } from './whole-file.ts';

/** How a plan is written. */
export interface WriteRequest {
  /** Absolute path of the folder whose `.hasten` keeps the journal: see `journalRoot`. */
  readonly root: string;
  /** What was asked for, which the journal keeps. */
  readonly asked: Asked;
  /** Whether to write although a git work tree has changes that are not committed. */
  readonly allowDirty?: boolean;
  /** Stops after the file that is being written. */
  readonly signal?: AbortSignal;
}

/** What was written, and what was not. */
export interface Written {
  /** Absolute paths. */
  readonly written: readonly string[];
  readonly failures: readonly Failure[];
  /** The id under which the journal keeps the run; none where nothing was to be written. */
  readonly run?: string;
}

/** Whether anything is at `path`, were it a link that leads nowhere. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Why `change` cannot be written; undefined where it can. */
async function whyNot({ path, before }: FileChange): Promise<string | undefined> {
  try {
    if (before === null)
      return (await isThere(path)) ? 'was created since the run began; it is left as it is' : undefined;
    const now = await contentAt(path);
    if (now === null) return 'was deleted since it was read';
    if (!now.equals(Buffer.from(before)))
      return 'changed since it was read; run again to see what is proposed now';
    return (await isReadOnly(path)) ? 'is read-only; make it writable and run again' : undefined;
  } catch (error) {
    return `cannot be read any more: ${messageOf(error)}`;
  }
}

/** Changes that can be written, and why the others cannot. */
interface Sifted {
  readonly writable: readonly FileChange[];
  readonly failures: readonly Failure[];
}

/** The first of `changes` for each file: two may come to one file through a link, and the second would undo the first. */
async function sameFiles(changes: readonly FileChange[]): Promise<ReadonlyMap<FileChange, FileChange>> {
  const firstAt = new Map<string, FileChange>();
  const same = new Map<FileChange, FileChange>();
  for (const change of changes) {
    const target = await realpath(change.path).catch(() => change.path);
    const first = firstAt.get(target);
    if (first === undefined) firstAt.set(target, change);
    else same.set(change, first);
  }
  return same;
}

/** Finds what can be written, and leaves out with each file that cannot every file that shares a proposal with it. */
async function sift(changes: readonly FileChange[]): Promise<Sifted> {
  const same = await sameFiles(changes);
  const reasons = new Map<FileChange, string>();
  for (const change of changes) {
    const first = same.get(change);
    const reason = first === undefined ? await whyNot(change) : `is the same file as ${first.path}`;
    if (reason !== undefined) reasons.set(change, reason);
  }
  const related = grouped(changes).flatMap((group) =>
    group.some((change) => reasons.has(change)) ? group.filter((change) => !reasons.has(change)) : [],
  );
  for (const change of related)
    reasons.set(change, 'belongs to a change of another file that cannot be written');
  return {
    writable: changes.filter((change) => !reasons.has(change)),
    failures: [...reasons].map(([{ path }, reason]) => ({ path, reason })),
  };
}

/** Reads what the journal at `root` has, and throws where one of its runs has to be finished or undone first. */
async function settledRuns(root: string): Promise<Runs> {
  const runs = await readRuns(root);
  const unfinished = unfinishedOf(runs);
  if (unfinished !== undefined) throw new JournalError(unfinished.folder, howToGoOn(unfinished));
  return runs;
}

async function checkClean(changes: readonly FileChange[]): Promise<void> {
  const dirty = await whyDirty(changes.map(({ path }) => path));
  if (dirty !== undefined) throw new JournalError(dirty.path, dirty.reason);
}

async function writeLocked(
  folder: string,
  { writable, failures }: Sifted,
  { root, asked, signal }: WriteRequest,
): Promise<Written> {
  await removeLeftOvers(folder);
  const runs = await settledRuns(root);
  const run = await inJournal(folder, () => beginRun(root, runs, writable, asked));
  const { id } = run.record;
  const { written, isDone, ...rest } = await carryOut(run, signal);
  const all = [...failures, ...rest.failures];
  if (!isDone) {
    const reason = `${howToGoOn(run)}; ${written.length} of ${writable.length} files are written`;
    all.push({ path: run.folder, reason });
  }
  return { written: written.map(({ path }) => path), failures: all, run: id };
}

/**
 * Writes the changes of a plan, once the journal has all that is needed to finish or undo that. A file that changed since it
 * was read, or cannot be written, is left as it is, and with it every file that shares a proposal with it: a proposal
 * applies whole or not at all. Nothing is written, and the reason is among the failures, where an earlier run has to be
 * finished or undone first, where a git work tree is dirty, and where the journal cannot be written.
 */
export async function write(plan: Pick<Plan, 'changes'>, request: WriteRequest): Promise<Written> {
  try {
    await settledRuns(request.root);
    if (request.allowDirty !== true) await checkClean(plan.changes);
    const sifted = await sift(plan.changes);
    if (sifted.writable.length === 0) return { written: [], failures: sifted.failures };
    const folder = await inJournal(request.root, () => makeJournal(request.root));
    return await locked(folder, () => writeLocked(folder, sifted, request));
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { written: [], failures: [{ path: error.path, reason: error.message }] };
  }
}
