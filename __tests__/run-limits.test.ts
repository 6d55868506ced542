import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunLimits } from '../src/run/run-limits.ts';

const memory = vi.hoisted(() => ({ used: 0 }));
vi.mock('../src/facts/memory.ts', () => ({
  mostHeap: (): number => 1000 * 2 ** 20,
  isHeapOver: (bytes: number): boolean => memory.used * 2 ** 20 > bytes,
}));

afterEach(() => vi.restoreAllMocks());

describe('the limits of a run', () => {
  it('end it after so many seconds, and for good', () => {
    let now = 5000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const limits = new RunLimits({ timeLimit: 2 }, () => undefined);
    expect(limits.whyEnded()).toBeUndefined();
    now += 2000;
    expect(limits.whyEnded()).toBe('the time limit of the run was reached (2 s)');
    now = 5000;
    expect(limits.whyEnded()).toBe('the time limit of the run was reached (2 s)');
  });

  it('have memory given back when most of it is used, and go on', () => {
    memory.used = 100;
    let given = 0;
    const limits = new RunLimits({ memoryLimit: 500 }, () => {
      given++;
      memory.used = 100;
    });
    for (let file = 0; file < 100; file++) {
      if (file % 20 === 10) memory.used = 450;
      expect(limits.whyEnded()).toBeUndefined();
    }
    expect(given).toBe(5);
  });

  it('end it when that did not help, or memory is needed at once again', () => {
    memory.used = 600;
    const limits = new RunLimits({ memoryLimit: 500 }, () => undefined);
    expect(limits.whyEnded()).toBe('the memory limit of the run was reached (500 MiB)');

    memory.used = 600;
    let given = 0;
    const busy = new RunLimits({}, () => {
      given++;
      memory.used = 100;
    });
    memory.used = 900;
    expect(busy.whyEnded()).toBeUndefined();
    memory.used = 900;
    expect(busy.whyEnded()).toBe(
      'the memory limit of the run was reached (800 MiB); NODE_OPTIONS=--max-old-space-size=… gives more',
    );
    expect(given).toBe(1);
  });
});
