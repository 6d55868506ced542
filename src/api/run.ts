import type { Commit, Committed } from '../run/commits/commit.ts';
import type { CommandVerified } from '../run/verification/verify-command.ts';
import type { Written } from '../run/write.ts';
import { plan, type Planned } from './plan.ts';
import type { SearchRequest, Watched, WritingRequest } from './request.ts';
import { verifiedPlan, type VerifiedPlan } from './verify.ts';
import { templateOf, writeAll } from './write.ts';

/** What `run` is asked for. */
export interface RunRequest extends SearchRequest, WritingRequest {}

/** What a run found and did. `changes` are what was written, or in a dry run what would be. */
export interface Ran extends Planned {
  readonly command: 'run';
  readonly mode: 'dry-run' | 'apply';
  /** What was written; left out in a dry run. Its failures are among the `failures`, too. */
  readonly written?: Written;
  /** The commits that were made; left out where none was asked for. */
  readonly commits?: readonly Commit[];
  /** What a command that was run on the result came to, where one was given. */
  readonly verified?: CommandVerified;
  /** What was to be done, before anything was written. */
  readonly planned: Planned;
}

/** Writes a plan, and commits it where that is asked for. */
export const writePlanned = (
  made: Planned,
  writing: WritingRequest,
  template: string | undefined,
  watched: Watched,
): Promise<Committed> =>
  writeAll({ ...made, composition: made, folder: made.cwd }, writing, template, watched);

/** What a run came to, with what was written, if anything was to be. */
export function ranOf(
  { made, verified }: VerifiedPlan,
  { commit }: Pick<WritingRequest, 'commit'>,
  outcome?: Committed,
): Ran {
  const { written, changes = made.changes, commits } = outcome ?? {};
  return {
    ...made,
    command: 'run',
    mode: outcome === undefined ? 'dry-run' : 'apply',
    changes,
    planned: made,
    failures: [...made.failures, ...(written?.failures ?? [])],
    ...(commit === undefined || commits === undefined ? {} : { commits }),
    ...(written === undefined ? {} : { written }),
    ...(verified === undefined ? {} : { verified }),
  };
}

/**
 * Finds what can be rewritten, verifies it where that is asked for, and writes it with a journal, so that `undo` takes it back. What could not be done
 * is among the `failures`.
 * @throws {UsageError} for what there is not; the signal's reason where it is aborted before anything is written. Once files are being written
 * it stops behind the one at hand, and the `failures` say how to go on.
 */
export async function run(request: RunRequest = {}): Promise<Ran> {
  const template = await templateOf(request, request.cwd ?? process.cwd());
  const answer = await verifiedPlan(await plan(request), request, request);
  request.signal?.throwIfAborted();
  if (request.dryRun === true) return ranOf(answer, request);
  return ranOf(answer, request, await writePlanned(answer.made, request, template, request));
}
