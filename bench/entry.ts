import { join, resolve } from 'node:path';
import type { Corpus } from './corpora/corpus.ts';
import type { Command, Ran } from './measure.ts';

/** What a run said of itself, as far as it says it. */
export interface Told {
  /** How many source files it read. */
  readonly files?: number;
  /** What it found, as text: tools do not count the same things. */
  readonly found?: string;
}

/** One tool on one task. */
export interface Entry {
  readonly id: string;
  /** What is run, for people. */
  readonly label: string;
  /** What is done before each run, and not measured. */
  before?(corpus: Corpus, round: number): Promise<void> | void;
  command(corpus: Corpus): Command;
  /** Puts back what `before` changed. */
  after?(corpus: Corpus): void;
  /** The exit codes of a run that did what it should; 0 where it is left out. */
  readonly codes?: readonly number[];
  told?(ran: Ran): Told;
}

export const PROJECT = resolve(import.meta.dirname, '..');

/** The packages that hasten is measured beside; installed here alone, since their TypeScript is another one. */
export const BESIDE = join(PROJECT, 'bench/node_modules');

/** For the tools that hold all files of a project at once: what Node allows by itself depends on the machine. */
export const MUCH_MEMORY = '--max-old-space-size=8000';

/** The number that `pattern` finds first in `text`, which may have commas between its thousands. */
export function numberIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}

/** `{ files }`, where they are known. */
export const asFiles = (files: number | undefined): Told => (files === undefined ? {} : { files });
