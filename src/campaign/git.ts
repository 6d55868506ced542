import { printedByProgram } from './printed.ts';
import { StepError, type Step } from './outcome.ts';
import { withoutSecret } from './repositories.ts';

/** No hook of anybody's runs for what we do, and nothing is tidied up while another process is at work. */
const OURS = ['-c', 'core.hooksPath=/dev/null', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];

/** How many lines of what git says are told. */
const MOST_LINES = 5;

/** A command of git, of one step of a job. */
export interface GitRequest {
  readonly step: Step;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** What git said that went wrong, without passwords and progress. */
const saidBy = (stderr: string): string =>
  withoutSecret(stderr)
    .split(/[\r\n]+/)
    // The other side of a path ends its last words with a NUL.
    .map((line) => line.replaceAll('\0', '').trim())
    .filter((line) => line !== '' && !/^(?:hint:|remote: *$|warning:)/.test(line))
    .slice(-MOST_LINES)
    .join('; ');

/** What a command of git prints, or undefined where it fails. */
export async function askedGit(
  { cwd, signal }: Omit<GitRequest, 'step'>,
  words: readonly string[],
): Promise<string | undefined> {
  const { stdout, failure } = await printedByProgram({
    program: 'git',
    words: [...OURS, ...words],
    cwd,
    signal,
  });
  return failure === undefined ? stdout : undefined;
}

/**
 * What a command of git prints.
 * @throws {StepError} with what it says where it fails; the reason of the signal.
 */
export async function git({ step, cwd, signal }: GitRequest, ...words: readonly string[]): Promise<string> {
  const printed = await printedByProgram({ program: 'git', words: [...OURS, ...words], cwd, signal });
  if (printed.failure === undefined) return printed.stdout;
  throw new StepError(step, `git ${words[0] ?? ''} fails: ${saidBy(printed.stderr) || printed.failure}`);
}
