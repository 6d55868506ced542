import type { Safety } from '../evidence.ts';
import type { JsonFinding } from '../review/reporters/json.ts';
import type { JsonVerification } from '../review/verification.ts';
import type { Failure, Plan } from '../run/plan.ts';

/** What a job does, one after the other. */
export const STEPS = [
  'clone',
  'filter',
  'install',
  'find',
  'verify',
  'commit',
  'push',
  'pull-request',
] as const;
export type Step = (typeof STEPS)[number];

/** How often a transform found something of one level, and how often that is changed now. */
export interface Count {
  readonly transform: string;
  readonly safety: Safety;
  readonly found: number;
  readonly changed: number;
}

/**
 * What became of a repository. The same job with the same commit gives the same bytes, whenever and wherever it is done: no times, no dates, no
 * paths of work trees. Paths are seen from the top of the repository.
 */
export interface Outcome {
  readonly format: 1;
  readonly repository: string;
  /** Without passwords. */
  readonly source: string;
  readonly ref?: string;
  /** The digest of the job. */
  readonly job: string;
  /** The commit that it starts from; left out where it could not be had. */
  readonly base?: string;
  /** `left-out`: it is not what the campaign is for. */
  readonly state: 'changed' | 'unchanged' | 'left-out' | 'failed';
  /** The step that failed. */
  readonly step?: Step;
  /** Why it failed or was left out: a sentence without its full stop. */
  readonly reason?: string;
  readonly counts: readonly Count[];
  readonly files?: Plan['files'];
  /** What could not be done in it, though the rest was. */
  readonly failures: readonly Failure[];
  readonly changes: readonly { readonly path: string; readonly added: number; readonly removed: number }[];
  readonly verification?: JsonVerification;
  readonly commits: readonly { readonly subject: string; readonly files: readonly string[] }[];
}

/** A finding with whether it is changed. */
export interface FoundPlace extends Omit<JsonFinding, 'edits'> {
  readonly changed: boolean;
}

/** Where the commits of a repository are. Its dates and addresses are those of one machine and day, so it is no part of the outcome. */
export interface Landing {
  readonly branch: string;
  /** The hash of the last commit. */
  readonly commit: string;
  /** The clone that has it, and the name under which: on this machine, or on that of a worker. */
  readonly kept: { readonly clone: string; readonly ref: string; readonly worker?: string };
  /** The address it was pushed to, without passwords. */
  readonly pushedTo?: string;
  readonly pullRequest?: { readonly url?: string };
}

/** Everything that a job gives. Plain data. */
export interface JobResult {
  readonly outcome: Outcome;
  readonly findings: readonly FoundPlace[];
  /** The changes, for `git apply`; empty where there are none. */
  readonly patch: string;
  /** The report in Markdown; empty where nothing was looked at. */
  readonly summary: string;
  readonly landing?: Landing;
}

/** Why a step could not be done. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly step: Step;

  constructor(step: Step, reason: string) {
    super(reason);
    this.step = step;
  }
}
