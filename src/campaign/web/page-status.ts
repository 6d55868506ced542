import { duration, headline, stateOf } from '../reports/table.ts';
import type { CampaignStatus, RepositoryStatus } from '../status.ts';
import type { Outcome, Landing } from '../outcome.ts';
import type { PageDetails, PageRepository, PageStatus } from './protocol.ts';

function repositoryOf(one: RepositoryStatus): PageRepository {
  const { repository: name, state, reason, outcome, landing, seconds } = one;
  const request = landing?.pullRequest?.url;
  return {
    name,
    state,
    says: stateOf(one),
    ...(reason === undefined ? {} : { reason }),
    counts: outcome?.counts ?? [],
    files: outcome?.changes.length ?? 0,
    failures: outcome?.failures.length ?? 0,
    time: duration(seconds),
    ...(request === undefined ? {} : { request }),
  };
}

/** Where a campaign stands, as its page shows it. */
export const pageStatus = (status: CampaignStatus): PageStatus => ({
  name: status.record.name,
  isDryRun: status.record.dryRun,
  isRunning: status.isRunning,
  headline: headline(status),
  repositories: status.repositories.map(repositoryOf),
  totals: status.totals,
});

/** Where the commits of a repository are. */
function* landingFacts(landing: Landing): Iterable<readonly [label: string, text: string]> {
  const { branch, commit, kept, pushedTo } = landing;
  yield ['Branch', branch];
  yield ['Last commit', commit];
  const where = kept.worker === undefined ? kept.clone : `${kept.clone} on ${kept.worker}`;
  yield pushedTo === undefined ? ['Commits kept in', `${where} as ${kept.ref}`] : ['Pushed to', pushedTo];
}

function* factsOf(
  outcome: Outcome,
  landing: Landing | undefined,
): Iterable<readonly [label: string, text: string]> {
  const { source, ref, base, files, verification } = outcome;
  yield ['From', ref === undefined ? source : `${source} at ${ref}`];
  if (base !== undefined) yield ['Starts from', base];
  if (files !== undefined) yield ['Files looked at', files.scanned.toLocaleString('en')];
  if (verification !== undefined) {
    const { command, passed, runs, culprits } = verification;
    const blamed = culprits.length === 0 ? '' : `, with ${culprits.length} left out that it failed with`;
    yield ['Verified by', `${command}: ${passed ? 'passes' : 'does not pass'} (run ${runs}×)${blamed}`];
  }
  if (landing !== undefined) yield* landingFacts(landing);
}

/** What came of a repository, as its page shows it. */
export const pageDetails = (outcome: Outcome, landing: Landing | undefined): PageDetails => ({
  facts: Array.from(factsOf(outcome, landing), ([label, text]) => ({ label, text })),
  failures: outcome.failures,
  commits: outcome.commits.map(({ subject, files }) => ({ subject, files: files.length })),
});
