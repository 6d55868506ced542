import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Options, Proposal } from '../transform.ts';
import type { Asked } from './asked.ts';
import type { Failure } from './inspect.ts';

/** What every worker is told once. Plain data. */
export interface WorkerTask {
  /** The folder of the run. */
  readonly cwd: string;
  /** The folder that ids are relative to. */
  readonly root: string;
  /** Milliseconds of computing that one transform may take for one file. */
  readonly fileTimeLimit: number;
  /** Whether to tell what was asked for each file. */
  readonly isRecorded: boolean;
  /** Built-in ones. */
  readonly transforms: readonly { readonly id: string; readonly options: Options }[];
}

/** A file to inspect. */
export interface GivenFile {
  /** Absolute path. */
  readonly path: string;
  /** Without byte order mark. */
  readonly text: string;
  /** The places in `WorkerTask.transforms` of those that look at it. */
  readonly by: readonly number[];
}

/** What the transforms found in one file. */
export interface FileInspected {
  readonly path: string;
  readonly isParsed: boolean;
  readonly proposals: readonly Proposal[];
  readonly failures: readonly Failure[];
}

/** The same, with what was asked for it beside its text, where that is known. */
export interface FileAnswer extends FileInspected {
  readonly asked?: readonly Asked[] | undefined;
}

/** What a worker answers to some files. */
export interface WorkerAnswer {
  readonly files: readonly FileAnswer[];
  /** The milliseconds that each transform took, by its id. */
  readonly times: ReadonlyMap<string, number>;
  /** What was read of other files; undefined where there is none. */
  readonly asked: ReadonlyMap<string, string | undefined>;
}

/** Starts a worker that runs `inspect-worker`, with `task` as its data. */
export type StartWorker = (task: WorkerTask) => Worker;

/** Fewer UTF-16 units than these in all files are inspected sooner than a worker has loaded the parsers. */
const FEWEST_UNITS = 1_500_000;
/** As many UTF-16 units as a worker is given at once: small, so that all end at the same time. */
const BATCH_UNITS = 200_000;

/** Whether workers are worth their start for these files. */
export const isWorthWorkers = (files: readonly GivenFile[]): boolean =>
  availableParallelism() > 1 && files.reduce((sum, { text }) => sum + text.length, 0) >= FEWEST_UNITS;

function* batchesOf(files: readonly GivenFile[]): Generator<GivenFile[]> {
  let batch: GivenFile[] = [];
  let units = 0;
  for (const file of files) {
    batch.push(file);
    units += file.text.length;
    if (units < BATCH_UNITS) continue;
    yield batch;
    batch = [];
    units = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Hands out batches to `count` workers: to each the next of a stretch of its own, since what is found out of a package once serves all files
 * beside it, and at the end the last ones of the longest stretch that is left.
 */
function dealerOf(
  batches: readonly GivenFile[][],
  count: number,
): (worker: number) => GivenFile[] | undefined {
  const stretches = Array.from({ length: count }, (_, at) =>
    batches.slice(Math.round((at * batches.length) / count), Math.round(((at + 1) * batches.length) / count)),
  );
  return (worker) => {
    const own = stretches[worker]?.shift();
    return own ?? stretches.toSorted((a, b) => b.length - a.length)[0]?.pop();
  };
}

/** The worker's answer to `batch`; undefined where it died. */
function answerOf(worker: Worker, batch: readonly GivenFile[]): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve) => {
    const answer = (given: WorkerAnswer): void => done(given);
    const die = (): void => done(undefined);
    const done = (given: WorkerAnswer | undefined): void => {
      worker.off('message', answer).off('exit', die);
      resolve(given);
    };
    worker.on('message', answer).on('exit', die);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows of a browser.
    worker.postMessage(batch);
  });
}

/** How far workers go and whom they tell. */
export interface PoolRequest {
  readonly task: WorkerTask;
  readonly start: StartWorker;
  readonly onAnswer: (answer: WorkerAnswer) => void;
  /** Whether no further file is to be looked at; asked before each batch. */
  readonly isEnded: () => boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Has `files` inspected by worker threads, as many as there are processors. Files of which no answer is told are left to the caller: those
 * after the end, and those that a worker had when it died, as for want of memory.
 * @throws the reason of `signal` once it is aborted.
 */
export async function inspectInWorkers(
  files: readonly GivenFile[],
  { task, start, onAnswer, isEnded, signal }: PoolRequest,
): Promise<void> {
  const batches = [...batchesOf(files)];
  const count = Math.min(availableParallelism(), batches.length);
  const workers = Array.from({ length: count }, () => start(task));
  const next = dealerOf(batches, count);
  // What kills one is not lost on anybody: its files are inspected by the caller, who will see the same.
  for (const worker of workers) worker.on('error', () => undefined);
  const end = (): void => {
    for (const worker of workers) void worker.terminate();
  };
  signal?.addEventListener('abort', end);
  try {
    const work = async (worker: Worker, at: number): Promise<void> => {
      for (let batch = next(at); batch !== undefined && !isEnded(); batch = next(at)) {
        const answer = await answerOf(worker, batch);
        if (answer === undefined) return;
        onAnswer(answer);
      }
    };
    await Promise.all(workers.map(work));
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
