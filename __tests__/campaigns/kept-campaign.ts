import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobResult } from '../../src/campaign/outcome.ts';
import { fileOf, makeStateFolder } from '../../src/campaign/state/folder.ts';
import { keepResult, writeRecord } from '../../src/campaign/state/kept.ts';

/** A repository of a made-up campaign; one without a result is not done yet. */
export interface KeptRepository {
  readonly name: string;
  readonly result?: Partial<Omit<JobResult, 'outcome'>> & {
    readonly outcome?: Partial<JobResult['outcome']>;
  };
  readonly log?: string;
}

/** The digest of the job of each. */
export const DIGEST = 'd'.repeat(32);

/** A folder as a campaign leaves it behind, without a campaign. */
export async function keptCampaign(name: string, repositories: readonly KeptRepository[]): Promise<string> {
  const state = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-kept-')));
  await makeStateFolder(state);
  const jobs = repositories.map((one) => ({ repository: one.name, digest: DIGEST }));
  const common = { format: 1, begun: '2026-01-02T03:04:05Z', dryRun: true, hasten: '0.0.0' } as const;
  await writeRecord(state, { ...common, name, file: join(state, 'campaign.yaml'), jobs });
  for (const { name: repository, result, log } of repositories) {
    if (log !== undefined) writeFileSync(fileOf(state, 'logs', repository), log);
    if (result === undefined) continue;
    const { outcome, ...more } = result;
    await keepResult(state, {
      outcome: {
        format: 1,
        repository,
        source: `/srv/${repository}`,
        job: DIGEST,
        state: 'unchanged',
        counts: [],
        failures: [],
        changes: [],
        commits: [],
        ...outcome,
      },
      findings: [],
      patch: '',
      summary: '',
      ...more,
    });
  }
  return state;
}
