import type { AppliedPlan, ApplyRequest } from './apply.ts';
import type { Checked, CheckRequest } from './check.ts';
import type { JournalRequest, UndoneRun, UndoRequest } from './journal.ts';
import type { MergeRequest } from './merge.ts';
import type { Planned } from './plan.ts';
import type { Reportable } from './report.ts';
import type { SearchRequest } from './request.ts';
import type { Ran, RunRequest } from './run.ts';
import type { ShardFound, ShardRequest } from './shard.ts';
import { withKnownKeys } from './known-keys.ts';
import type { FormatName } from '../review/reporters/formats.ts';
import type { Resumed } from '../run/journal/resume.ts';
import type { Runs } from '../run/journal/runs.ts';
import type { Transform } from '../transform.ts';

/*
 * What scripts call, each loaded when it is first called: who only defines a transform or a configuration waits for none of it, and a transform that
 * is required, which cannot be done with all of it, is fine.
 */

export type { AppliedPlan, ApplyRequest } from './apply.ts';
export type { Checked, CheckRequest } from './check.ts';
export type { JournalRequest, UndoneRun, UndoRequest } from './journal.ts';
export type { MergeRequest } from './merge.ts';
export type { Planned } from './plan.ts';
export type { Reportable } from './report.ts';
export type { CommitRequest, HastenEvent, SearchRequest, Verification, WritingRequest } from './request.ts';
export type { Ran, RunRequest } from './run.ts';
export type { ShardFound, ShardRequest } from './shard.ts';

/**
 * Finds out what would be done; nothing is written but the cache. What cannot be read, parsed or inspected is among the `failures`, what `paths`
 * name in vain among the `unmatched`; everything else goes on.
 * @throws {UsageError} for a configuration, a transform or an option that there is not; the signal's reason once it is aborted.
 */
export async function plan(request?: SearchRequest): Promise<Planned> {
  return (await import('./plan.ts')).plan(withKnownKeys('plan', request));
}

/**
 * Finds what can be rewritten, verifies it where that is asked for, and writes it with a journal, so that `undo` takes it back. What could not be done
 * is among the `failures`.
 * @throws {UsageError} as `plan`; the signal's reason where it is aborted before anything is written. Once files are being written it stops behind the one
 * at hand, and the `failures` say how to go on.
 */
export async function run(request?: RunRequest): Promise<Ran> {
  return (await import('./run.ts')).run(withKnownKeys('run', request));
}

/**
 * Tells what there is to find, compared with a baseline where there is one; nothing is written but the cache, and a baseline where that is asked for.
 * @throws {UsageError} as `plan`, {BaselineError} for a baseline that cannot be used; the signal's reason once it is aborted.
 */
export async function check(request?: CheckRequest): Promise<Checked> {
  return (await import('./check.ts')).check(withKnownKeys('check', request));
}

/**
 * Does what a plan says, as far as it is accepted, and nothing else. A file that is no longer what the plan was made for is left as it is, and what
 * edits it is left out.
 * @throws {UsageError} for files that are no plan or no decisions; the signal's reason as `run`.
 */
export async function apply(request: ApplyRequest): Promise<AppliedPlan> {
  return (await import('./apply.ts')).apply(withKnownKeys('apply', request));
}

/**
 * Looks at a part of the files of a search, with the whole program around them: for several machines, or for one with little memory. `merge` makes of all parts
 * what `check` says of the whole.
 * @throws {UsageError} as `plan`, and for a part that there is not; the signal's reason once it is aborted.
 */
export async function shard(request: ShardRequest): Promise<ShardFound> {
  return (await import('./shard.ts')).shard(withKnownKeys('shard', request));
}

/**
 * Makes of all shards what `check` says of the whole, where the same files are: what they found is judged, composed and checked, as if it had been found here.
 * @throws {MergeError} where shards are missing or double, or not of one run, or the files are others; {UsageError} for what is no shard.
 */
export async function merge(request: MergeRequest): Promise<Checked> {
  return (await import('./merge.ts')).merge(withKnownKeys('merge', request));
}

/**
 * Keeps a plan in a .json file, as `hasten run --dry-run --plan` does: for `apply`, and for a review.
 * @throws {UsageError} where something else would be overwritten; else what the file system says.
 */
export async function savePlan(planned: Planned, path: string): Promise<void> {
  await (await import('./plan-file.ts')).savePlan(planned, path);
}

/**
 * Tells of what one of these functions gave, in a format of the command line; the text comes in pieces.
 * @throws {UsageError} for a format that there is not.
 */
export async function* report(about: Reportable, format: FormatName): AsyncGenerator<string, void, void> {
  yield* (await import('./report.ts')).report(about, format);
}

/**
 * Makes the files of a run what they were before it, byte for byte. What was edited since stands against it, and is among the `failures`.
 * @returns undefined where there is no run at all.
 * @throws {UsageError} for a run that there is not, {JournalError} where the journal cannot be read.
 */
export async function undo(request?: UndoRequest): Promise<UndoneRun | undefined> {
  return (await import('./journal.ts')).undo(withKnownKeys('undo', request));
}

/**
 * Finishes the run that was stopped half way.
 * @returns undefined where there is none.
 * @throws {JournalError} where the journal cannot be read.
 */
export async function resume(request?: JournalRequest): Promise<Resumed | undefined> {
  return (await import('./journal.ts')).resume(withKnownKeys('resume', request));
}

/**
 * The runs that changed something, the oldest first, and what of the journal cannot be read.
 * @throws {JournalError} where there is a journal and nothing of it can be read.
 */
export async function runs(request?: JournalRequest): Promise<Runs> {
  return (await import('./journal.ts')).runs(withKnownKeys('runs', request));
}

/** The built-in transforms: what each says of itself, without what inspects. */
export async function builtInTransforms(): Promise<readonly Transform[]> {
  return (await import('./heads.ts')).allHeads();
}
