import { Worker } from 'node:worker_threads';
import type { WorkerTask } from '../run/inspect-pool.ts';

/** Starts a worker thread that inspects files. Run from its sources, this toolkit has them compiled there too. */
export function startWorker(task: WorkerTask): Worker {
  const isBuilt = import.meta.url.endsWith('.js');
  const entry = new URL(`../run/inspect-worker${isBuilt ? '.js' : '.ts'}`, import.meta.url);
  return new Worker(entry, {
    workerData: task,
    ...(isBuilt ? {} : { execArgv: ['--import', import.meta.resolve('tsx')] }),
  });
}
