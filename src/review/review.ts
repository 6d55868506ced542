import type { Safety, Verdict } from '../evidence.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';

/** A piece of evidence of a proposal under review. */
export interface ReviewEvidence {
  readonly verdict: Verdict;
  readonly claim: string;
  /** The file that it speaks of, as seen from the root, and the line from 1. */
  readonly path?: string;
  readonly line?: number;
}

/** A proposal or a report as a reviewer sees it, in plain data that can be sent to a page. Paths are seen from the root, with `/`. */
export interface ReviewItem {
  readonly id: string;
  readonly transform: string;
  readonly safety: Safety;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly title: string;
  readonly evidence: readonly ReviewEvidence[];
  /** The files that it edits, its own first; none where there is nothing to decide: it is only reported. */
  readonly files: readonly string[];
  /** Who owns its file by CODEOWNERS, with commas; `nobody` where that does not say. */
  readonly owner: string;
  /** Why it cannot be applied, where that is known already: a sentence about one of its files. */
  readonly unusable?: string;
}

/** One line of a diff. Its text has no line ending. */
export interface ReviewLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
  /** True where the file ends after this line without a line ending. */
  readonly isUnended?: true;
}

/** Changed lines with three unchanged ones around them. Line numbers are from 1. */
export interface ReviewHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly ReviewLine[];
}

/** What one proposal does to one file. */
export interface ReviewDiff {
  readonly path: string;
  /** Whether the file is created. */
  readonly isNew: boolean;
  readonly hunks: readonly ReviewHunk[];
  /** Whether it is made for what other proposals leave of the file: line numbers are those of then. */
  readonly later?: true;
}

/** Everything that a reviewer decides about, but for the diffs, which are made when they are looked at. */
export interface Review {
  /** The name of the project's folder. */
  readonly name: string;
  /** The version of hasten. */
  readonly hasten: string;
  /** What each transform does, by its id: one sentence. */
  readonly summaries: Readonly<Record<string, string>>;
  /** In path and line order. */
  readonly items: readonly ReviewItem[];
}

/** A review, and what it needs to show and keep. */
export interface ReviewSource {
  readonly review: Review;
  /** What was decided before. */
  readonly decisions: Decisions;
  /** What the proposal does, file by file, its own file first. */
  diffOf(id: string): Promise<readonly ReviewDiff[]>;
  /** Lines of a file that some evidence speaks of, or that a proposal edits; undefined for any other. `from` is from 1. */
  codeAround(path: string, line: number): Promise<ReviewCode | undefined>;
}

/** A stretch of a file as it is before the run. */
export interface ReviewCode {
  readonly path: string;
  /** The number of the first of `lines`, from 1. */
  readonly from: number;
  readonly lines: readonly string[];
}
