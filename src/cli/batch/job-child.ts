/** The process of one job of a campaign: it is told the job, does it, and says what came of it. */
import { Worker } from 'node:worker_threads';
import type { Step } from '../../campaign/outcome.ts';
import type { JobAnswer, JobMessage } from '../../campaign/protocol.ts';
import { tempFolderOf } from '../../campaign/place.ts';
import { runJob } from '../../campaign/run-job.ts';
import { findChanges } from './find-changes.ts';

const controller = new AbortController();
const stop = (): void => controller.abort(new Error('the job was stopped'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// Whoever started it is gone.
process.on('disconnect', stop);

/** Milliseconds that a job has to end by itself once its coordinator is gone. */
const GRACE = 8000;

// A thread of its own, as this one may be in an endless loop when nobody is left to end it.
new Worker(
  `const { workerData } = require('node:worker_threads');
   setInterval(() => {
     if (process.ppid === workerData.parent) return;
     setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData.grace);
   }, 500);`,
  { eval: true, workerData: { parent: process.ppid, grace: GRACE } },
).unref();

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Tells the coordinator, if it is still there, and waits until it is told. */
const answer = (told: JobAnswer): Promise<void> =>
  new Promise((done) => {
    if (process.connected) process.send?.(told, undefined, {}, () => done());
    else done();
  });

process.once('message', (message: JobMessage) => {
  const { job, place } = message;
  // What it and its commands write there goes when the job is done.
  Object.assign(process.env, { TMPDIR: tempFolderOf(place) });
  const tools = {
    find: findChanges,
    onStep: (step: Step) => {
      say(`[${step}]`);
      void answer({ kind: 'step', step });
    },
    say,
    signal: controller.signal,
  };
  void runJob(job, place, tools)
    .then((result) => answer({ kind: 'result', result }))
    .catch((error: unknown) => {
      if (!controller.signal.aborted)
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = 1;
    })
    .finally(() => process.exit());
});
