import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { digestOf, type Job } from './job.ts';
import type { JobResult, Step } from './outcome.ts';
import type { Place } from './place.ts';
import { Descendants } from './descendants.ts';
import type { JobAnswer, JobEntry, JobMessage } from './protocol.ts';
import { withoutSecret } from './repositories.ts';

/** How a job is run in a process of its own. */
export interface ProcessRequest {
  readonly entry: JobEntry;
  readonly place: Place;
  /** Absolute path of the file that takes what the process and its commands say. */
  readonly log: string;
  readonly onStep: (step: Step) => void;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** Milliseconds that a process has to end by itself once it was asked to. */
const GRACE = 5000;
/** Milliseconds after which its memory is looked at again. */
const LOOKED_AFTER = 500;
const MIB = 2 ** 20;
/** The part of the memory limit that the process itself may have as heap; the rest is for what it starts. */
const OF_HEAP = 0.75;

/** What comes of a job that gave no result. */
export function withoutResult(job: Job, step: Step, reason: string): JobResult {
  return {
    outcome: {
      format: 1,
      repository: job.name,
      source: withoutSecret(job.source),
      ...(job.ref === undefined ? {} : { ref: job.ref }),
      job: digestOf(job),
      state: 'failed',
      step,
      reason,
      counts: [],
      failures: [],
      changes: [],
      commits: [],
    },
    findings: [],
    patch: '',
    summary: '',
  };
}

/** Why a process ended without a result. */
function whyEnded(code: number | null, signal: NodeJS.Signals | null, { memory }: Job['limits']): string {
  // Node aborts where its heap is full.
  if (signal === 'SIGABRT' || code === 134) return `the memory limit was reached (${memory} MiB)`;
  return signal === null
    ? `its process ended with exit code ${code ?? 0}, see its log`
    : `its process was ended by ${signal}`;
}

/**
 * Does a job in a process of its own, which may take the time and the memory of the job's limits. One that dies, hangs or takes more has failed; all that it
 * started ends with it.
 * @returns undefined where `signal` has stopped it.
 */
export async function runInProcess(job: Job, request: ProcessRequest): Promise<JobResult | undefined> {
  const { entry, place, log, onStep, signal } = request;
  if (signal.aborted) return undefined;
  const { time, memory } = job.limits;
  const output = openSync(log, 'w', 0o600);
  const child = fork(entry.module, [], {
    execArgv: [...entry.words, `--max-old-space-size=${Math.round(memory * OF_HEAP)}`],
    cwd: place.cache,
    // A group of its own: Ctrl-C is for the coordinator, which stops all in order.
    detached: process.platform !== 'win32',
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  let step: Step = 'clone';
  let result: JobResult | undefined;
  let failed: string | undefined;
  const timers: NodeJS.Timeout[] = [];
  const descendants = child.pid === undefined ? undefined : new Descendants(child.pid);
  const stop = (): void => {
    // Those of a process that ends are nobody's, and would not be found any more.
    descendants?.look();
    child.kill('SIGTERM');
    timers.push(setTimeout(() => descendants?.kill(), GRACE));
  };
  const fail = (reason: string): void => {
    if (failed !== undefined) return;
    failed = reason;
    stop();
  };
  timers.push(setTimeout(() => fail(`the time limit was reached (${time} s)`), time * 1000));
  timers.push(
    setInterval(() => {
      if ((descendants?.look() ?? 0) > memory * MIB) fail(`the memory limit was reached (${memory} MiB)`);
    }, LOOKED_AFTER),
  );
  signal.addEventListener('abort', stop, { once: true });
  child.on('message', (answer: JobAnswer) => {
    if (answer.kind === 'result') result = answer.result;
    else onStep((step = answer.step));
  });
  const message: JobMessage = { job, place };
  try {
    const ended = await new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(`its process cannot be started: ${error.message}`));
      // Not at `exit`: what it has sent may still be on the way.
      child.on('close', (code, killedBy) => resolve(whyEnded(code, killedBy, job.limits)));
      child.send(message, () => undefined);
    });
    descendants?.kill();
    if (result !== undefined) return result;
    if (signal.aborted) return undefined;
    return withoutResult(job, step, failed ?? ended);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
