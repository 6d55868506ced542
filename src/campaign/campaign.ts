import type { Grouping } from '../run/commits/groups.ts';
import type { Options } from '../transform.ts';

/** Where repositories come from: one that is named, or a file or a command that lists some. */
export interface RepositoryEntry {
  /** A path, as seen from the campaign's folder, or a URL that git understands. */
  readonly source?: string;
  readonly name?: string;
  readonly ref?: string;
  /** A file with one repository a line. */
  readonly list?: string;
  /** A command for a shell that prints one repository a line. */
  readonly command?: string;
}

/** What a repository needs to be part of a campaign. */
export interface Where {
  /** At least one of these packages is in the dependencies of one of its `package.json` files. */
  readonly dependency: readonly string[];
  /** At least one tracked file matches one of these globs. */
  readonly file: readonly string[];
}

/** The commands that have to pass on the result, and what happens where they do not. */
export interface Verification {
  readonly commands: readonly string[];
  /** How many times they may run to find the changes to blame. */
  readonly runs: number;
  /** Seconds for one run of all of them. */
  readonly timeLimit: number;
  /** `leave-out`: the changes to blame are left out. `fail`: then the repository fails. */
  readonly onFailure: 'leave-out' | 'fail';
}

/** How what is changed is committed. */
export interface CommitPolicy {
  readonly grouping: Grouping;
  /** A template for the messages. */
  readonly message?: string;
  readonly signoff: boolean;
  /** As `Name <address>`; whom git knows unless told. */
  readonly author?: string;
}

/** What becomes of a branch of that name that the remote has already, with other commits. */
export interface PushPolicy {
  readonly existing: 'refuse' | 'replace';
}

/** How a pull request is opened. */
export interface PullRequestPolicy {
  /** `gh`, `glab`, or a command for a shell. */
  readonly with: string;
  /** Templates. */
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

/** How much one repository may take, and all together. */
export interface Limits {
  /** Seconds. */
  readonly time: number;
  /** MiB, of its process and all that this one starts. */
  readonly memory: number;
  /** How many repositories are worked on at once; as many as cores and memory allow unless told. */
  readonly concurrency?: number;
  /** GiB of installed packages that the cache keeps. */
  readonly packages: number;
}

/** A campaign as its file has it, with what is left out filled in. */
export interface Campaign {
  readonly name: string;
  /** Absolute path of its file. */
  readonly file: string;
  readonly repositories: readonly RepositoryEntry[];
  readonly where: Where;
  /** A branch, tag or commit; what the remote's HEAD is unless told. */
  readonly ref?: string;
  readonly transforms: Readonly<Record<string, boolean | Partial<Options>>>;
  readonly sets: readonly string[];
  readonly level: 'safe' | 'review';
  /** Whether types, effects and callers are asked for. */
  readonly types: boolean;
  /** Patterns as in `.gitignore`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Whether a repository's own hasten.config counts, where the campaign does not say otherwise. */
  readonly ownConfig: boolean;
  /** A command for a shell, or `auto`: by the lockfile; nothing is installed unless told. */
  readonly install?: string;
  readonly verify?: Verification;
  /** The branch of the commits. */
  readonly branch: string;
  readonly commit: CommitPolicy;
  /** Nothing is pushed unless told. */
  readonly push?: PushPolicy;
  readonly pullRequest?: PullRequestPolicy;
  readonly limits: Limits;
  /** Absolute path of the folder for clones, work trees and what is installed. */
  readonly cache?: string;
  /** The file and the line of the value that `keys` lead to: `campaign.yaml:4`. */
  placeOf(keys: readonly (string | number)[]): string;
}

/** Something wrong in a campaign's file. */
export interface CampaignFault {
  /** `campaign.yaml:4`. */
  readonly place: string;
  /** A sentence. */
  readonly says: string;
  /** A name that is not known, and those that are. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };
}

/** A campaign's file cannot be followed: everything that is wrong with it. */
export class CampaignError extends Error {
  override readonly name = 'CampaignError';
  readonly faults: readonly CampaignFault[];

  constructor(faults: readonly CampaignFault[]) {
    super(faults.map(({ place, says }) => `${place}: ${says}`).join('\n'));
    this.faults = faults;
  }
}
