/** A place in a file that a person can open. */
export interface Site {
  /** Absolute path. */
  readonly path: string;
  /** Line, from 1. */
  readonly line: number;
}

/**
 * What is known of one obligation of a rewrite:
 * `holds` (proved), `assumed` (likely, nobody proved it), `fails` (the rewrite would be wrong).
 */
export type Verdict = 'holds' | 'assumed' | 'fails';

/** One obligation of a rewrite, and what is known of it. */
export interface Evidence {
  readonly verdict: Verdict;
  /** One sentence that could be false: "`count` only reads the database". No full stop at its end. */
  readonly claim: string;
  /** Where the claim can be checked, if that is not the finding itself. */
  readonly seenAt?: Site;
}

/** How far a proposal may be trusted; read off its evidence, never asserted beside it. */
export type Safety = 'safe' | 'review' | 'report';

/** All levels, the most trusted first. */
export const SAFETIES: readonly Safety[] = ['safe', 'review', 'report'];

function evidence(verdict: Verdict, claim: string, seenAt?: Site): Evidence {
  return seenAt === undefined ? { verdict, claim } : { verdict, claim, seenAt };
}

/** The obligation is proved. */
export const holds = (claim: string, seenAt?: Site): Evidence => evidence('holds', claim, seenAt);

/** The obligation is likely to hold, but a person has to look. */
export const assumed = (claim: string, seenAt?: Site): Evidence => evidence('assumed', claim, seenAt);

/** The obligation does not hold: the place is reported and left alone. */
export const fails = (claim: string, seenAt?: Site): Evidence => evidence('fails', claim, seenAt);

/** The level that the evidence allows: nothing shown, or one failure, allows only a report. */
export function safetyOf(shown: readonly Evidence[]): Safety {
  if (shown.length === 0 || shown.some((one) => one.verdict === 'fails')) return 'report';
  return shown.some((one) => one.verdict === 'assumed') ? 'review' : 'safe';
}

/** Whether `safety` is trusted at least as much as `bar`: `safe` is at least `review`. */
export function isAtLeast(safety: Safety, bar: Safety): boolean {
  return SAFETIES.indexOf(safety) <= SAFETIES.indexOf(bar);
}
