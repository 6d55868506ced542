import { expect } from 'vitest';

/** Waits until `of` gives what is expected: at once, on a machine that has nothing else to do. */
export const eventually = <T>(of: () => T | Promise<T>) => expect.poll(of, { timeout: 20_000 });
