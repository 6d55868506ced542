import { hashOf } from '../run/whole-file.ts';
import type { Campaign } from './campaign.ts';
import type { Repository } from './repositories.ts';
import { filledIn } from './templates.ts';

/** Everything that is to be done for one repository. Plain data: it can be sent to another process or machine as JSON. */
export interface Job
  extends
    Repository,
    Pick<
      Campaign,
      | 'where'
      | 'transforms'
      | 'sets'
      | 'level'
      | 'types'
      | 'include'
      | 'exclude'
      | 'ownConfig'
      | 'install'
      | 'verify'
      | 'branch'
      | 'commit'
      | 'push'
      | 'pullRequest'
    > {
  /** The version of hasten that made it. */
  readonly hasten: string;
  readonly campaign: string;
  /** Absolute path of the campaign's file, which transforms are looked up from. */
  readonly file: string;
  readonly limits: { readonly time: number; readonly memory: number };
  /** GiB of installed packages that the cache of whoever does it keeps. */
  readonly packages: number;
  /** Digests of the code of those transforms that are none of hasten's own, by their names; left out where there is none. */
  readonly code?: Readonly<Record<string, string>>;
  /** Whether nothing is committed or pushed. */
  readonly dryRun: boolean;
  /** When the campaign was begun, as ISO 8601 has it: the date of its commits, so that they are the same whenever they are made. */
  readonly begun: string;
}

/** What the jobs of a campaign have in common, beside what its file says. */
export interface JobRequest {
  readonly hasten: string;
  readonly code?: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly begun: string;
}

/** What is to be done for `repository`. */
export function jobOf(campaign: Campaign, repository: Repository, request: JobRequest): Job {
  const { where, transforms, sets, level, types, include, exclude, ownConfig, commit, limits } = campaign;
  const { file, install, verify, push, pullRequest } = campaign;
  const { time, memory, packages } = limits;
  const ref = (repository.ref ?? 'HEAD').replace(/^refs\/(?:heads|tags)\//, '');
  return {
    ...repository,
    ...request,
    campaign: campaign.name,
    file,
    where,
    transforms,
    sets,
    level,
    types,
    include,
    exclude,
    ownConfig,
    commit,
    branch: filledIn(campaign.branch, { campaign: campaign.name, repository: repository.name, ref }),
    limits: { time, memory },
    packages,
    ...(install === undefined ? {} : { install }),
    ...(verify === undefined ? {} : { verify }),
    ...(push === undefined ? {} : { push }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

/** A digest of what a job of a campaign is to do: the same for two jobs exactly if they are to do the same, whenever they were begun, wherever the campaign's file is and whatever a
 * cache keeps of it. */
export function digestOf(job: Job): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, sorted(one)]),
    );
  };
  return hashOf(Buffer.from(JSON.stringify(sorted({ ...job, begun: '', file: '', packages: 0 })))).slice(
    0,
    32,
  );
}
