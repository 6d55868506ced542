import type { Colors } from 'picocolors/types.js';
import type { Argv } from 'yargs';
import type { Failure, FileChange } from '../run/plan.ts';
import type { Subset } from '../run/subset.ts';
import type { Composition } from '../run/composition.ts';
import type { CommandVerified, VerifyProgress } from '../run/verification/verify-command.ts';
import { interruptible } from './interruptible.ts';
import type { MadePlan } from './make-plan.ts';
import { send, type Output, type Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** What may be typed of a command that verifies. */
export interface VerifyArguments {
  readonly verify?: string | undefined;
  readonly verifyRuns?: string | undefined;
  readonly verifyTimeout?: string | undefined;
  readonly verifyLevel?: string | undefined;
}

/** The baseline, all changes, and one more. */
const FEWEST_RUNS = 3;
const MOST_RUNS = 25;
const TIME_LIMIT = 600;

/** The options of a verification, as typed. */
interface Asked {
  readonly command: string;
  readonly most: number;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly level: 'safe' | 'review';
}

/** Declares the options of a verification. */
export const withVerifyOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('verify', {
      type: 'string',
      requiresArg: true,
      describe:
        'A command, such as "npm test", that has to pass with the result: it runs in a copy of the project, and the changes with which it fails are found and left out',
    })
    .option('verify-runs', {
      type: 'string',
      requiresArg: true,
      describe: `How many times the command may run; what is not verified by then is left out [${MOST_RUNS}]`,
    })
    .option('verify-timeout', {
      type: 'string',
      requiresArg: true,
      describe: `Seconds for one run of the command, which has failed then [${TIME_LIMIT}]`,
    })
    .option('verify-level', {
      choices: ['safe', 'review'] as const,
      requiresArg: true,
      describe:
        'Which changes may be to blame: all, or with review only those that want a review, which takes fewer runs [safe]',
    });

function numberOf(name: string, typed: string | undefined, usual: number, least: number): number {
  if (typed === undefined) return usual;
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isInteger(value) || value < least)
    throw new UsageError(`--${name} is a whole number from ${least} on, not ${JSON.stringify(typed)}.`);
  return value;
}

/** What is asked for; undefined where nothing is. */
function askedOf({ verify, verifyRuns, verifyTimeout, verifyLevel }: VerifyArguments): Asked | undefined {
  const most = numberOf('verify-runs', verifyRuns, MOST_RUNS, FEWEST_RUNS);
  const seconds = numberOf('verify-timeout', verifyTimeout, TIME_LIMIT, 1);
  if (verify === undefined) {
    const options = {
      'verify-runs': verifyRuns,
      'verify-timeout': verifyTimeout,
      'verify-level': verifyLevel,
    };
    const [name] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
    if (name === undefined) return undefined;
    throw new UsageError(`--${name} needs a command: --verify "npm test".`);
  }
  if (verify.trim() === '') throw new UsageError('--verify needs a command, such as "npm test".');
  return {
    command: verify,
    most,
    timeLimit: seconds * 1000,
    level: verifyLevel === 'review' ? 'review' : 'safe',
  };
}

/** Throws where the options of a verification are not such that they can be followed. */
export function checkVerifyArguments(typed: VerifyArguments): void {
  askedOf(typed);
}

/** Tells how far a verification is: on a line of its own, which a terminal shows anew each time. */
function progressOn(stderr: Output, command: string) {
  let isShown = false;
  const show = (text: string): void => {
    stderr.write(stderr.isTTY === true ? `\r\u001b[K${text}` : `${text}\n`);
    isShown = true;
  };
  return {
    update(progress: VerifyProgress): void {
      if (progress.stage === 'copy') show(`Copying the project to run \`${command}\` on the result`);
      else {
        const { run, most, suspects } = progress;
        const left = `${suspects} ${suspects === 1 ? 'suspect' : 'suspects'} left`;
        show(
          `\`${command}\`: run ${run} of at most ${most}${run === 1 ? ', without any change' : `: ${left}`}`,
        );
      }
    },
    end(): void {
      if (isShown && stderr.isTTY === true) stderr.write('\r\u001b[K');
    },
  };
}

/**
 * Runs the command that was asked for on what `accepted`, ids of proposals, make of the files. Ctrl-C stops it, and leaves no copy behind.
 * @returns undefined where nothing was asked for, or there is nothing to verify; `'stopped'` after Ctrl-C.
 * @throws {UsageError} for options that cannot be followed.
 */
export async function verifyTyped(
  composition: Composition,
  accepted: ReadonlySet<string>,
  typed: VerifyArguments,
  { cwd, stderr }: Pick<Surroundings, 'cwd' | 'stderr'>,
): Promise<CommandVerified | 'stopped' | undefined> {
  const asked = askedOf(typed);
  if (asked === undefined || accepted.size === 0) return undefined;
  const { verifyCommand } = await import('../run/verification/verify-command.ts');
  const { journalRoot } = await import('../run/journal/folder.ts');
  const progress = progressOn(stderr, asked.command);
  return interruptible(
    stderr,
    async (signal) => {
      try {
        const request = { ...asked, composition, accepted, cwd, top: journalRoot(cwd), signal };
        return await verifyCommand({ ...request, onProgress: progress.update });
      } catch (error) {
        if (signal.aborted) return 'stopped';
        throw error;
      } finally {
        progress.end();
      }
    },
    '\nStopping; nothing is written, and the copy is removed.',
  );
}

/** What says whether a dirty tree may be written to. */
interface WriteArguments {
  readonly dryRun: boolean;
  readonly allowDirty: boolean;
}

/** Whether a dirty tree stands against writing, so that there is no use in verifying: it is told at once. */
async function isInVain(
  changes: readonly FileChange[],
  { dryRun, allowDirty }: WriteArguments,
): Promise<boolean> {
  const { whyDirty } = await import('../run/dirty.ts');
  return !dryRun && !allowDirty && (await whyDirty(changes.map(({ path }) => path))) !== undefined;
}

/** A plan for a run with what the command passes with that was asked for; `'stopped'` after Ctrl-C. */
export async function verifiedRun(
  made: MadePlan,
  typed: VerifyArguments & WriteArguments,
  surroundings: Surroundings,
): Promise<{ readonly made: MadePlan; readonly verified?: CommandVerified } | 'stopped'> {
  if (typed.verify === undefined || (await isInVain(made.plan.changes, typed))) return { made };
  const { idsOf } = await import('../run/composition.ts');
  const verified = await verifyTyped(made.plan, new Set(idsOf(made.plan)), typed, surroundings);
  if (verified === 'stopped') return verified;
  if (verified === undefined) return { made };
  const { verifiedPlan } = await import('../run/verification/verified-plan.ts');
  return { made: { ...made, plan: verifiedPlan(made.plan, verified, surroundings.cwd) }, verified };
}

/** What is applied of a plan: with what the command passes that was asked for. */
export interface VerifiedSubset {
  readonly subset: Subset;
  /** Why nothing was verified, where nothing was. */
  readonly failures: readonly Failure[];
  readonly verified?: CommandVerified;
}

/** What of `subset` the command passes with that was asked for; `'stopped'` after Ctrl-C. `root` is the folder of the plan. */
export async function verifiedSubset(
  composition: Composition,
  subset: Subset,
  root: string,
  typed: VerifyArguments & WriteArguments,
  { cwd, stderr }: Surroundings,
): Promise<VerifiedSubset | 'stopped'> {
  if (typed.verify === undefined || (await isInVain([...subset.texts.values()], typed)))
    return { subset, failures: [] };
  const { isInFolder, realPath } = await import('../run/real-path.ts');
  const here = isInFolder(realPath(root), realPath(cwd)) ? cwd : root;
  const accepted = new Set(subset.applied.map(({ id }) => id));
  const verified = await verifyTyped(composition, accepted, typed, { cwd: here, stderr });
  if (verified === 'stopped') return verified;
  if (verified === undefined) return { subset, failures: [] };
  const { leftOutBy, verifyFailures } = await import('../run/verification/verified-plan.ts');
  const leftOut = [...subset.leftOut, ...leftOutBy(verified)];
  const failures = verified.refusal === undefined ? [] : verifyFailures(verified, [], here);
  return { subset: { ...verified.subset, leftOut }, failures, verified };
}

/** Tells what the verification of a run came to, where there was one. */
export async function tellVerified(
  verified: CommandVerified | undefined,
  { cwd, stderr }: Surroundings,
  colors: Colors,
): Promise<void> {
  if (verified === undefined) return;
  const { culpritLines, verificationLines } = await import('../review/verification.ts');
  send(stderr, verificationLines(verified, colors));
  send(stderr, culpritLines(verified, cwd, colors));
}
