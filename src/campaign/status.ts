import { isHeld } from '../run/journal/lock.ts';
import type { Count, Landing, Outcome, Step } from './outcome.ts';
import type { CampaignRecord } from './state/kept.ts';
import { readLog, type LogEntry } from './state/log.ts';
import { RememberedOutcomes, type Came } from './state/remembered.ts';

/** How far a repository is. */
export interface RepositoryStatus {
  readonly repository: string;
  /** `waiting`: nothing was done yet, or it was stopped and is done anew. */
  readonly state: Outcome['state'] | 'working' | 'waiting';
  /** What is being done, or what failed. */
  readonly step?: Step;
  readonly reason?: string;
  readonly outcome?: Outcome;
  readonly landing?: Landing;
  /** How long it took, or takes until now. */
  readonly seconds?: number;
}

/** How often a transform found something of one level in the whole campaign. */
export interface TotalCount extends Count {
  readonly repositories: number;
}

/** Where a campaign stands. */
export interface CampaignStatus {
  readonly record: CampaignRecord;
  /** Whether a coordinator is at work. */
  readonly isRunning: boolean;
  readonly repositories: readonly RepositoryStatus[];
  readonly totals: readonly TotalCount[];
}

/** What the log says of one repository. */
interface Logged {
  readonly begun: number;
  readonly step?: Step;
  readonly ended?: number;
}

/** The last time that each repository was worked on. */
function lastTurns(log: readonly LogEntry[]): ReadonlyMap<string, Logged> {
  const turns = new Map<string, Logged>();
  for (const entry of log) {
    if (entry.event === 'start' || entry.event === 'stop') continue;
    const { repository, at } = entry;
    const before = turns.get(repository);
    if (entry.event === 'begin') turns.set(repository, { begun: Date.parse(at) });
    else if (entry.event === 'stopped') turns.delete(repository);
    else if (before !== undefined)
      turns.set(
        repository,
        entry.event === 'step' ? { ...before, step: entry.step } : { ...before, ended: Date.parse(at) },
      );
  }
  return turns;
}

function statusOf(
  repository: string,
  came: Came | undefined,
  turn: Logged | undefined,
  isAtWork: boolean,
): RepositoryStatus {
  const until = turn?.ended ?? (isAtWork ? Date.now() : undefined);
  const times =
    turn === undefined || until === undefined ? {} : { seconds: Math.max(0, until - turn.begun) / 1000 };
  if (isAtWork && turn !== undefined && turn.ended === undefined)
    return {
      repository,
      state: 'working',
      ...times,
      ...(turn.step === undefined ? {} : { step: turn.step }),
    };
  if (came === undefined) return { repository, state: 'waiting' };
  const { outcome, landing } = came;
  const { state, step, reason } = outcome;
  return {
    repository,
    state,
    outcome,
    ...times,
    ...(step === undefined ? {} : { step }),
    ...(reason === undefined ? {} : { reason }),
    ...(landing === undefined ? {} : { landing }),
  };
}

/** The counts of all repositories together, by transform and level. */
function totalsOf(outcomes: readonly Outcome[]): TotalCount[] {
  const totals = new Map<string, TotalCount>();
  for (const { counts } of outcomes)
    for (const { transform, safety, found, changed } of counts) {
      const key = `${transform} ${['safe', 'review', 'report'].indexOf(safety)}`;
      const before = totals.get(key);
      totals.set(key, {
        transform,
        safety,
        found: (before?.found ?? 0) + found,
        changed: (before?.changed ?? 0) + changed,
        repositories: (before?.repositories ?? 0) + 1,
      });
    }
  return [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
}

/**
 * Where the campaign that is kept in `state` stands.
 * @param outcomes of this campaign, from an earlier call.
 */
export async function campaignStatus(
  state: string,
  record: CampaignRecord,
  outcomes = new RememberedOutcomes(state),
): Promise<CampaignStatus> {
  const log = readLog(state);
  const isRunning = await isHeld(state);
  const turns = lastTurns(log);
  const repositories: RepositoryStatus[] = [];
  for (const { repository, digest } of record.jobs) {
    const came = await outcomes.of(repository);
    // What another job left is not what is asked for now.
    const own = came?.outcome.job === digest ? came : undefined;
    repositories.push(statusOf(repository, own, turns.get(repository), isRunning));
  }
  const done = repositories.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
  return { record, isRunning, repositories, totals: totalsOf(done) };
}

/** Whether something of a campaign could not be done. */
export const hasFailures = ({ state, failures }: Outcome): boolean =>
  state === 'failed' || failures.length > 0;
