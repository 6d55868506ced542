import { execFile } from 'node:child_process';
import { gitEnvironment } from '../run/git-list.ts';

/** What a program printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  /** How it ended, where that was not well. */
  readonly failure?: string;
}

/** Milliseconds that one program may take; what takes longer waits for somebody. */
const TIME_LIMIT = 1_800_000;

/** What keeps git and its like from asking a person, who is not there. */
const UNATTENDED = {
  GIT_TERMINAL_PROMPT: '0',
  GCM_INTERACTIVE: 'never',
  GH_PROMPT_DISABLED: '1',
  LC_ALL: 'C',
};

/** A program, its words, and where and with what it runs. */
export interface ProgramRequest {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program that asks nobody, and takes what it prints.
 * @throws the reason of `signal`.
 */
export async function printedByProgram({
  program,
  words,
  cwd,
  signal,
  env,
}: ProgramRequest): Promise<Printed> {
  signal?.throwIfAborted();
  const ssh = process.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes';
  const options = {
    cwd,
    env: { ...gitEnvironment(), ...UNATTENDED, GIT_SSH_COMMAND: ssh, ...env },
    maxBuffer: Infinity,
    timeout: TIME_LIMIT,
    ...(signal === undefined ? {} : { signal }),
  };
  const printed = await new Promise<Printed>((done) => {
    const child = execFile(program, words, options, (error, stdout, stderr) =>
      done({ stdout, stderr, ...(error === null ? {} : { failure: howEnded(error) }) }),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
  signal?.throwIfAborted();
  return printed;
}

/** How a program ended, without what it was given: there may be passwords in that. */
function howEnded({ code, signal, killed }: { code?: unknown; signal?: unknown; killed?: unknown }): string {
  if (killed === true) return `not done after ${TIME_LIMIT / 1000} s`;
  if (typeof code === 'number') return `exit code ${code}`;
  return code === 'ENOENT' ? 'there is no such program' : `stopped by ${String(signal ?? code)}`;
}

/** The same for a command in a shell. */
export const printedBy = (command: string, cwd: string, signal?: AbortSignal): Promise<Printed> =>
  process.platform === 'win32'
    ? printedByProgram({ program: 'cmd.exe', words: ['/d', '/s', '/c', command], cwd, signal })
    : printedByProgram({ program: '/bin/sh', words: ['-c', command], cwd, signal });
