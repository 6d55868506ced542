import type { Span } from '../edits/edit.ts';
import type { Proposal } from '../transform.ts';

/** A proposal as a step applies it: its place is told in the file as it is on disk, its edits are for the text that the steps before left. */
export interface StepProposal extends Proposal {
  /** Its place in the text that its edits are for. */
  readonly made: Span;
}

/** What one pass applies. */
export interface PlanStep {
  /** The files that it edits, with the SHA-256 of their texts before it, without byte order marks; that of the empty text for one that is created. */
  readonly texts: readonly { readonly path: string; readonly hash: string }[];
  /** In the order in which they were composed. */
  readonly proposals: readonly StepProposal[];
}

/** What a plan applies, so that it can be taken apart. */
export interface Composition {
  readonly steps: readonly PlanStep[];
  /** Everything that was found in the files as they are; edits are for the files as they are. */
  readonly findings: readonly Proposal[];
  /** The text, byte order mark included, of each file that steps edit, before the first of them; null where the file is to be created. */
  readonly baselines: ReadonlyMap<string, string | null>;
  /** Why a file that steps edit has no baseline, by its path: the end of a sentence about it. */
  readonly unusable?: ReadonlyMap<string, string>;
  /** Whether changed files that were formatted are formatted again. */
  readonly isFormatted: boolean;
}

/** The ids of all proposals that a plan applies, in its order. */
export const idsOf = ({ steps }: Pick<Composition, 'steps'>): string[] =>
  steps.flatMap(({ proposals }) => proposals.map(({ id }) => id));
