import type { FoundPlace } from '../outcome.ts';
import { readFindings } from '../state/kept.ts';
import type { CampaignStatus } from '../status.ts';

/** One finding of one repository. */
export interface Row {
  readonly repository: string;
  readonly finding: FoundPlace;
  /** What became of it: changed, left as it is, or ignored by a comment. */
  readonly state: 'changed' | 'open' | 'ignored';
  /** What stands against it or is assumed, as one text; empty where all is proved. */
  readonly why: string;
}

const stateOf = ({ changed, state }: FoundPlace): Row['state'] =>
  changed ? 'changed' : state === 'ignored' ? 'ignored' : 'open';

/** What stands against a rewrite; else what is assumed of it. */
function whyOf({ evidence, ignored }: FoundPlace): string {
  if (ignored !== undefined) return ignored.reason;
  const failed = evidence.filter(({ verdict }) => verdict === 'fails');
  const told = failed.length > 0 ? failed : evidence.filter(({ verdict }) => verdict === 'assumed');
  return told.map(({ claim }) => claim).join('; ');
}

/** Every finding of every repository of a campaign that is done, in its order; those of one repository at a time are in memory. */
export async function* rowsOf(state: string, { repositories }: CampaignStatus): AsyncIterable<Row> {
  for (const { repository, outcome } of repositories) {
    if (outcome === undefined) continue;
    for (const finding of await readFindings(state, repository))
      yield { repository, finding, state: stateOf(finding), why: whyOf(finding) };
  }
}
