import type { Output } from './surroundings.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `act`, whose signal Ctrl-C aborts: it stops where every file is whole, instead of at once; `said` tells so. */
export async function interruptible<T>(
  stderr: Output,
  act: (signal: AbortSignal) => Promise<T>,
  said = 'Stopping after the file that is being written.',
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (!controller.signal.aborted) stderr.write(`${said}\n`);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await act(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Once `signal` is aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
