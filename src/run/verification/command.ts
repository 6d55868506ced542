import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { gitEnvironment } from '../git-list.ts';

/** A command for a shell, and where it runs. */
export interface CommandRequest {
  readonly command: string;
  /** Absolute path. */
  readonly cwd: string;
  /** Milliseconds after which it is stopped; it has failed then. */
  readonly timeLimit: number;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** What it finds in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of a command. */
export interface CommandRun {
  readonly passed: boolean;
  /** How it ended, unless it passed: "exit code 1". */
  readonly ending: string;
  /** The end of what it wrote to both outputs, without colors. */
  readonly output: string;
}

/** How many bytes of an output are kept. */
const MOST_KEPT = 64 * 1024;
/** Milliseconds that a command has to end by itself once it was asked to. */
const GRACE = 2000;

/** Sends `signal` to a command and everything that it started. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    // Its own group, so that what a shell started is reached too; Windows has no groups.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended.
  }
}

/** The end of what is added to it. */
class Tail {
  private chunks: Buffer[] = [];
  private size = 0;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size - (this.chunks[0]?.length ?? 0) > MOST_KEPT)
      this.size -= this.chunks.shift()?.length ?? 0;
  }

  text(): string {
    return stripVTControlCharacters(Buffer.concat(this.chunks).toString()).replaceAll('\r\n', '\n').trimEnd();
  }
}

/**
 * Runs a command in a shell, and ends whatever it leaves running. It gets no input, and `CI` is set unless it is already, so that no tool waits for
 * files to change or writes snapshots.
 * @throws the reason of `signal` when that stops it, once it has ended; an error of the system when there is no shell.
 */
export async function runCommand({
  command,
  cwd,
  timeLimit,
  signal,
  env = {},
}: CommandRequest): Promise<CommandRun> {
  signal?.throwIfAborted();
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { CI: 'true', ...gitEnvironment(), PWD: cwd, ...env },
  });
  const { pid } = child;
  const tail = new Tail();
  child.stdout.on('data', (chunk: Buffer) => tail.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => tail.add(chunk));
  const timers: NodeJS.Timeout[] = [];
  let isLate = false;
  const stop = (): void => {
    if (pid === undefined) return;
    signalGroup(pid, 'SIGTERM');
    timers.push(setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE));
  };
  timers.push(
    setTimeout(() => {
      isLate = true;
      stop();
    }, timeLimit),
  );
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [code, killedBy] = await new Promise<readonly [number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.on('error', reject);
        child.on('exit', (...ended) => {
          // Servers that it left running would hold the outputs open, and ports.
          if (pid !== undefined) signalGroup(pid, 'SIGKILL');
          child.on('close', () => resolve(ended));
          // One that left the group holds them all the same.
          timers.push(setTimeout(() => resolve(ended), GRACE));
        });
      },
    );
    signal?.throwIfAborted();
    const passed = code === 0 && !isLate;
    const ended = code === null ? `stopped by ${killedBy ?? 'a signal'}` : `exit code ${code}`;
    const ending = isLate ? `not done after ${timeLimit / 1000} s` : ended;
    return { passed, ending, output: tail.text() };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
    signal?.removeEventListener('abort', stop);
  }
}

/** How test runners begin the line of a test that failed. */
const FAILED_TEST = /^(?:not ok \d|FAIL\b|[✖✕✗×●] |\d+\) )/;
const ERROR = /^(?:Uncaught )?\w*(?:Error|Exception)\b.*:|\berror TS\d+:/;
/** What npm and its like write around the output of a script says only that it failed. */
const OF_THE_RUNNER = /^(?:> |(?:npm|pnpm|yarn|bun) (?:ERR!|error|warn)|ELIFECYCLE\b)/i;

/** The line of an output that says best what is wrong: the first test that failed, else the first error, else the last line. Empty where there is none. */
export function tellingLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const own = lines.filter((line) => !OF_THE_RUNNER.test(line));
  const telling = own.find((line) => FAILED_TEST.test(line)) ?? own.find((line) => ERROR.test(line));
  return telling ?? own.at(-1) ?? lines.at(-1) ?? '';
}
