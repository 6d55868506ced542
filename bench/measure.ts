import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cost } from './statistics.ts';

/** A command that is measured. */
export interface Command {
  readonly words: readonly [string, ...string[]];
  readonly cwd: string;
  /** Beside the variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it gets on its standard input. */
  readonly input?: string;
}

/** How a run ended. */
export interface Ran extends Cost {
  /** Undefined where it was stopped at the limit: its costs are the least that it would have had then. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds between two looks at the memory. */
const LOOK_EVERY = 20;

/** What bash tells of the command: wall clock, user and system time, in seconds; those of all its children are in it. */
const TIMED = `TIMEFORMAT='%3R %3U %3S'; exec 3>&2 4>"$BENCH_USAGE"; { time "$@" 2>&3; } 2>&4`;

/** The processes that `pid` started, and those that these started, with `pid` itself. */
function treeOf(pid: number): number[] {
  const found = [pid];
  for (const one of found) {
    try {
      for (const thread of readdirSync(`/proc/${one}/task`))
        for (const child of readFileSync(`/proc/${one}/task/${thread}/children`, 'utf8').split(' '))
          if (child !== '') found.push(Number(child));
    } catch {
      // It has ended.
    }
  }
  return found;
}

const KIB_OF_A_MIB = 1024;

/** What /proc says under `key` of a process that may have ended, in MiB. */
function memoryOf(status: string, key: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return kib === undefined ? 0 : Number(kib) / KIB_OF_A_MIB;
}

/** Looks now and then at the memory of a process and all that it started. */
function watchMemory(root: number): { readonly stop: () => number | undefined } {
  let most = 0;
  const look = (): void => {
    let sum = 0;
    for (const pid of treeOf(root)) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        sum += memoryOf(status, 'VmRSS');
        // What one of them held at its most is exact; what all held together is as of one look.
        most = Math.max(most, memoryOf(status, 'VmHWM'));
      } catch {
        // It has ended.
      }
    }
    most = Math.max(most, sum);
  };
  const timer = setInterval(look, LOOK_EVERY);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      return most === 0 ? undefined : most;
    },
  };
}

/** Resolves when it ends, or has been stopped with all its processes after `seconds`. */
function ended(child: ChildProcess, seconds: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      // It leads a group of its own, in which all are that it started.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const leave = (): void => {
      stop();
      process.exit(130);
    };
    const timer = setTimeout(stop, seconds * 1000);
    // Ctrl-C does not reach another group.
    process.once('SIGINT', leave);
    const tidy = (): void => {
      clearTimeout(timer);
      process.off('SIGINT', leave);
    };
    child.once('error', (error) => {
      tidy();
      reject(error);
    });
    child.once('exit', (code) => {
      tidy();
      resolve(isStopped ? undefined : (code ?? undefined));
    });
  });
}

/**
 * Runs a command to its end, or stops it after `limit` seconds, and tells what it cost. Its output goes to files in `scratch`, so that
 * nobody waits for a reader.
 * @throws {Error} where it cannot be started.
 */
export async function run(command: Command, limit: number, scratch: string): Promise<Ran> {
  const { words, cwd, env = {}, input = '' } = command;
  const [inPath, outPath, errPath, usage] = ['stdin', 'stdout', 'stderr', 'usage'].map((name) =>
    join(scratch, name),
  ) as [string, string, string, string];
  writeFileSync(inPath, input);
  writeFileSync(usage, '');
  const files = [openSync(inPath, 'r'), openSync(outPath, 'w'), openSync(errPath, 'w')] as const;
  const began = performance.now();
  const child = spawn('bash', ['-c', TIMED, 'bash', ...words], {
    cwd,
    env: { ...process.env, ...env, BENCH_USAGE: usage, NO_COLOR: '1' },
    stdio: [...files],
    detached: true,
  });
  for (const file of files) closeSync(file);
  const watch = child.pid === undefined ? undefined : watchMemory(child.pid);
  const code = await ended(child, limit);
  const elapsed = (performance.now() - began) / 1000;
  const memory = watch?.stop();
  const [wall = elapsed, user = 0, system = 0] = readFileSync(usage, 'utf8')
    .trim()
    .split(' ')
    .flatMap(asNumber);
  return {
    wall,
    cpu: user + system,
    memory,
    code,
    stdout: readFileSync(outPath, 'utf8'),
    stderr: readFileSync(errPath, 'utf8'),
  };
}

const asNumber = (text: string): number[] => (text === '' ? [] : [Number(text)]);
