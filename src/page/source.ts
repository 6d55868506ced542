import type { ReviewCode, ReviewDiff } from '../review/review.ts';
import type { ApplyEvent, DecisionChanges, PageReview } from '../review/web/protocol.ts';

/** Where the page has its review from: the server that shows it, or the file that it is in. */
export interface PageSource {
  readonly first: PageReview;
  diffOf(id: string): Promise<readonly ReviewDiff[]>;
  /** Undefined where that code is not to be had. */
  codeAround(path: string, line: number): Promise<ReviewCode | undefined>;
  /** Keeps decisions. Left out where nobody keeps them. */
  readonly keep?: (changes: DecisionChanges, isLast: boolean) => Promise<void>;
  /** Writes what is accepted and tells how far it is. Left out where nothing can be written. */
  readonly apply?: (tell: (event: ApplyEvent) => void) => Promise<void>;
  /** Ends the server. */
  readonly end?: () => Promise<void>;
}
