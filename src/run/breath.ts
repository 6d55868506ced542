import { setImmediate } from 'node:timers/promises';

/** Milliseconds of computing after which others of the process have their turn. */
const LONGEST = 40;

/**
 * Lets timers and whatever else the process waits for have their turn now and then: else nobody could abort a run, which computes without a pause. Throws the
 * reason of `signal` once that is aborted. Without a signal nobody can, and there is no pause.
 */
export function breathing(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (signal === undefined) return;
    if (performance.now() - last >= LONGEST) {
      await setImmediate();
      last = performance.now();
    }
    signal.throwIfAborted();
  };
}
