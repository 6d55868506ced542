import { BLOCKING_NAMES, blockingFindings, defineTransform, type BlockingOptions } from '../src/index.ts';

/**
 * A synchronous call of `fs`, `child_process`, `crypto` or `zlib`, or of a package that makes one, stops every other request of
 * the process until it is done. Each has a form that gives a promise. Who calls it has to wait then, and who calls that, up to
 * where somebody can wait: a handler that a framework waits for, or a function that is asynchronous already.
 *
 * A proposal carries all of that, over all files, or nothing: every caller is known, each can wait, and the state that a function has read
 * before it waits is not changed by another turn meanwhile. Where one of these fails the place is named.
 *
 * Only code that runs while others are served is changed: what runs at the start, in tests, scripts and migrations is left alone.
 *
 * Not seen, so that a proposal may be called safe although it is not: a file made with the flag `wx` that other turns take for a lock; a variable
 * that functions out of a list set, where it is only read after the wait; one object that `AsyncLocalStorage` holds for all requests; a subscription to an
 * RxJS subject that is made after the wait; `process.env.TZ` and the clock.
 */
export default defineTransform<BlockingOptions>({
  id: 'sync-to-async',
  summary: 'Call the promise form of synchronous functions, and make every caller wait.',
  sets: ['event-loop'],
  asksCallers: true,
  prefilter: BLOCKING_NAMES,
  defaults: { everywhere: false },
  optionHelp: {
    everywhere: 'Whether code is changed too that no request waits for: at the start, in scripts and tests',
  },
  *inspect(file) {
    yield* blockingFindings(file, 'other');
  },
});
