import type { Failure } from './inspect.ts';

/** What a listing of a folder gives. All paths are absolute. */
export interface Listing {
  /** Files that are to be read, in no order. Links are among them, and what is not on disk any more. */
  readonly files: readonly string[];
  /** Folders with a git repository of their own, which were not looked into. */
  readonly nested: readonly string[];
  readonly failures: readonly Failure[];
}

/** Says that the content of a folder is not known. */
export const notListed = (path: string, reason: string): Failure => ({
  path,
  reason: `cannot be listed: ${reason}`,
});
