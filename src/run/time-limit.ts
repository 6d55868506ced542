import { createContext, Script, type Context } from 'node:vm';

/** Milliseconds that one transform may take for one file, where nothing else is said: the first of them also pays for what it asks of other files. */
export const FILE_TIME_LIMIT = 30_000;

/** Code ran longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

const tookTooLong = (milliseconds: number): TimeLimitError =>
  new TimeLimitError(`took longer than ${milliseconds / 1000} s and was stopped`);

const script = new Script('run()');
let context: Context | undefined;

/**
 * Runs `body` and stops it after `milliseconds`, even in an endless loop: the only way to interrupt synchronous
 * code in its own thread is the watchdog that `node:vm` sets for a script, which also covers what the script calls.
 * @throws {TimeLimitError} when it was stopped; else whatever `body` throws.
 */
export function runWithin<T>(milliseconds: number, body: () => T): T {
  context ??= createContext({});
  let result: { readonly value: T } | undefined;
  context.run = (): void => {
    result = { value: body() };
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw tookTooLong(milliseconds);
  }
  if (result === undefined) throw new TimeLimitError('ended without a result');
  return result.value;
}

/**
 * The result of `promise`, if it comes within `milliseconds`.
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
