import type { Failure } from './inspect.ts';

/** What a listing of a folder gives. All paths are absolute. */
export interface Listing {
  /** Regular files, in no order. */
  readonly files: readonly string[];
  /** Links, wherever they lead. */
  readonly links: readonly string[];
  /** Folders with a git repository of their own, which were not looked into. */
  readonly nested: readonly string[];
  readonly failures: readonly Failure[];
  /** Whether there may be an ignore file of our own in it. */
  readonly mayIgnore: boolean;
}

/** The name of our own ignore files. */
export const IGNORE_FILE = '.hastenignore';

/** Says that the content of a folder is not known. */
export const notListed = (path: string, reason: string): Failure => ({
  path,
  reason: `cannot be listed: ${reason}`,
});
