/** A folder for the demo and the processes that work in it, all of which end with it. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a process is started. */
export interface Start {
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdio: StdioOptions;
}

/** What a process printed, and how it ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder and what runs in it. */
export interface Workshop {
  /** Absolute path. */
  readonly folder: string;
  start(command: string, words: readonly string[], options: Start): ChildProcess;
  /** Runs a process to its end. Throws where it cannot be started. */
  run(command: string, words: readonly string[], options: Omit<Start, 'stdio'>): Promise<Ended>;
  /** Ends every process that still runs, with those that it started, and removes the folder. May be called twice. */
  close(): void;
}

/** Without what a git hook sets for its own repository. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

/** Ends a process and those that it started: it leads a group, where groups exist. */
function end(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Makes a folder whose name begins with `prefix`, below that for temporary files. */
export function openWorkshop(prefix: string): Workshop {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}-`));
  const running = new Set<ChildProcess>();

  const start: Workshop['start'] = (command, words, { cwd, env, stdio }) => {
    const child = spawn(command, words, {
      cwd,
      env: { ...ownEnvironment(), ...env },
      stdio,
      detached: true,
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  return {
    folder,
    start,
    run: (command, words, options) =>
      new Promise((resolve, reject) => {
        const child = start(command, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
        const texts = { stdout: '', stderr: '' };
        for (const name of ['stdout', 'stderr'] as const)
          child[name]?.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, ...texts }));
      }),
    close: () => {
      for (const child of running) end(child);
      // A process that was just ended may still be writing.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
