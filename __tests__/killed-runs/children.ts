import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Order } from './child.ts';

const packageRoot = resolve(import.meta.dirname, '..', '..');
const tsx = pathToFileURL(join(packageRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
const childPath = join(import.meta.dirname, 'child.ts');

/** How a child ended. */
export interface Ended {
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds; undefined where it did not come to its end. */
  readonly took?: number | undefined;
  /** How many operations on the disk it counted. */
  readonly operations?: number | undefined;
}

/** When a child is killed. */
export interface Kill {
  readonly since: () => boolean;
  /** Milliseconds. */
  readonly after: number;
}

/** A child that loads its modules and waits for an order. */
function waitingChild() {
  const child = spawn(process.execPath, ['--import', tsx, childPath], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  const ended = new Promise<NodeJS.Signals | null>((done) => child.on('close', (_, signal) => done(signal)));
  const began = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('began\n')) done();
    });
  });
  return {
    order: (order: Order): void => void child.stdin.write(`${JSON.stringify(order)}\n`),
    began: Promise.race([began, ended]),
    async end(): Promise<Ended> {
      const signal = await ended;
      const [, took, operations] = /^done (\d+) (\d+)$/m.exec(output) ?? [];
      if (took === undefined) return { signal };
      return { signal, took: Number(took), operations: Number(operations) };
    },
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => child.kill('SIGKILL'),
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

/** Children that carry out orders; the next one is always started in advance. */
export function childrenInAdvance() {
  let next = waitingChild();
  return {
    /** Has a child carry out `order`, and kills it where told: `after` so many milliseconds, from when `since` is true. */
    async carryOut(order: Order, kill?: Kill): Promise<Ended> {
      const child = next;
      next = waitingChild();
      child.order(order);
      await child.began;
      if (kill !== undefined) {
        while (!kill.since() && child.isRunning()) await pause(1);
        await pause(kill.after);
        child.kill();
      }
      return child.end();
    },
    /** Ends the one that still waits. */
    end: (): void => void next.kill(),
  };
}
