import { afterEach, describe, expect, it, vi } from 'vitest';
import { runWithin, TimeLimitError } from '../src/run/time-limit.ts';

const LIMIT = 20;

/** Never ends: only a time limit stops it. */
function loop(): never {
  for (let turn = 0; ; turn++);
}

/** Has the process get `milliseconds` of the processor from when a body begins until it is stopped. */
function computing(milliseconds: number): void {
  vi.spyOn(process, 'cpuUsage').mockImplementation((since) => ({
    user: since === undefined ? 0 : milliseconds * 1000,
    system: 0,
  }));
}

/** A body that loops in its first `times` calls, and how often it was called. */
function looping(times: number) {
  const body = { calls: 0, run: (): string => (++body.calls <= times ? loop() : 'done') };
  return body;
}

afterEach(() => vi.restoreAllMocks());

describe('runWithin', () => {
  it('gives what the body gives, and throws what it throws', () => {
    expect(runWithin(LIMIT, () => 'done')).toBe('done');
    expect(() =>
      runWithin(LIMIT, () => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(runWithin(LIMIT, () => undefined)).toBeUndefined();
  });

  it('stops what computed for as long as it may', () => {
    computing(LIMIT);
    const body = looping(1);
    expect(() => runWithin(LIMIT, body.run)).toThrow(
      new TimeLimitError('took longer than 0.02 s and was stopped'),
    );
    expect(body.calls).toBe(1);
  });

  it('begins anew where the processor was busy with something else', () => {
    computing(LIMIT / 4);
    const body = looping(1);
    expect(runWithin(LIMIT, body.run)).toBe('done');
    expect(body.calls).toBe(2);
  });

  it('ends all the same where it never gets the processor', () => {
    computing(0);
    const body = looping(Infinity);
    expect(() => runWithin(LIMIT, body.run)).toThrow(TimeLimitError);
    expect(body.calls).toBe(3);
  });

  it('begins anew once where the time went into something that need not be done again', () => {
    computing(LIMIT);
    const once = looping(1);
    expect(runWithin(LIMIT, once.run, () => true)).toBe('done');
    const never = looping(Infinity);
    expect(() => runWithin(LIMIT, never.run, () => true)).toThrow(TimeLimitError);
    expect(never.calls).toBe(2);
  });
});
