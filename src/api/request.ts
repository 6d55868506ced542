import type { Config } from '../config.ts';
import type { Grouping } from '../run/commits/groups.ts';
import type { Failure, Progress } from '../run/plan.ts';
import type { VerifyProgress } from '../run/verification/verify-command.ts';
import type { Options, Proposal, Transform } from '../transform.ts';

/** What is told while something is under way. */
export type HastenEvent =
  /** How far it is. */
  | ({ readonly type: 'progress' } & Progress)
  /**
   * What transforms found in a file, as soon as it has been looked at: before comments are asked, and before anything is composed or checked. What the
   * result says of the same id is what counts. Findings of a plan that was kept in the cache are in the result alone.
   */
  | { readonly type: 'findings'; readonly findings: readonly Proposal[] }
  /** How far the verification by a command is. */
  | { readonly type: 'verify'; readonly progress: VerifyProgress };

/** What everything that takes its time may be told. */
export interface Watched {
  /** Ends what is under way; the promise is then rejected with the signal's reason. What is being written is put in order first. */
  readonly signal?: AbortSignal | undefined;
  /** Is called with each event, in order. */
  readonly onEvent?: ((event: HastenEvent) => void) | undefined;
}

/** What is searched for, and where. What is left out is as the configuration says, and else as the command line does without options. */
export interface SearchRequest extends Watched {
  /** The folder that relative paths are relative to; the working directory unless told. */
  readonly cwd?: string | undefined;
  /** Files, folders or globs; `cwd` where there are none. */
  readonly paths?: readonly string[] | undefined;
  /** Whether each of `paths` is a name and no glob, and what is no source code among them is left out without a word: as in a list that a program made. */
  readonly isList?: boolean | undefined;
  /** Ids, paths or packages of transforms, or transforms themselves. */
  readonly transforms?: readonly (string | Transform)[] | undefined;
  /** Named lists of transforms. */
  readonly sets?: readonly string[] | undefined;
  /** Options by the ids of transforms; or as they are typed: `key=value` or `id.key=value`. */
  readonly options?: Readonly<Record<string, Options>> | readonly string[] | undefined;
  /** The path of a configuration file, or a configuration; else the nearest file upwards from `cwd`. */
  readonly config?: string | Config | undefined;
  /** Proposals of this level and better become changes. */
  readonly level?: 'safe' | 'review' | undefined;
  /** Whether what no longer passes the type check is left out. */
  readonly verifyTypes?: boolean | undefined;
  /** Whether types, effects of code and callers are asked for. */
  readonly types?: boolean | undefined;
  /** Seconds after which no further file is looked at. */
  readonly timeLimit?: number | undefined;
  /** MiB of memory beyond which no further file is looked at. */
  readonly memoryLimit?: number | undefined;
  /** Whether the plan, and where no types are asked what each file has, is kept in `.hasten/cache` for the next time, and taken from there; true unless told. */
  readonly cache?: boolean | undefined;
  /** Whether ignore comments that nothing needs are taken away. */
  readonly removeUnusedIgnores?: boolean | undefined;
  /** The day on which ignore comments are read, as `2027-01-31`; that of the clock unless told. */
  readonly today?: string | undefined;
  /** What could not be asked for at all, as a name that is no text; it is among the failures of the result. */
  readonly failures?: readonly Failure[] | undefined;
}

/** A command that has to pass with what is written; the changes with which it fails are found and left out. */
export interface Verification {
  /** For a shell, as `npm test`. It runs in a copy of the project. */
  readonly command: string;
  /** How many times it may run, at least 3; 25 unless told. */
  readonly runs?: number | undefined;
  /** Seconds for one run; 600 unless told. */
  readonly timeout?: number | undefined;
  /** Which changes may be to blame: all, or with `review` only those that want a review. */
  readonly level?: 'safe' | 'review' | undefined;
}

/** How what is written is committed. */
export interface CommitRequest {
  /** Into which commits; those of CODEOWNERS with `per-owner`. */
  readonly grouping: Grouping;
  /** The path of a file with the message of each commit. */
  readonly template?: string | undefined;
  readonly signoff?: boolean | undefined;
  /** Whether to commit although no branch is checked out. */
  readonly allowDetached?: boolean | undefined;
}

/** How what was found is written. */
export interface WritingRequest {
  /** Whether to write nothing, and only tell what would be. */
  readonly dryRun?: boolean | undefined;
  /** Whether to write although `git status` lists changes. */
  readonly allowDirty?: boolean | undefined;
  readonly verify?: Verification | undefined;
  readonly commit?: CommitRequest | undefined;
}
