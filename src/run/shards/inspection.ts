import type { Proposal } from '../../transform.ts';
import type { Failure } from '../inspect.ts';

/** Something that a transform found which looks at the whole run, and its number among all that were found so. */
export interface FoundInAll {
  readonly at: number;
  readonly proposal: Proposal;
}

/**
 * What the transforms of a run said of the files as they are, before ignore comments are asked and anything is composed. Paths are absolute. That of a part of
 * the files is the same as that part of the whole: nothing in it depends on which other files were inspected.
 */
export interface Inspection {
  /** In the order of the files, and in each in that of its transforms. */
  readonly inFiles: readonly Proposal[];
  readonly inAll: readonly FoundInAll[];
  /** What could not be parsed or inspected. */
  readonly failures: readonly Failure[];
  /** Files with the id of a transform that did not inspect them to the end. */
  readonly stopped: readonly (readonly [path: string, transform: string])[];
  /** Files that no prefilter matched, and that something that was found reaches into. */
  readonly reached: readonly string[];
  /** How many files were parsed. */
  readonly parsed: number;
}

/** What there is to be found where no file matches. */
export const NOTHING_FOUND: Inspection = {
  inFiles: [],
  inAll: [],
  failures: [],
  stopped: [],
  reached: [],
  parsed: 0,
};

/** Inspections of parts of the same files as one of the whole; `files` are all in their order. */
export function joined(parts: readonly Inspection[], files: readonly string[]): Inspection {
  const places = new Map(files.map((path, place) => [path, place]));
  const placeOf = (path: string): number => places.get(path) ?? files.length;
  return {
    inFiles: parts.flatMap(({ inFiles }) => inFiles).toSorted((a, b) => placeOf(a.path) - placeOf(b.path)),
    inAll: parts.flatMap(({ inAll }) => inAll).toSorted((a, b) => a.at - b.at),
    failures: parts.flatMap(({ failures }) => failures).toSorted((a, b) => placeOf(a.path) - placeOf(b.path)),
    stopped: parts.flatMap(({ stopped }) => stopped),
    reached: [...new Set(parts.flatMap(({ reached }) => reached))].toSorted(),
    parsed: parts.reduce((sum, { parsed }) => sum + parsed, 0),
  };
}
