import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { WorkEvent } from '../../campaign/queue/worker.ts';
import { counted, visible } from '../../review/describe.ts';
import type { WorkerArguments } from '../commands/worker.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { UsageError } from '../../errors.ts';
import { versionOf } from '../../api/version.ts';
import { bearable, memoryForJobs, usualCache } from './machine.ts';
import { outcomeTold } from './outcome-told.ts';
import { orQueueTrouble, queueAddress } from './queue.ts';

/** MiB that a job may take unless its campaign says something else. */
const USUAL_MEMORY = 4096;
/** Milliseconds that this process has to end by itself once its work has. */
const ENDED_AFTER = 2000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A whole number that was typed. */
function numberOf(option: string, typed: string | undefined, least: number): number | undefined {
  if (typed === undefined) return undefined;
  const value = /^\d+$/.test(typed) ? Number(typed) : NaN;
  if (!(value >= least && value <= Number.MAX_SAFE_INTEGER))
    throw new UsageError(`--${option} is a whole number from ${least} on, not ${JSON.stringify(typed)}.`);
  return value;
}

/** A worker's name, which others see in the list of connections. */
function nameOf(typed: string | undefined): string {
  if (typed === undefined) return `${hostname().replace(/[^\w.-]+/g, '-')}-${process.pid}`;
  if (!/^[\w.-]{1,100}$/.test(typed))
    throw new UsageError(`--name has letters, digits and . _ - in it, not ${JSON.stringify(typed)}.`);
  return typed;
}

/** What is told of what a worker does. */
function told(event: WorkEvent, version: string, grace: number): string {
  switch (event.kind) {
    case 'begin':
      return `${event.repository}: begun, for ${event.campaign}`;
    case 'end':
      return `${event.repository}: ${outcomeTold(event.result.outcome)} (${event.seconds.toFixed(1)} s)`;
    case 'again':
      return `${event.repository}: is tried again later, as this may pass: ${event.reason}`;
    case 'given-back':
      return `${event.repository}: given back`;
    case 'others':
      return `${counted(event.count, 'job')} made by hasten ${event.version}: refused, as this is ${version}, and left to workers of that version`;
    case 'stopping':
      return event.count === 0
        ? 'Stopping.'
        : `Stopping: ${counted(event.count, 'job')} under way may end within ${grace} s, and will be given back else. A second signal ends at once.`;
    case 'trouble':
      return `The queue: ${event.reason}`;
  }
}

/** Stops `act` with the first signal; the second one ends this process as if nobody had listened. */
async function stoppable<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const forget = (): void => {
    for (const name of SIGNALS) process.off(name, stop);
  };
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      forget();
      process.kill(process.pid, name);
    }
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await act(controller.signal);
  } finally {
    forget();
  }
}

/** `hasten worker`: does jobs of campaigns until it is stopped. */
export async function startWork(typed: WorkerArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, env, stderr, packageRoot } = surroundings;
  const version = versionOf(packageRoot);
  const name = nameOf(typed.name);
  const memory = numberOf('memory', typed.memory, 256) ?? memoryForJobs();
  const concurrency = numberOf('concurrency', typed.concurrency, 1) ?? bearable(USUAL_MEMORY, memory);
  const grace = numberOf('grace', typed.grace, 0) ?? 20;
  const lease = numberOf('lease', typed.lease, 1) ?? 30;
  const address = await queueAddress(typed.redis, env);
  const { connect } = await import('../../campaign/queue/connection.ts');
  const { work } = await import('../../campaign/queue/worker.ts');
  const { realPath } = await import('../../run/real-path.ts');
  const { jobEntry } = await import('./job-entry.ts');
  const cache = typed.cache === undefined ? usualCache(env) : resolve(cwd, typed.cache);
  await mkdir(cache, { recursive: true });
  const say = (text: string): void => void stderr.write(`${visible(text)}\n`);
  const done = await orQueueTrouble(stderr, () =>
    stoppable(async (signal) => {
      const connection = await connect(address, say);
      say(
        `Worker ${name} of hasten ${version} takes jobs from ${address.shown}: at most ${concurrency} at once, in ${memory} MiB together.`,
      );
      await work({
        connection,
        version,
        name,
        concurrency,
        memory,
        cache: realPath(cache),
        packageRoot,
        entry: jobEntry(),
        lease,
        grace,
        onEvent: (event) => say(told(event, version, grace)),
        signal,
      });
      say('Stopped.');
      // Where the Redis is gone, BullMQ goes on trying to reach it, and would keep this process alive.
      setTimeout(() => process.exit(), ENDED_AFTER).unref();
      return true;
    }),
  );
  return done === undefined ? 2 : 0;
}
