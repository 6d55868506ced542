import type { CampaignStatus, RepositoryStatus } from '../status.ts';
import { rowsOf } from './rows.ts';

/** A repository in the shape promised to scripts. */
const asJson = ({ outcome, ...rest }: RepositoryStatus): object => ({
  ...rest,
  ...(outcome === undefined ? {} : { outcome }),
});

/** Where a campaign stands, in the shape promised to scripts. */
export const statusJson = ({ record, isRunning, repositories, totals }: CampaignStatus): object => ({
  version: 1,
  campaign: {
    name: record.name,
    begun: record.begun,
    dryRun: record.dryRun,
    hasten: record.hasten,
    isRunning,
  },
  repositories: repositories.map(asJson),
  totals,
});

/** The same with every finding. One finding a line, so that it need not be in memory as a whole. */
export async function* jsonReport(state: string, status: CampaignStatus): AsyncIterable<string> {
  yield `${JSON.stringify(statusJson(status)).slice(0, -1)},"findings":[`;
  let isFirst = true;
  for await (const { repository, finding } of rowsOf(state, status)) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify({ repository, ...finding })}`;
    isFirst = false;
  }
  yield '\n]}\n';
}
