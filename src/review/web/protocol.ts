/** What the page and the server say to each other, as plain data. The page imports only types from here. */
import type { Decision } from '../../run/plan-file/decisions.ts';
import type { Review, ReviewCode, ReviewDiff } from '../review.ts';

/** What may be done with a review in the page. */
export type PageMode = 'served' | 'deciding' | 'read-only';

/** What became of the proposals that were accepted. */
export interface PageOutcome {
  /** The exit code of applying. */
  readonly code: number;
  /** How many proposals are in the files now, and which files were written. */
  readonly applied: number;
  readonly written: readonly string[];
  /** What was accepted and is not in the files, and why. */
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** What a command that was run on the result came to. */
  readonly verified?: {
    readonly command: string;
    readonly runs: number;
    readonly passed: boolean;
    readonly kept: number;
    readonly culprits: readonly string[];
  };
  /** How it is taken back, where that can be done: a command line. */
  readonly undo?: string;
}

/** How far the server is. */
export type PageStage = 'reviewing' | 'applying' | 'applied';

/** What the page gets first. */
export interface PageReview {
  readonly mode: PageMode;
  readonly review: Review;
  readonly decisions: Readonly<Record<string, Decision>>;
  /** How what was decided is applied later: a command line. */
  readonly later: string;
  /** Of a served page. */
  readonly stage?: PageStage;
  readonly outcome?: PageOutcome;
}

/** Decisions that changed; null takes one away. */
export type DecisionChanges = Readonly<Record<string, Decision | null>>;

/** One line of the answer to `POST /api/apply`. */
export type ApplyEvent =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'ended'; readonly outcome: PageOutcome }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a page in a file carries with it. */
export interface CarriedReview extends PageReview {
  /** What each proposal does, by its id. */
  readonly diffs: Readonly<Record<string, readonly ReviewDiff[]>>;
  /** The code that evidence speaks of, by `path:line`. */
  readonly code: Readonly<Record<string, ReviewCode>>;
}
