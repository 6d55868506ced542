import { JournalError, UsageError } from '../errors.ts';
import { journalRoot } from '../run/journal/folder.ts';
import { readRuns, type Run, type Runs } from '../run/journal/runs.ts';
import type { Resumed } from '../run/journal/resume.ts';
import type { Undone } from '../run/journal/undo.ts';
import { folderOf } from './plan.ts';
import type { Watched } from './request.ts';
import { suggestion } from './suggest.ts';

/** Which project's journal. */
export interface JournalRequest extends Pick<Watched, 'signal'> {
  /** A folder of the project; the working directory unless told. */
  readonly cwd?: string | undefined;
}

/** What is to be undone. */
export interface UndoRequest extends JournalRequest {
  /** The id of a run, or how it begins; the last run unless told. */
  readonly run?: string | undefined;
  /** Whether files that were edited since are left as they are, and the others undone. */
  readonly keepEdited?: boolean | undefined;
}

/** What was undone of which run. */
export interface UndoneRun extends Undone {
  readonly run: Run;
  /** Whether it was undone before, so that nothing was to be done. */
  readonly wasUndone: boolean;
  /** All runs of the journal as they were before. */
  readonly runs: Runs;
}

/** The runs that the journal has, the oldest first, and what of it cannot be read. */
export const runs = (request: JournalRequest = {}): Promise<Runs> => readRuns(journalRoot(folderOf(request)));

/** The run whose id is `typed` or begins so, and no other; without that the last one. Undefined where there is none at all. */
function chosenRun({ runs: all }: Runs, typed: string | undefined): Run | undefined {
  if (typed === undefined) return all.at(-1);
  const found = all.filter(({ record }) => record.id.startsWith(typed));
  if (found.length === 1) return found[0];
  const ids = (found.length === 0 ? all : found).map(({ record }) => record.id);
  if (found.length > 1) throw new UsageError(`Several runs begin with ${typed}: ${ids.join(', ')}.`);
  throw new UsageError(
    `There is no run ${typed}; \`hasten log\` lists all that are kept.${suggestion(typed, ids)}`,
  );
}

/**
 * Makes the files of a run what they were before it, byte for byte. What was edited since stands against it, and is among the `failures`.
 * @returns undefined where there is no run at all.
 * @throws {UsageError} for a run that there is not, {JournalError} where the journal cannot be read.
 */
export async function undo(request: UndoRequest = {}): Promise<UndoneRun | undefined> {
  const { run: typed, keepEdited = false, signal } = request;
  const root = journalRoot(folderOf(request));
  const all = await readRuns(root);
  // One that cannot be read may be the last one.
  const [unreadable] = all.failures;
  if (typed === undefined && unreadable !== undefined)
    throw new JournalError(unreadable.path, unreadable.reason);
  const run = chosenRun(all, typed);
  if (run === undefined) return undefined;
  if (run.state.phase === 'undone')
    return { restored: [], removed: [], failures: [], outcome: 'undone', run, wasUndone: true, runs: all };
  const { undo: undoOne } = await import('../run/journal/undo.ts');
  const how = { keepEdited, ...(signal === undefined ? {} : { signal }) };
  const undone = await undoOne(root, run.record.id, how);
  if (undone.removed.length > 0) {
    const { forgetIntended } = await import('../run/commits/intended.ts');
    await forgetIntended(undone.removed);
  }
  return { ...undone, run, wasUndone: false, runs: all };
}

/**
 * Finishes the run that was stopped half way.
 * @returns undefined where there is none.
 * @throws {JournalError} where the journal cannot be read.
 */
export async function resume(request: JournalRequest = {}): Promise<Resumed | undefined> {
  const { resume: resumeAt } = await import('../run/journal/resume.ts');
  return resumeAt(journalRoot(folderOf(request)), request.signal);
}
