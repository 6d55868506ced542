import type { FileChange } from '../run/plan.ts';
import { diffOf } from './diff.ts';

/** How many lines a change adds and removes. */
export interface LineCounts {
  readonly added: number;
  readonly removed: number;
}

/** The lines of a change's diff. */
export function lineCountsOf(change: FileChange): LineCounts {
  const lines = diffOf(change).hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter(({ kind }) => kind === 'added').length,
    removed: lines.filter(({ kind }) => kind === 'removed').length,
  };
}
