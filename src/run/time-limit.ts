import { createContext, Script, type Context } from 'node:vm';
import { NotReadyError } from '../facts/not-ready.ts';

/**
 * Milliseconds of computing that one transform may take for one file, where nothing else is said: the first of them also pays for what it
 * asks of other files.
 */
export const FILE_TIME_LIMIT = 30_000;

/** How many times as long as the limit a body may take by the clock of the wall, on a machine that has other things to do. */
const MOST_SLOWNESS = 10;
/** How often a body that was stopped too early begins anew. */
const MOST_ATTEMPTS = 3;

/** Code ran longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

const tookTooLong = (milliseconds: number): TimeLimitError =>
  new TimeLimitError(`took longer than ${milliseconds / 1000} s and was stopped`);

const script = new Script('run()');
let context: Context | undefined;

let limited = false;

/** Whether what runs now is stopped after a while, so that it should not begin what takes long and all need. */
export const isLimited = (): boolean => limited;

/** What `body` gives, or undefined where it was stopped `milliseconds` later. */
function resultOf<T>(milliseconds: number, body: () => T): { readonly value: T } | undefined {
  context ??= createContext({});
  let result: { readonly value: T } | undefined;
  const wasLimited = limited;
  limited = true;
  context.run = (): void => {
    result = { value: body() };
  };
  try {
    script.runInContext(context, { timeout: Math.ceil(milliseconds) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  } finally {
    limited = wasLimited;
  }
  return result;
}

/** The same, where `body` may first have to wait for something that `recover` builds. */
function resultWhenReady<T>(
  milliseconds: number,
  body: () => T,
  recover: () => boolean,
): { readonly value: T } | undefined {
  for (let refused = 1; ; refused++) {
    try {
      return resultOf(milliseconds, body);
    } catch (error) {
      if (!(error instanceof NotReadyError) || refused > MOST_ATTEMPTS || !recover()) throw error;
    }
  }
}

/**
 * Runs `body` and stops it when it has computed for `milliseconds`, even in an endless loop: the only way to interrupt synchronous
 * code in its own thread is the watchdog that `node:vm` sets for a script, which also covers what the script calls. The watchdog goes
 * by the clock of the wall. So where the process got less of the processor than that, since others need it too, `body` is called again
 * and given as much longer. `recover` is called when it was stopped, or threw a `NotReadyError`, and tells whether the time went into something that need not be done
 * again.
 * @throws {TimeLimitError} when it was stopped for good; else whatever `body` throws.
 */
export function runWithin<T>(milliseconds: number, body: () => T, recover: () => boolean = () => false): T {
  let longest = milliseconds;
  for (let attempt = 1; ; attempt++) {
    const before = process.cpuUsage();
    const result = resultWhenReady(longest, body, recover);
    if (result !== undefined) return result.value;
    const { user, system } = process.cpuUsage(before);
    const used = (user + system) / 1000;
    const isRecovered = recover();
    if (attempt === MOST_ATTEMPTS || (used >= milliseconds && (attempt > 1 || !isRecovered)))
      throw tookTooLong(milliseconds);
    if (used >= milliseconds) continue;
    // With some to spare, since the machine may get busier.
    const slowness = (1.5 * longest) / Math.max(used, 1);
    longest = milliseconds * Math.min(MOST_SLOWNESS, Math.max(slowness, 1));
  }
}

/**
 * The result of `promise`, if it comes within `milliseconds` by the clock of the wall: whoever waits computes nothing.
 * @throws {TimeLimitError} when it does not; else whatever the promise is rejected with.
 */
export async function settledWithin<T>(
  milliseconds: number,
  promise: Promise<T> | undefined,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tookTooLong(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
