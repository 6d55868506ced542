import type { Told } from './entry.ts';
import type { Cost } from './statistics.ts';

/** What came of one entry on one corpus. */
export interface Result extends Told {
  readonly corpus: string;
  readonly caseId: string;
  readonly entryId: string;
  readonly label: string;
  /** Of each run that ended by itself. */
  readonly costs: readonly Cost[];
  /** Why there are no (more) runs: stopped at the limit, or failed. */
  readonly trouble?: string;
}

/** A corpus, as it is told. */
export interface CorpusFacts {
  readonly name: string;
  readonly files: number;
  readonly lines: number;
  readonly origin: string;
}

/** Everything that was measured at once. */
export interface Measured {
  readonly date: string;
  readonly machine: string;
  readonly processors: number;
  /** The versions of all that was run, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly runs: number;
  /** Seconds after which a command was stopped. */
  readonly limit: number;
  readonly corpora: readonly CorpusFacts[];
  readonly cases: readonly { readonly id: string; readonly title: string; readonly note?: string }[];
  readonly results: readonly Result[];
}

/** The result of an entry on a corpus, where it was measured. */
export const resultOf = ({ results }: Measured, corpus: string, entryId: string): Result | undefined =>
  results.find((one) => one.corpus === corpus && one.entryId === entryId);
