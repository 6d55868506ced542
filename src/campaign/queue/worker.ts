import { mkdirSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { UnrecoverableError, WaitingError, Worker, type Job as Entry } from 'bullmq';
import { isHeld, locked } from '../../run/journal/lock.ts';
import { runInProcess } from '../isolated-job.ts';
import { endOfLog } from '../log-end.ts';
import type { JobResult } from '../outcome.ts';
import type { JobEntry } from '../protocol.ts';
import type { Connection } from './connection.ts';
import { doneKey, jobKey, KEPT_FOR, PREFIX, queueOf, resultKey, VERSIONS } from './keys.ts';
import { packed, type QueuedJob } from './parcel.ts';
import { mayPass } from './passing.ts';
import { Room } from './room.ts';

/** How a machine takes jobs out of a queue. */
export interface WorkRequest {
  readonly connection: Connection;
  /** The version of hasten. */
  readonly version: string;
  /** As others see it. */
  readonly name: string;
  /** How many jobs are done at once. */
  readonly concurrency: number;
  /** MiB that they may take together. */
  readonly memory: number;
  /** Absolute path of the folder for clones, work trees and what is installed, without links in it. */
  readonly cache: string;
  readonly packageRoot: string;
  readonly entry: JobEntry;
  /** Seconds without a sign of life after which another worker may take a job. */
  readonly lease: number;
  /** Seconds that jobs have to come to their end once it is to stop. */
  readonly grace: number;
  /** What happens to a job. */
  readonly onEvent: (event: WorkEvent) => void;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** What a worker does. */
export type WorkEvent =
  | { readonly kind: 'begin'; readonly repository: string; readonly campaign: string }
  | {
      readonly kind: 'end';
      readonly repository: string;
      readonly result: JobResult;
      readonly seconds: number;
    }
  /** It is tried again later, as its failure may pass. */
  | { readonly kind: 'again'; readonly repository: string; readonly reason: string }
  | { readonly kind: 'given-back'; readonly repository: string }
  /** Jobs that only another version of hasten may do. */
  | { readonly kind: 'others'; readonly version: string; readonly count: number }
  | { readonly kind: 'stopping'; readonly count: number }
  | { readonly kind: 'trouble'; readonly reason: string };

/**
 * Leaves the result of a job for its coordinator, at once or not at all. Where two workers have done it, the first one counts, also once its result
 * was fetched: then there is no such job any more, or something else is in the place of the result.
 */
const LEAVE_RESULT = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2], 'NX')
return redis.call('SADD', KEYS[3], ARGV[3])
`;

/** How many times the worker of a job may die before it is the job that is to blame. */
const MOST_DEATHS = 3;
/** Milliseconds after which a queue is asked again that did not answer. */
const TRIED_AGAIN_AFTER = 1000;
/** Milliseconds after which it is asked again whether there are jobs of other versions. */
const OTHERS_ASKED_AFTER = 15_000;
/** Milliseconds after which the folder of a worker that does not run may be removed. */
const SWEPT_AFTER = 60_000;
/** Seconds that a job which was told to stop may take, and its return to the queue. */
const RETURN_TIME = 10;

/** Removes what workers have left that were killed. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const left = join(folder, name);
    // One that has only just begun may not hold its folder yet.
    const age = Date.now() - ((await stat(left).catch(() => undefined))?.mtimeMs ?? 0);
    if (age > SWEPT_AFTER && !(await isHeld(left))) await rm(left, { recursive: true, force: true });
  }
}

/** One worker under way. */
class Work {
  private readonly request: WorkRequest;
  /** A folder that is this worker's alone. */
  private readonly own: string;
  private readonly room: Room;
  private readonly running = new Set<string>();
  /** Ends the jobs under way. */
  private readonly ended = new AbortController();

  constructor(request: WorkRequest, own: string) {
    this.request = request;
    this.own = own;
    this.room = new Room(request.memory);
  }

  /** Does a job, and leaves its result in Redis. Throws what makes BullMQ give it to somebody again. */
  private async take(entry: Entry<QueuedJob>, token: string | undefined): Promise<void> {
    const {
      connection: { redis },
      version,
      onEvent,
    } = this.request;
    const { id = '' } = entry;
    const { job, campaign } = entry.data;
    // The queue is that of this version; whoever has put it there has not looked.
    if (job.hasten !== version)
      throw new UnrecoverableError(`it was made by hasten ${job.hasten}, and this worker is ${version}`);
    // Another worker has come to its end, though it was given up.
    if ((await redis.exists(resultKey(id))) > 0) return;
    this.running.add(id);
    try {
      const { result, seconds } = await this.room.within(job.limits.memory, () => this.perform(entry));
      if (result === undefined) {
        await entry.moveToWait(token);
        onEvent({ kind: 'given-back', repository: job.name });
        throw new WaitingError();
      }
      const { outcome } = result;
      if (mayPass(outcome) && entry.attemptsMade + 1 < (entry.opts.attempts ?? 1)) {
        onEvent({ kind: 'again', repository: job.name, reason: outcome.reason ?? '' });
        throw new Error(outcome.reason);
      }
      onEvent({ kind: 'end', repository: job.name, result, seconds });
      const packet = await packed({ result: this.signed(result), log: endOfLog(this.logOf(id)) }, job);
      const keys = [jobKey(version, id), resultKey(id), doneKey(campaign)];
      await redis.eval(LEAVE_RESULT, keys.length, ...keys, packet, KEPT_FOR, id);
    } finally {
      this.running.delete(id);
      await rm(this.logOf(id), { force: true });
    }
  }

  /** A result that says on whose machine its commits are. */
  private signed(result: JobResult): JobResult {
    const { landing } = result;
    if (landing === undefined) return result;
    return { ...result, landing: { ...landing, kept: { ...landing.kept, worker: this.request.name } } };
  }

  private logOf = (id: string): string => join(this.own, `${id}.log`);

  /** Does a job in a process of its own; without a result where it was stopped. */
  private async perform(
    entry: Entry<QueuedJob>,
  ): Promise<{ readonly result: JobResult | undefined; readonly seconds: number }> {
    const { cache, packageRoot, entry: module, onEvent } = this.request;
    const { id = '' } = entry;
    const { job } = entry.data;
    const begun = performance.now();
    onEvent({ kind: 'begin', repository: job.name, campaign: job.campaign });
    const place = { cache, packageRoot, own: join(this.own, id) };
    const result = await runInProcess(job, {
      entry: module,
      place,
      log: this.logOf(id),
      signal: this.ended.signal,
      // Only for those who watch.
      onStep: (step) => void entry.updateProgress(step).catch(() => undefined),
    });
    await rm(place.own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    return { result, seconds: (performance.now() - begun) / 1000 };
  }

  /** Tells of jobs that wait for workers of another version, once for each. */
  private async tellOfOthers(told: Set<string>): Promise<void> {
    const {
      connection: { redis },
      version,
      onEvent,
    } = this.request;
    for (const other of await redis.smembers(VERSIONS)) {
      if (other === version || told.has(other)) continue;
      const count = await redis.llen(jobKey(other, 'wait'));
      if (count === 0) continue;
      told.add(other);
      onEvent({ kind: 'others', version: other, count });
    }
  }

  async run(): Promise<void> {
    const { connection, version, name, concurrency, lease, grace, onEvent, signal } = this.request;
    const worker = new Worker<QueuedJob>(queueOf(version), (entry, token) => this.take(entry, token), {
      connection: connection.redis,
      prefix: PREFIX,
      name,
      concurrency,
      lockDuration: lease * 1000,
      stalledInterval: lease * 1000,
      maxStalledCount: MOST_DEATHS,
      runRetryDelay: TRIED_AGAIN_AFTER,
    });
    worker.on('error', (error) => {
      // A lost connection is told by the connection itself.
      if (!/ECONN|EPIPE|ETIMEDOUT|closed/i.test(`${error.message} ${String(Reflect.get(error, 'code'))}`))
        onEvent({ kind: 'trouble', reason: error.message });
    });
    const told = new Set<string>();
    const askAgain = setInterval(
      () => void this.tellOfOthers(told).catch(() => undefined),
      OTHERS_ASKED_AFTER,
    );
    try {
      await this.tellOfOthers(told);
      await new Promise<void>((stop) => {
        if (signal.aborted) stop();
        signal.addEventListener('abort', () => stop(), { once: true });
      });
      onEvent({ kind: 'stopping', count: this.running.size });
      const timer = setTimeout(() => this.ended.abort(), grace * 1000);
      // Without a connection nothing can be given back; others take it when the lease is over.
      const limit = (this.running.size === 0 ? 0 : grace) + RETURN_TIME;
      await Promise.race([worker.close(), after(limit * 1000, undefined, { ref: false })]);
      clearTimeout(timer);
    } finally {
      clearInterval(askAgain);
      this.ended.abort();
      await Promise.race([worker.close(true).catch(() => undefined), after(1000, undefined, { ref: false })]);
      connection.close();
    }
  }
}

/**
 * Takes jobs out of a queue and does them, each in a process of its own, until it is stopped. Then those under way are finished, or given back
 * where that takes too long.
 */
export async function work(request: WorkRequest): Promise<void> {
  const folder = join(request.cache, 'work', 'queue');
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const own = join(folder, `${request.name}-${process.pid}-${Date.now().toString(36)}`);
  mkdirSync(own);
  try {
    await locked(own, () => new Work(request, own).run());
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
