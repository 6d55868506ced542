/**
 * Loaded into a shop's server before it starts (`node --import`), so that the server itself stays as it is. Counts the statements
 * that go to PostgreSQL, watches the event loop, and tells both to the process that started the server.
 */
import { resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';

/** `seed`: put all rows back to how they were at the start. `watch`: begin to measure. `tell`: what was measured since. */
export type Question = 'seed' | 'watch' | 'tell';

/** What the server did since it was last told to `watch`. */
export interface Reading {
  /** Statements that went to the database, those that begin and end a transaction among them. */
  readonly statements: number;
  /** How much later than it was due a timer ran, in milliseconds. */
  readonly delayP50: number;
  readonly delayP99: number;
}

/** What is sent for each question: the reading, or why there is none. */
export type Reply = Reading | { readonly failed: string };

/** How often the timer is due, in milliseconds. */
const RESOLUTION = 2;

let statements = 0;
// Every way to the database ends here: https://node-postgres.com/apis/client#clientquery
Client.prototype.query = new Proxy(Client.prototype.query, {
  apply(query, client, args) {
    statements++;
    return Reflect.apply(query, client, args);
  },
});

// What it records is the time from one run of its timer to the next, so what is due is in it:
// https://nodejs.org/api/perf_hooks.html#perf_hooksmonitoreventloopdelayoptions
let watched = monitorEventLoopDelay({ resolution: RESOLUTION });
const delayAt = (percentile: number): number =>
  Math.max(0, watched.percentile(percentile) / 1e6 - RESOLUTION);

function watch(): void {
  watched.disable();
  watched = monitorEventLoopDelay({ resolution: RESOLUTION });
  watched.enable();
  statements = 0;
}

/** Calls the shop's own `seed`, which the server has loaded. */
async function seed(): Promise<void> {
  const module: unknown = await import(pathToFileURL(resolve('src/seed.ts')).href);
  if (
    typeof module !== 'object' ||
    module === null ||
    !('seed' in module) ||
    typeof module.seed !== 'function'
  )
    throw new Error('src/seed.ts exports no function `seed`.');
  await module.seed();
}

async function replyTo(question: unknown): Promise<Reply> {
  try {
    if (question === 'seed') await seed();
    if (question === 'watch') watch();
    return { statements, delayP50: delayAt(50), delayP99: delayAt(99) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (question) => {
  void replyTo(question).then((reply) => process.send?.(reply));
});
// Whoever started the server is gone, perhaps without a chance to end it.
process.on('disconnect', () => process.exit());
