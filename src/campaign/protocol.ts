import type { Job } from './job.ts';
import type { JobResult, Step } from './outcome.ts';
import type { Place } from './place.ts';

/** What the process of a job is told, once. */
export interface JobMessage {
  readonly job: Job;
  readonly place: Place;
}

/** What it answers: each step as it begins, and at the end what came of it. */
export type JobAnswer =
  { readonly kind: 'step'; readonly step: Step } | { readonly kind: 'result'; readonly result: JobResult };

/** Starts the process of a job: a module that answers to a `JobMessage`. */
export interface JobEntry {
  /** Absolute path. */
  readonly module: string;
  /** What Node is given before it. */
  readonly words: readonly string[];
}
