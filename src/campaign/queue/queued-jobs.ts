import { writeFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { Queue, type Job as Entry } from 'bullmq';
import { messageOf } from '../../run/whole-file.ts';
import type { DoneJob, JobDoer, JobWatch } from '../coordinator.ts';
import { withoutResult } from '../isolated-job.ts';
import type { Job } from '../job.ts';
import { STEPS, type JobResult, type Step } from '../outcome.ts';
import { campaignId } from './campaign-id.ts';
import type { Connection } from './connection.ts';
import { doneKey, idOf, jobKey, KEPT_FOR, PREFIX, queuedKey, queueOf, resultKey, VERSIONS } from './keys.ts';
import { unpacked, type QueuedJob } from './parcel.ts';
import { QueueError } from './queue-error.ts';

/** How often a job is tried whose failure may pass, and milliseconds until the second time; until the third it is twice as much. */
const TRIES = 3;
const TRIED_AGAIN_AFTER = 5000;
/** Stands in the place of a result that was fetched while a worker still holds the job. */
const NO_RESULT = '';
/** Milliseconds between two looks at the queue. */
const LOOKED_AFTER = 500;
/** In each of so many looks it is also asked what failed for good, and whether something is gone. */
const MENDED_EACH = 10;
/** Milliseconds that taking jobs out of the queue may take when the coordinator is stopped. */
const WITHDRAWN_WITHIN = 5000;

/** How often it is tried in the end to forget jobs whose workers have only just said that they are done, and after how many milliseconds. */
const LAST_RELEASES = 5;
const RELEASED_AGAIN_AFTER = 200;

/** What a coordinator does with a queue. */
export interface QueueRequest {
  readonly connection: Connection;
  /** The version of hasten. */
  readonly version: string;
  /** Absolute path of the folder of the campaign. */
  readonly state: string;
  /** Takes what there is to tell. */
  readonly say: (text: string) => void;
}

/** A job that was handed over. */
interface Pending {
  readonly job: Job;
  readonly watch: JobWatch;
  readonly end: (done: DoneJob | undefined) => void;
  /** What a worker was seen to do. */
  isActive: boolean;
  step: Step | undefined;
}

const stepOf = ({ progress }: Entry): Step | undefined => STEPS.find((step) => step === progress);

/** Hands jobs over to workers through a queue, and brings back what they come to. */
export class QueuedJobs implements JobDoer {
  readonly concurrency = Infinity;
  private readonly request: QueueRequest;
  private readonly queue: Queue<QueuedJob>;
  private readonly pending = new Map<string, Pending>();
  private readonly closed = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private campaign = '';
  private readonly unreleased = new Set<string>();

  constructor(request: QueueRequest) {
    this.request = request;
    this.queue = new Queue(queueOf(request.version), {
      connection: request.connection.redis,
      prefix: PREFIX,
      // Nobody listens to them.
      streams: { events: { maxLen: 100 } },
    });
    // What fails is told where it is asked for, and a lost connection by the connection itself.
    this.queue.on('error', () => undefined);
  }

  private get redis(): Connection['redis'] {
    return this.request.connection.redis;
  }

  /** Takes out of the queue what an earlier start has put there and nobody wants any more, and begins to watch. */
  async prepare(unfinished: readonly Job[]): Promise<void> {
    const { version, state, say } = this.request;
    const { redis } = this;
    this.campaign = await campaignId(state);
    const wanted = new Set(unfinished.map((job) => idOf(this.campaign, job)));
    for (const id of await redis.smembers(queuedKey(this.campaign)))
      if (!wanted.has(id)) await this.release(id);
    await redis.sadd(VERSIONS, version);
    // Some hosts of Redis do not tell who is connected.
    const workers = await this.queue.getWorkersCount().catch(() => 1);
    if (workers === 0 && unfinished.length > 0)
      say(`No worker of hasten ${version} is there yet; the jobs wait for one.`);
    this.watching = this.watch();
  }

  async perform(job: Job, watch: JobWatch): Promise<DoneJob | undefined> {
    const id = idOf(this.campaign, job);
    const over = new AbortController();
    const adding = this.add(id, job);
    try {
      const done = await new Promise<DoneJob | undefined>((end, fail) => {
        this.pending.set(id, { job, watch, end, isActive: false, step: undefined });
        if (watch.signal.aborted) end(undefined);
        watch.signal.addEventListener('abort', () => end(undefined), { once: true, signal: over.signal });
        adding.catch(fail);
      });
      if (done === undefined) await this.withdraw(id, adding);
      return done;
    } catch (error) {
      throw new QueueError(`the queue does not take ${job.name}: ${messageOf(error)}`);
    } finally {
      over.abort();
      this.pending.delete(id);
    }
  }

  /** Puts a job into the queue, unless it is there. */
  private async add(id: string, job: Job): Promise<void> {
    const { campaign, redis } = this;
    await redis.sadd(queuedKey(campaign), id);
    await this.queue.add(
      'job',
      { job, campaign },
      {
        jobId: id,
        attempts: TRIES,
        backoff: { type: 'exponential', delay: TRIED_AGAIN_AFTER },
        removeOnComplete: { age: KEPT_FOR },
        removeOnFail: { age: KEPT_FOR },
        stackTraceLimit: 0,
      },
    );
  }

  /** Takes a job out of the queue that nobody works on yet; the result of another one is fetched by the next start. */
  private async withdraw(id: string, adding: Promise<void>): Promise<void> {
    const removed = adding.then(async () => {
      const count = await this.queue.remove(id);
      if (count > 0) await this.redis.srem(queuedKey(this.campaign), id);
    });
    await Promise.race([removed, after(WITHDRAWN_WITHIN, undefined, { ref: false })]).catch(() => undefined);
  }

  /** Forgets a job and its result. One that a worker has not let go of is forgotten later, by the next start at the latest. */
  private async release(id: string): Promise<void> {
    const {
      campaign,
      redis,
      request: { version },
    } = this;
    const removed = await this.queue.remove(id);
    const isHeld = removed === 0 && (await redis.exists(jobKey(version, id))) > 0;
    await redis.srem(doneKey(campaign), id);
    if (isHeld) {
      // So that its worker leaves no other result.
      await redis.set(resultKey(id), NO_RESULT, 'EX', KEPT_FOR);
      this.unreleased.add(id);
    } else {
      await redis.del(resultKey(id));
      this.unreleased.delete(id);
      await redis.srem(queuedKey(campaign), id);
    }
  }

  /** Looks at the queue again and again. What goes wrong is told once, and tried again. */
  private async watch(): Promise<void> {
    const { signal } = this.closed;
    let told = '';
    for (let turn = 1; !signal.aborted; turn++) {
      try {
        const done = await this.look();
        for (const id of done) if (!signal.aborted) await this.fetch(id);
        if (turn % MENDED_EACH === 0) await this.mend();
        told = '';
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== told && !signal.aborted) this.request.say(`The queue: ${reason}; it is tried again.`);
        told = reason;
      }
      await after(LOOKED_AFTER, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Tells how far the jobs are that workers are at; gives the ids of those that are done. */
  private async look(): Promise<readonly string[]> {
    const active = new Map((await this.queue.getActive()).map((entry) => [entry.id, entry]));
    // Asked later: what is not active any more because it is done is in here.
    const done = new Set(await this.redis.smembers(doneKey(this.campaign)));
    for (const [id, one] of this.pending) {
      const entry = active.get(id);
      if (done.has(id)) continue;
      if (entry === undefined) {
        if (one.isActive) one.watch.onLost();
        one.isActive = false;
        one.step = undefined;
        continue;
      }
      if (!one.isActive) one.watch.onBegin();
      one.isActive = true;
      const step = stepOf(entry);
      if (step !== undefined && step !== one.step) one.watch.onStep(step);
      one.step = step;
    }
    return [...done].filter((id) => this.pending.has(id));
  }

  /** Brings back the result of a job that is done. One after the other: only one has to have room in memory. */
  private async fetch(id: string): Promise<void> {
    const one = this.pending.get(id);
    if (one === undefined) return;
    const packet = await this.redis.getBuffer(resultKey(id));
    if (packet === null || packet.length === NO_RESULT.length) {
      // It is too old, or one of an earlier start. To be done anew, it has to be forgotten first.
      await this.release(id);
      await this.add(id, one.job);
      return;
    }
    const { result, log } = await unpacked(packet, one.job);
    await writeFile(one.watch.log, log, { mode: 0o600 });
    await this.give(id, one, result);
  }

  /** Hands a result to the coordinator, and waits until it is kept. */
  private async give(id: string, { end }: Pending, result: JobResult): Promise<void> {
    const { signal } = this.closed;
    await new Promise<void>((go) => {
      const onAbort = (): void => go();
      signal.addEventListener('abort', onAbort, { once: true });
      const release = async (): Promise<void> => {
        await this.release(id);
        signal.removeEventListener('abort', onAbort);
        go();
      };
      end({ result, release });
    });
  }

  /** Ends what failed for good, and queues anew what is gone: a Redis may forget all, or a part, when it is started again. */
  private async mend(): Promise<void> {
    const {
      campaign,
      redis,
      request: { version },
    } = this;
    for (const entry of await this.queue.getFailed()) {
      const { id = '', failedReason } = entry;
      const one = this.pending.get(id);
      if (one === undefined || (await redis.strlen(resultKey(id))) > NO_RESULT.length) continue;
      const reason = /stalled/.test(failedReason)
        ? 'the workers that took it died, or were not heard of any more'
        : failedReason;
      await this.give(id, one, withoutResult(one.job, stepOf(entry) ?? 'clone', reason));
    }
    // Those that are done, but not said to be.
    for (const id of await redis.zrange(jobKey(version, 'completed'), 0, -1)) await this.fetch(id);
    for (const id of this.unreleased) if (!this.pending.has(id)) await this.release(id);
    const all = [...this.pending].map(async ([id, { job }]) => {
      if ((await redis.exists(jobKey(version, id))) === 0 && this.pending.has(id)) await this.add(id, job);
    });
    await Promise.all(all);
    await redis.expire(doneKey(campaign), KEPT_FOR);
    await redis.expire(queuedKey(campaign), KEPT_FOR);
  }

  /** Looks no more, and lets go of the connection. */
  async close(): Promise<void> {
    this.closed.abort();
    const last = this.watching.then(async () => {
      for (let turn = 0; turn < LAST_RELEASES && this.unreleased.size > 0; turn++) {
        await after(RELEASED_AGAIN_AFTER);
        for (const id of this.unreleased) await this.release(id);
      }
    });
    const limit = after(WITHDRAWN_WITHIN, undefined, { ref: false });
    await Promise.race([last, limit]).catch(() => undefined);
    this.request.connection.close();
  }
}
