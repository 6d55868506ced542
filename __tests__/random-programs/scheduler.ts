/** How long each call takes, and when it has its effect, in one run of a program. */
export interface Schedule {
  readonly name: string;
  /**
   * Units of virtual time that the call with this label takes. It depends on nothing but the label, so that a call takes as
   * long in the rewritten program, wherever it stands there.
   */
  delayOf(label: string): number;
  /** Whether the world is read and changed when the call begins or when it ends. */
  readonly effectAt: 'start' | 'settle';
}

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next timer once nothing else is left to do. */
export class VirtualClock {
  now = 0;
  private readonly timers: Timer[] = [];

  /** Resolves when `delay` units of virtual time have passed. Timers of one moment wake in the order of their beginning. */
  sleep(delay: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.now + delay;
      const later = this.timers.findIndex((one) => one.at > at);
      this.timers.splice(later === -1 ? this.timers.length : later, 0, { at, wake });
    });
  }

  /** Wakes one timer after the other until none is left. What a timer sets off is done before the next one wakes. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const timer = this.timers.shift();
      if (timer === undefined) return;
      this.now = timer.at;
      timer.wake();
    }
  }
}

/** A number that depends on the text and the seed alone (FNV-1a). */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export const EQUAL: Schedule = { name: 'all equal', delayOf: () => 10, effectAt: 'settle' };

/** Every schedule that a program is run under; `labels` are those of its calls, in the order of their first beginning. */
export function schedulesFor(labels: readonly string[], seed: number): readonly Schedule[] {
  const rank = (label: string): number => {
    const at = labels.indexOf(label);
    return at === -1 ? labels.length : at;
  };
  return [
    EQUAL,
    { name: 'no delays', delayOf: () => 0, effectAt: 'start' },
    { name: 'first slow', delayOf: (label) => 10 * (labels.length - rank(label)) + 1, effectAt: 'settle' },
    {
      name: 'first slow, early effects',
      delayOf: (label) => 10 * (labels.length - rank(label)) + 1,
      effectAt: 'start',
    },
    { name: 'last slow', delayOf: (label) => 10 * rank(label) + 1, effectAt: 'settle' },
    { name: 'random', delayOf: (label) => (hashOf(label, seed) % 97) + 1, effectAt: 'settle' },
    {
      name: 'random, early effects',
      delayOf: (label) => (hashOf(label, seed + 1) % 97) + 1,
      effectAt: 'start',
    },
  ];
}
