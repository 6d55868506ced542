import { UsageError } from '../errors.ts';
import type { Composition } from '../run/composition.ts';
import type { Failure, FileChange } from '../run/plan.ts';
import type { Subset } from '../run/subset.ts';
import type { CommandVerified } from '../run/verification/verify-command.ts';
import type { Planned } from './plan.ts';
import type { Verification, Watched, WritingRequest } from './request.ts';

/** The baseline, all changes, and one more. */
export const FEWEST_RUNS = 3;
export const MOST_RUNS = 25;
/** Seconds. */
export const TIME_LIMIT = 600;

/** What is verified, of which composition, and seen from where. */
interface Verifying extends Watched {
  readonly composition: Composition;
  /** Ids. */
  readonly accepted: ReadonlySet<string>;
  readonly cwd: string;
}

function checkVerification({ command, runs = MOST_RUNS, timeout = TIME_LIMIT }: Verification): void {
  if (command.trim() === '') throw new UsageError('A verification needs a command, such as "npm test".');
  if (!Number.isInteger(runs) || runs < FEWEST_RUNS)
    throw new UsageError(`The runs of a verification are a whole number from ${FEWEST_RUNS} on.`);
  if (!(timeout > 0)) throw new UsageError('The time of a verification is a number of seconds above 0.');
}

/** Runs the command on what `accepted` makes of the files; undefined where there is nothing to verify. */
async function verify(
  { command, runs = MOST_RUNS, timeout = TIME_LIMIT, level = 'safe' }: Verification,
  { composition, accepted, cwd, signal, onEvent }: Verifying,
): Promise<CommandVerified | undefined> {
  if (accepted.size === 0) return undefined;
  const { verifyCommand } = await import('../run/verification/verify-command.ts');
  const { journalRoot } = await import('../run/journal/folder.ts');
  return verifyCommand({
    command,
    most: runs,
    timeLimit: timeout * 1000,
    level,
    composition,
    accepted,
    cwd,
    top: journalRoot(cwd),
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onProgress: (progress) => onEvent({ type: 'verify', progress }) }),
  });
}

/** Whether a dirty tree stands against writing, so that there is no use in verifying: it is told at once. */
async function isInVain(
  changes: readonly FileChange[],
  { dryRun, allowDirty }: WritingRequest,
): Promise<boolean> {
  const { whyDirty } = await import('../run/dirty.ts');
  return (
    dryRun !== true && allowDirty !== true && (await whyDirty(changes.map(({ path }) => path))) !== undefined
  );
}

/** A plan with what the command passes with, and what the runs of the command came to. */
export interface VerifiedPlan {
  readonly made: Planned;
  readonly verified?: CommandVerified;
}

/**
 * A plan with what the command of `writing` passes with, where there is one.
 * @throws the signal's reason once it is aborted: then no copy is left behind.
 */
export async function verifiedPlan(
  made: Planned,
  writing: WritingRequest,
  watched: Watched,
): Promise<VerifiedPlan> {
  const { verify: asked } = writing;
  if (asked === undefined) return { made };
  checkVerification(asked);
  if (await isInVain(made.changes, writing)) return { made };
  const { idsOf } = await import('../run/composition.ts');
  const { cwd } = made;
  const accepted = new Set(idsOf(made));
  const verified = await verify(asked, { ...watched, composition: made, accepted, cwd });
  if (verified === undefined) return { made };
  const { verifiedPlan: withVerified } = await import('../run/verification/verified-plan.ts');
  return { made: { ...made, ...withVerified(made, verified, cwd) }, verified };
}

/** What is applied of a plan: with what the command passes that was asked for. */
export interface VerifiedSubset {
  readonly subset: Subset;
  /** Why nothing was verified, where nothing was. */
  readonly failures: readonly Failure[];
  readonly verified?: CommandVerified;
}

/**
 * What of `subset` the command of `writing` passes with, where there is one. `root` is the folder of the plan.
 * @throws the signal's reason once it is aborted: then no copy is left behind.
 */
export async function verifiedSubset(
  { composition, root }: { readonly composition: Composition; readonly root: string },
  subset: Subset,
  writing: WritingRequest & { readonly cwd: string },
  watched: Watched,
): Promise<VerifiedSubset> {
  const { verify: asked, cwd } = writing;
  if (asked === undefined) return { subset, failures: [] };
  checkVerification(asked);
  if (await isInVain([...subset.texts.values()], writing)) return { subset, failures: [] };
  const { isInFolder, realPath } = await import('../run/real-path.ts');
  const here = isInFolder(realPath(root), realPath(cwd)) ? cwd : root;
  const accepted = new Set(subset.applied.map(({ id }) => id));
  const verified = await verify(asked, { ...watched, composition, accepted, cwd: here });
  if (verified === undefined) return { subset, failures: [] };
  const { leftOutBy, verifyFailures } = await import('../run/verification/verified-plan.ts');
  const leftOut = [...subset.leftOut, ...leftOutBy(verified)];
  const failures = verified.refusal === undefined ? [] : verifyFailures(verified, [], here);
  return { subset: { ...verified.subset, leftOut }, failures, verified };
}
