import {
  BLOCKING_NAMES,
  blockingFindings,
  busyWaits,
  defineTransform,
  type BlockingOptions,
} from '../src/index.ts';

/**
 * A program that sleeps by `Atomics.wait`, by the command `sleep`, by a package or by looking at the clock again and again answers
 * nobody meanwhile. `setTimeout` of `node:timers/promises` waits as long and lets others run; every caller waits as in `sync-to-async`.
 */
export default defineTransform<BlockingOptions>({
  id: 'blocking-sleep',
  summary: 'Wait with a timer instead of holding up the whole process.',
  sets: ['event-loop'],
  asksCallers: true,
  prefilter: new RegExp(`${BLOCKING_NAMES.source}|\\bwhile\\s*\\([^\\n]*(Date|performance)\\b`),
  defaults: { everywhere: false },
  optionHelp: {
    everywhere: 'Whether code is changed too that no request waits for: at the start, in scripts and tests',
  },
  *inspect(file) {
    yield* blockingFindings(file, 'sleep');
    yield* busyWaits(file);
  },
});
