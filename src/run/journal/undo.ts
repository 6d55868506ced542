import type { Failure } from '../inspect.ts';
import { put, removeEmptyFolders, removeTemporaries, standingOf, syncFolders, whyNotPut } from './entry.ts';
import { journalFolder, removeLeftOvers } from './folder.ts';
import { JournalError } from '../../errors.ts';
import { locked } from './lock.ts';
import type { FileEntry } from './record.ts';
import { enterState, howToGoOn, readRuns, unfinishedOf, type Run, type Runs } from './runs.ts';
import { readText } from './texts.ts';

/** What to undo, and how. */
export interface UndoRequest {
  /**
   * Whether files that were edited since the run, and those that cannot be written, are left as they are; else nothing is
   * undone where a file was edited.
   */
  readonly keepEdited?: boolean;
  /** Stops after the file that is being written; undoing again goes on. */
  readonly signal?: AbortSignal;
}

/** What was undone. */
export interface Undone {
  /** Absolute paths of files that are again as they were before the run, without those that were so already. */
  readonly restored: readonly string[];
  /** Absolute paths of files that the run had created, and that are gone. */
  readonly removed: readonly string[];
  /** What was edited since, or could not be written. */
  readonly failures: readonly Failure[];
  /**
   * `undone`, with `keepEdited` but for the edited files; `refused` because of the failures, and every file is as it was; or
   * `unfinished` because of them or since the signal stopped it.
   */
  readonly outcome: 'undone' | 'refused' | 'unfinished';
}

/** The later run that made of the file what it is now: undoing that one first helps. */
function laterRun(runs: Runs, run: Run, { target }: FileEntry, hash: string | null): Run | undefined {
  return runs.runs.find(
    ({ record, state }) =>
      record.id > run.record.id &&
      state.phase === 'done' &&
      record.files.some((file) => file.target === target && file.after.hash === hash),
  );
}

/** Files of a run that are not to be undone, and why. */
interface Edited {
  readonly entry: FileEntry;
  readonly reason: string;
}

async function editedOf(runs: Runs, run: Run, entries: readonly FileEntry[]): Promise<Edited[]> {
  const edited: Edited[] = [];
  for (const entry of entries) {
    const standing = await standingOf(entry);
    if (standing.isOn('before')) continue;
    const reason = await whyNotPut(entry, standing);
    if (reason === undefined) continue;
    const later = standing.hash === null ? undefined : laterRun(runs, run, entry, standing.hash);
    edited.push({
      entry,
      reason:
        later === undefined ? reason : `was changed by the later run ${later.record.id}; undo that one first`,
    });
  }
  return edited;
}

/** Throws where a text is missing, before any file is written. */
async function checkTexts(run: Run, entries: readonly FileEntry[]): Promise<void> {
  for (const { before } of entries) if (before !== null) await readText(run, before);
}

/** Puts `entries` back, and marks the run as undone unless that could not be done. */
async function putBack(
  run: Run,
  entries: readonly FileEntry[],
  { keepEdited = false, signal }: UndoRequest,
): Promise<Undone> {
  const written: FileEntry[] = [];
  const failures: Failure[] = [];
  let isStopped = false;
  await removeTemporaries(run);
  for (const entry of entries) {
    isStopped = signal?.aborted === true;
    if (isStopped) break;
    const outcome = await put(run, entry, 'before');
    if (outcome === 'written') written.push(entry);
    if (typeof outcome === 'object') failures.push(outcome);
  }
  await removeEmptyFolders(run);
  await syncFolders(run);
  const isUndone = !isStopped && (keepEdited || failures.length === 0);
  const left = [...run.state.left, ...failures.map(({ path }) => path)];
  if (isUndone) await enterState(run, { phase: 'undone', left });
  const pathsOf = (isCreated: boolean): string[] =>
    written.filter(({ before }) => (before === null) === isCreated).map(({ path }) => path);
  return {
    restored: pathsOf(false),
    removed: pathsOf(true),
    failures,
    outcome: isUndone ? 'undone' : 'unfinished',
  };
}

/**
 * Makes the files of a run what they were before it: every byte, and what it created is removed. Killed at any moment it can
 * be done again.
 * @param id a recorded run's.
 * @throws {JournalError} when the journal cannot be read or written, another process uses it, or another run is unfinished.
 */
export async function undo(root: string, id: string, request: UndoRequest = {}): Promise<Undone> {
  const journal = journalFolder(root);
  return locked(journal, async () => {
    await removeLeftOvers(journal);
    const runs = await readRuns(root);
    const run = runs.runs.find(({ record }) => record.id === id);
    if (run === undefined) throw new JournalError(journal, `there is no run ${id} any more`);
    const unfinished = unfinishedOf(runs);
    if (unfinished !== undefined && unfinished !== run)
      throw new JournalError(unfinished.folder, howToGoOn(unfinished));
    if (run.state.phase === 'undone') return { restored: [], removed: [], failures: [], outcome: 'undone' };

    const entries = run.record.files.filter(({ path }) => !run.state.left.includes(path));
    const edited = await editedOf(runs, run, entries);
    const failures = edited.map(({ entry: { path }, reason }) => ({ path, reason }));
    if (failures.length > 0 && request.keepEdited !== true)
      return { restored: [], removed: [], failures, outcome: 'refused' };
    const kept = new Set(edited.map(({ entry }) => entry));
    const wanted = entries.filter((entry) => !kept.has(entry));
    await checkTexts(run, wanted);
    const left = [...run.state.left, ...failures.map(({ path }) => path)];
    const undone = await putBack(await enterState(run, { phase: 'undoing', left }), wanted, request);
    return { ...undone, failures: [...failures, ...undone.failures] };
  });
}
