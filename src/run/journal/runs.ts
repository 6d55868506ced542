import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../inspect.ts';
import { isMissing, messageOf, syncFolder } from '../whole-file.ts';
import { journalFolder, removeWhole } from './folder.ts';
import { JournalError } from '../../errors.ts';
import { inJournal } from './in-journal.ts';
import { asRecord, asState, stateJson, type RunRecord, type RunState } from './record.ts';
import { isRunId } from './run-id.ts';

/** The names of what a run keeps in its folder. */
export const RECORD = 'run.json';
export const TEXTS = 'texts';
const STATE = 'state.json';

/** A recorded run. */
export interface Run {
  readonly record: RunRecord;
  readonly state: RunState;
  /** Absolute path of its folder in the journal. */
  readonly folder: string;
  /** Absolute path of the folder whose `.hasten` keeps the journal. */
  readonly root: string;
}

/** What a journal has. */
export interface Runs {
  /** In the order in which they began. */
  readonly runs: readonly Run[];
  /** Folders that hold no run that can be read, and why. */
  readonly failures: readonly Failure[];
}

const isUnfinished = ({ state }: Run): boolean => state.phase === 'writing' || state.phase === 'undoing';

async function readState(root: string, folder: string): Promise<RunState> {
  try {
    return asState(root, await readFile(join(folder, STATE), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return { phase: 'writing', left: [] };
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw new JournalError(folder, `the journal cannot be read: ${messageOf(error)}`);
  }
}

/**
 * The runs that are recorded for the project at `root`.
 * @throws {JournalError} when the folder cannot be read.
 */
export async function readRuns(root: string): Promise<Runs> {
  const journal = journalFolder(root);
  const names = await namesIn(journal);
  const runs: Run[] = [];
  const failures: Failure[] = [];
  for (const name of names.filter(isRunId).toSorted()) {
    const folder = join(journal, name);
    try {
      const record = asRecord(root, await readFile(join(folder, RECORD), 'utf8'));
      runs.push({ record, state: await readState(root, folder), folder, root });
    } catch (error) {
      failures.push({
        path: folder,
        reason: `the record of a run cannot be read: ${messageOf(error)}; remove the folder to go on without it`,
      });
    }
  }
  return { runs, failures };
}

/**
 * The run that was stopped before it was done, or before it was undone: there is one at most.
 * @throws {JournalError} when a run cannot be read, for it may be that one.
 */
export function unfinishedOf({ runs, failures }: Runs): Run | undefined {
  const [failure] = failures;
  if (failure !== undefined) throw new JournalError(failure.path, failure.reason);
  return runs.find(isUnfinished);
}

/** Says of an unfinished run how to go on. */
export function howToGoOn({ record, state }: Run): string {
  const { id } = record;
  return state.phase === 'undoing'
    ? `undoing the run ${id} was stopped half way: \`hasten undo\` finishes that, \`hasten run --resume\` makes the changes again`
    : `the run ${id} was stopped half way: \`hasten run --resume\` finishes it, \`hasten undo\` takes it back`;
}

/** Writes a file of the journal and waits until it is on the disk. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * The run in another state, once that is on the disk.
 * @throws {JournalError} when that cannot be written.
 */
export async function enterState(run: Run, state: RunState): Promise<Run> {
  const path = join(run.folder, STATE);
  await inJournal(run.folder, async () => {
    await writeSynced(`${path}.new`, stateJson(run.root, state));
    await rename(`${path}.new`, path);
    await syncFolder(run.folder);
  });
  return { ...run, state };
}

/** How many finished runs are kept. */
export const MOST_FINISHED = 20;

/** Forgets all finished runs but the newest. */
export async function forgetOldest({ runs }: Runs, root: string): Promise<void> {
  const finished = runs.filter((run) => !isUnfinished(run));
  for (const { record } of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED)))
    await removeWhole(journalFolder(root), record.id);
}
