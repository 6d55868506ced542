import { grouped } from '../groups.ts';
import type { Failure } from '../inspect.ts';
import { messageOf } from '../whole-file.ts';
import { put, removeEmptyFolders, removeTemporaries, standingOf, syncFolders } from './entry.ts';
import { journalFolder, removeWhole } from './folder.ts';
import type { FileEntry } from './record.ts';
import { enterState, forgetOldest, readRuns, type Run } from './runs.ts';

/** How far a run came. */
export interface CarriedOut {
  /** The files that were written just now. */
  readonly written: readonly FileEntry[];
  readonly failures: readonly Failure[];
  /** Whether the run is over; else it can be finished or undone. */
  readonly isDone: boolean;
}

/** What became of some files so far. */
interface Tally {
  readonly written: Set<FileEntry>;
  readonly failures: Failure[];
  /** Files that could not be put back after a file that belongs to them could not be written. */
  readonly stuck: Set<FileEntry>;
}

/** Puts the files of a group back as they were, since one of them, `failed`, cannot be written. */
async function putBack(
  run: Run,
  group: readonly FileEntry[],
  failed: FileEntry,
  tally: Tally,
): Promise<void> {
  for (const entry of group) {
    if (entry === failed) continue;
    const isWritten = tally.written.delete(entry) || (await standingOf(entry)).isOn('after');
    const outcome = isWritten ? await put(run, entry, 'before') : 'already';
    let reason = 'belongs to a change of another file that cannot be written';
    if (typeof outcome === 'object') {
      reason += `, and cannot be put back: it ${outcome.reason}`;
      tally.stuck.add(entry);
    }
    tally.failures.push({ path: entry.path, reason });
  }
}

/** Writes the files of one group, all or none. False where `signal` stopped it between two files. */
async function writeGroup(
  run: Run,
  group: readonly FileEntry[],
  tally: Tally,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (const entry of group) {
    if (signal?.aborted === true) return false;
    const outcome = await put(run, entry, 'after');
    if (outcome === 'written') tally.written.add(entry);
    if (typeof outcome !== 'object') continue;
    tally.failures.push(outcome);
    await putBack(run, group, entry, tally);
    return true;
  }
  return true;
}

/**
 * Writes those files of a recorded run that are not written yet. Files that share a proposal are written all or not at all.
 * Only who holds the lock may.
 * @param signal stops after the file that is being written.
 */
export async function carryOut(run: Run, signal?: AbortSignal): Promise<CarriedOut> {
  const left = new Set(run.state.left);
  const wanted = run.record.files.filter(({ path }) => !left.has(path));
  const tally: Tally = { written: new Set(), failures: [], stuck: new Set() };
  await removeTemporaries(run);
  let isStopped = false;
  for (const group of grouped(wanted)) {
    isStopped = !(await writeGroup(run, group, tally, signal));
    if (isStopped) break;
  }
  const { failures } = tally;
  if (failures.length > 0) await removeEmptyFolders(run);
  await syncFolders(run);
  const isOver = !isStopped && tally.stuck.size === 0;
  const unmarked = isOver ? await finish(run, [...left, ...failures.map(({ path }) => path)]) : [];
  return {
    written: wanted.filter((entry) => tally.written.has(entry)),
    failures: [...failures, ...unmarked],
    isDone: isOver && unmarked.length === 0,
  };
}

/**
 * Marks a run as done, or forgets it where it changed nothing, and forgets runs that are too old.
 * @returns why that cannot be done, where it cannot: the files are written all the same.
 */
async function finish(run: Run, left: readonly string[]): Promise<readonly Failure[]> {
  const { files, id } = run.record;
  try {
    if (left.length === files.length) await removeWhole(journalFolder(run.root), id);
    else await enterState(run, { phase: 'done', left });
    await forgetOldest(await readRuns(run.root), run.root);
    return [];
  } catch (error) {
    return [{ path: run.folder, reason: messageOf(error) }];
  }
}
