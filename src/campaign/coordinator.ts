import { setMaxListeners } from 'node:events';
import { inJournal } from '../run/journal/in-journal.ts';
import { locked } from '../run/journal/lock.ts';
import { digestOf, type Job } from './job.ts';
import type { JobResult, Outcome, Step } from './outcome.ts';
import { fileOf, makeStateFolder } from './state/folder.ts';
import { forget, keepResult, readOutcome, writeRecord, type CampaignRecord } from './state/kept.ts';
import { append } from './state/log.ts';

/** What a coordinator wants to know of a job under way. */
export interface JobWatch {
  readonly onBegin: () => void;
  readonly onStep: (step: Step) => void;
  /** Nobody works on it any more, and it has no result: it is to be begun anew. */
  readonly onLost: () => void;
  /** Absolute path of the file that takes what the process and its commands say. */
  readonly log: string;
  readonly signal: AbortSignal;
}

/** A job that is done. */
export interface DoneJob {
  readonly result: JobResult;
  /** To be called once the result is kept. */
  readonly release?: () => Promise<void>;
}

/** Who does jobs: this machine, or others. */
export interface JobDoer {
  /** How many are handed over at once. */
  readonly concurrency: number;
  /** Is told once, before all, which jobs of the campaign have no outcome; not all of them have to be wanted now. */
  readonly prepare?: (unfinished: readonly Job[]) => Promise<void>;
  /** Does a job; undefined where the signal of `watch` has stopped it. */
  readonly perform: (job: Job, watch: JobWatch) => Promise<DoneJob | undefined>;
}

/** What a coordinator is to do. */
export interface CoordinatorRequest {
  /** All jobs of the campaign. */
  readonly jobs: readonly Job[];
  /** Those of them that are to be done now. */
  readonly isWanted: (job: Job) => boolean;
  readonly record: Omit<CampaignRecord, 'jobs'>;
  /** Absolute path of the folder of the campaign. */
  readonly state: string;
  readonly doer: JobDoer;
  /** Whether what failed is done again. */
  readonly retryFailed: boolean;
  /** Whether everything is done again. */
  readonly isFresh: boolean;
  readonly onEvent?: (event: CoordinatorEvent) => void;
  /** Stops: what is under way is ended, and done again by the next start. */
  readonly signal: AbortSignal;
}

/** What happens to a job. */
export type CoordinatorEvent =
  /** `waiting` jobs are to be done now, `atOnce` at most beside each other; `kept` were done by an earlier start. */
  | { readonly kind: 'start'; readonly waiting: number; readonly kept: number; readonly atOnce: number }
  | { readonly kind: 'begin'; readonly repository: string }
  | { readonly kind: 'step'; readonly repository: string; readonly step: Step }
  | {
      readonly kind: 'end';
      readonly repository: string;
      readonly outcome: Outcome;
      readonly seconds: number;
    };

/** The outcome of a job that need not be done again; what it came to else is forgotten. */
async function keptOutcome(job: Job, request: CoordinatorRequest): Promise<Outcome | undefined> {
  const { state, retryFailed, isFresh, isWanted } = request;
  // One that cannot be read is as good as none.
  const outcome = await readOutcome(state, job.name).catch(() => undefined);
  const isSame = outcome?.job === digestOf(job);
  if (isSame && !isWanted(job)) return outcome;
  if (isSame && !isFresh && !(outcome.state === 'failed' && retryFailed)) return outcome;
  if (isWanted(job)) await forget(state, job.name);
  return undefined;
}

/** Has one job done, and keeps what comes of it. */
async function doJob(job: Job, request: CoordinatorRequest): Promise<Outcome | undefined> {
  const { state, doer, onEvent, signal } = request;
  const { name: repository } = job;
  let begun: number | undefined;
  const begin = (): void => {
    begun = performance.now();
    append(state, { event: 'begin', repository });
    onEvent?.({ kind: 'begin', repository });
  };
  const done = await doer.perform(job, {
    log: fileOf(state, 'logs', repository),
    signal,
    onBegin: begin,
    onStep: (step) => {
      append(state, { event: 'step', repository, step });
      onEvent?.({ kind: 'step', repository, step });
    },
    onLost: () => append(state, { event: 'stopped', repository }),
  });
  if (done === undefined) {
    if (begun !== undefined) append(state, { event: 'stopped', repository });
    return undefined;
  }
  const { result, release } = done;
  const { outcome } = result;
  if (begun === undefined) begin();
  await inJournal(state, () => keepResult(state, result));
  append(state, { event: 'end', repository, state: outcome.state });
  const seconds = (performance.now() - (begun ?? 0)) / 1000;
  onEvent?.({ kind: 'end', repository, outcome, seconds });
  await release?.();
  return outcome;
}

async function coordinateLocked(
  request: CoordinatorRequest,
): Promise<ReadonlyMap<string, Outcome | undefined>> {
  const { jobs, record, state, doer, signal, isWanted } = request;
  await writeRecord(state, {
    ...record,
    jobs: jobs.map((job) => ({ repository: job.name, digest: digestOf(job) })),
  });
  append(state, { event: 'start' });
  const outcomes = new Map<string, Outcome | undefined>();
  const waiting: Job[] = [];
  for (const job of jobs) {
    const kept = await keptOutcome(job, request);
    outcomes.set(job.name, kept);
    if (kept === undefined && isWanted(job)) waiting.push(job);
  }
  const kept = [...outcomes.values()].filter((one) => one !== undefined).length;
  request.onEvent?.({ kind: 'start', waiting: waiting.length, kept, atOnce: doer.concurrency });
  await doer.prepare?.(jobs.filter(({ name }) => outcomes.get(name) === undefined));
  // Where the disk is full, say, there is no use in going on: the others are stopped, and waited for.
  const broken = new AbortController();
  const either = AbortSignal.any([signal, broken.signal]);
  setMaxListeners(0, either);
  const work = async (): Promise<void> => {
    try {
      for (let job = waiting.shift(); job !== undefined && !either.aborted; job = waiting.shift())
        outcomes.set(job.name, await doJob(job, { ...request, signal: either }));
    } catch (error) {
      broken.abort();
      throw error;
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: Math.min(doer.concurrency, waiting.length) }, work),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  append(state, { event: 'stop' });
  return outcomes;
}

/**
 * Does the jobs of a campaign that are not done yet, several at once.
 * @returns the outcome of each by the name of its repository, in the order of the jobs; undefined where it is not done.
 * @throws {HeldError} when another coordinator works on the campaign; a JournalError where something cannot be kept.
 */
export async function coordinate(
  request: CoordinatorRequest,
): Promise<ReadonlyMap<string, Outcome | undefined>> {
  await makeStateFolder(request.state);
  return locked(request.state, () => coordinateLocked(request));
}
