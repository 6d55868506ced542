import { setTimeout as after } from 'node:timers/promises';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HeldError } from '../errors.ts';
import { locked } from '../run/journal/lock.ts';

/** Where a job is done on this machine. All paths are absolute. */
export interface Place {
  /** What jobs have in common: clones, and what is installed. */
  readonly cache: string;
  /** A folder that is this job's alone. */
  readonly own: string;
  /** The folder of this package. */
  readonly packageRoot: string;
}

/** The folder for temporary files of a job, and of all that it starts: nothing of it outlives the job. */
export const tempFolderOf = ({ own }: Place): string => join(own, 'tmp');

/** Milliseconds after which a lock is asked for again. */
const ASKED_AGAIN_AFTER = 200;

/**
 * Runs `act` once no other process does anything under the lock in `folder`, which is made.
 * @throws the reason of `signal`.
 */
export async function inTurn<T>(folder: string, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  for (;;) {
    signal.throwIfAborted();
    try {
      return await locked(folder, act);
    } catch (error) {
      if (!(error instanceof HeldError)) throw error;
      await after(ASKED_AGAIN_AFTER);
    }
  }
}
