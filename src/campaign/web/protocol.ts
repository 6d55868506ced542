/** What the page of a campaign and its server say to each other, as plain data. The page imports only types from here. */
import type { Safety } from '../../evidence.ts';
import type { ReviewDiff } from '../../review/review.ts';

/** How often a transform found something of one level. */
export interface PageCount {
  readonly transform: string;
  readonly safety: Safety;
  readonly found: number;
  readonly changed: number;
}

/** How far a repository is. */
export interface PageRepository {
  readonly name: string;
  readonly state: 'changed' | 'unchanged' | 'left-out' | 'failed' | 'working' | 'waiting';
  /** The state in a word or two, with the step that is under way or has failed. */
  readonly says: string;
  /** Why it failed or was left out. */
  readonly reason?: string;
  readonly counts: readonly PageCount[];
  /** How many files are changed. */
  readonly files: number;
  /** How many files could not be done. */
  readonly failures: number;
  /** How long it took, or takes until now, as people say it. */
  readonly time: string;
  /** The address of its pull request. */
  readonly request?: string;
}

/** Where a campaign stands: the answer to `GET /api/status`. */
export interface PageStatus {
  readonly name: string;
  readonly isDryRun: boolean;
  /** Whether a coordinator is at work. */
  readonly isRunning: boolean;
  /** All of it in a line. */
  readonly headline: string;
  readonly repositories: readonly PageRepository[];
  readonly totals: readonly (PageCount & { readonly repositories: number })[];
}

/** What there is to know of one repository besides: the answer to `GET /api/repository?name=`. */
export interface PageDetails {
  /** Where it is from, what it starts from, where its commits are, and so on. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  readonly commits: readonly { readonly subject: string; readonly files: number }[];
}

/** The changes in one repository: the answer to `GET /api/diff?name=`. */
export interface PageDiff {
  readonly diffs: readonly ReviewDiff[];
  /** How many files are changed besides. */
  readonly left: number;
  /** Absolute path of the patch. */
  readonly patch: string;
}

/** What the commands for one repository said: the answer to `GET /api/log?name=`. */
export interface PageLog {
  readonly text: string;
  /** Absolute path of the log. */
  readonly log: string;
}
