import { NOTHING } from './effects/effect.ts';
import type { CodeFacts } from './effects/code-facts.ts';
import type { Programs } from './program.ts';
import type { TypeFact } from './types.ts';

/** What is known of a value about which nothing is known. */
export const UNKNOWN_TYPE: TypeFact = { kinds: new Set(['unknown']), text: 'unknown' };

/** Why nothing is known of what code does and who calls it, where a run looks at syntax alone: the end of a sentence. */
export const WHY_NO_TYPES = 'types and callers were not looked at (--types off)';

/**
 * Facts of a run that builds no program of its code: of every piece it is said that nothing is known of it, which no obligation
 * takes for a proof.
 */
export const NO_CODE_FACTS: CodeFacts = {
  prepare: () => undefined,
  codeOf: (path) => ({
    ...NOTHING,
    unknown: [
      {
        callee: 'the code',
        why: WHY_NO_TYPES,
        guess: 'other',
        isAwaited: true,
        isDropped: true,
        seenAt: { path, line: 1 },
      },
    ],
    io: 'unknown',
  }),
  databaseCallOf: () => undefined,
  blockingCallOf: () => undefined,
  blockingFunctionOf: () => undefined,
  coneOf: () => undefined,
  reachOf: () => undefined,
  modelsOf: () => [],
  recover: () => false,
  dispose: () => undefined,
};

/** The programs of such a run: there is none. */
export const NO_PROGRAMS: Programs = {
  prepare: () => undefined,
  typeOf: () => UNKNOWN_TYPE,
  recover: () => false,
  dispose: () => undefined,
};
