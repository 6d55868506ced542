import { standingOf } from './entry.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';
import { journalFolder, removeLeftOvers } from './folder.ts';
import { JournalError } from '../../errors.ts';
import { locked } from './lock.ts';
import { enterState, readRuns, unfinishedOf, type Run } from './runs.ts';
import { readText } from './texts.ts';

/** How a stopped run was finished. */
export interface Resumed extends CarriedOut {
  readonly run: Run;
}

/** Says which files were edited since the run was stopped: what it wanted to make of them is no answer any more. */
async function checkUnedited(run: Run): Promise<void> {
  for (const entry of run.record.files) {
    if (run.state.left.includes(entry.path)) continue;
    const { edited } = await standingOf(entry);
    if (edited !== undefined)
      throw new JournalError(
        entry.path,
        `${edited}; the run ${run.record.id} cannot be finished: \`hasten undo --keep-edited\` takes back its other files`,
      );
    await readText(run, entry.after);
  }
}

/**
 * Finishes the run that was stopped; also one whose undoing was stopped, which is so made again.
 * @returns undefined where no run was stopped.
 * @throws {JournalError} when the journal cannot be read or written, another process uses it, or a file was edited since.
 */
export async function resume(root: string, signal?: AbortSignal): Promise<Resumed | undefined> {
  const journal = journalFolder(root);
  if (unfinishedOf(await readRuns(root)) === undefined) return undefined;
  return locked(journal, async () => {
    await removeLeftOvers(journal);
    const stopped = unfinishedOf(await readRuns(root));
    if (stopped === undefined) return undefined;
    await checkUnedited(stopped);
    const run = await enterState(stopped, { ...stopped.state, phase: 'writing' });
    return { run, ...(await carryOut(run, signal)) };
  });
}
