import type { Colors } from 'picocolors/types.js';
import type { Argv } from 'yargs';
import type { HastenEvent, Verification, Watched, WritingRequest } from '../api/request.ts';
import { FEWEST_RUNS, MOST_RUNS, TIME_LIMIT } from '../api/verify.ts';
import { UsageError } from '../errors.ts';
import type { CommandVerified } from '../run/verification/verify-command.ts';
import { interruptible } from './interruptible.ts';
import { send, type Output, type Surroundings } from './surroundings.ts';

/** What may be typed of a command that verifies. */
export interface VerifyArguments {
  readonly verify?: string | undefined;
  readonly verifyRuns?: string | undefined;
  readonly verifyTimeout?: string | undefined;
  readonly verifyLevel?: string | undefined;
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

/**
 * What is to be verified; undefined where nothing is.
 * @throws {UsageError} for options that cannot be followed.
 */
export function verification({
  verify,
  verifyRuns,
  verifyTimeout,
  verifyLevel,
}: VerifyArguments): Verification | undefined {
  const runs = numberOf('verify-runs', verifyRuns, MOST_RUNS, FEWEST_RUNS);
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
    runs,
    timeout: seconds,
    level: verifyLevel === 'review' ? 'review' : 'safe',
  };
}

/** Tells how far a verification is: on a line of its own, which a terminal shows anew each time. */
function progressOn(stderr: Output, command: string) {
  let isShown = false;
  const show = (text: string): void => {
    stderr.write(stderr.isTTY === true ? `\r\u001b[K${text}` : `${text}\n`);
    isShown = true;
  };
  return {
    update(event: HastenEvent): void {
      if (event.type !== 'verify') return;
      const { progress } = event;
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
 * Lets `act` verify: tells on stderr how far it is, and stops it with Ctrl-C, which leaves no copy behind.
 * @returns undefined after Ctrl-C.
 */
export async function verifying<T>(
  { verify }: Pick<WritingRequest, 'verify'>,
  { stderr }: Pick<Surroundings, 'stderr'>,
  act: (watched: Watched) => Promise<T>,
): Promise<T | undefined> {
  if (verify === undefined) return act({});
  const progress = progressOn(stderr, verify.command);
  return interruptible(
    stderr,
    async (signal) => {
      try {
        return await act({ signal, onEvent: progress.update });
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      } finally {
        progress.end();
      }
    },
    '\nStopping; nothing is written, and the copy is removed.',
  );
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
