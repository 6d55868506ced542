import { mkdir } from 'node:fs/promises';
import type { Campaign } from '../../campaign/campaign.ts';
import type { CoordinatorRequest, JobDoer } from '../../campaign/coordinator.ts';
import { counted } from '../../review/describe.ts';
import type { BatchArguments } from '../commands/batch.ts';
import type { Surroundings } from '../surroundings.ts';
import { UsageError } from '../../errors.ts';
import { bearable, memoryForJobs, usualCache } from './machine.ts';
import { queueAddress } from './queue.ts';

type Asked = Pick<CoordinatorRequest, 'jobs' | 'isWanted' | 'state'>;

/** Who does jobs, to be closed in the end. */
export interface OpenDoer {
  readonly doer: JobDoer;
  readonly close: () => Promise<void>;
}

async function local(
  { cache: named, limits }: Campaign,
  { state }: Asked,
  { env, packageRoot }: Surroundings,
): Promise<OpenDoer> {
  const { localJobs } = await import('../../campaign/local-jobs.ts');
  const { realPath } = await import('../../run/real-path.ts');
  const { jobEntry } = await import('./job-entry.ts');
  const cache = named ?? usualCache(env);
  await mkdir(cache, { recursive: true });
  const concurrency = limits.concurrency ?? bearable(limits.memory, memoryForJobs());
  const doer = localJobs({ state, cache: realPath(cache), packageRoot, entry: jobEntry(), concurrency });
  return { doer, close: () => Promise.resolve() };
}

/** Whoever git knows on a worker would be the author there, and no two workers would make the same commits. */
function checkAuthor(campaign: Campaign, { jobs }: Asked): void {
  if (campaign.commit.author !== undefined || jobs.every(({ dryRun }) => dryRun)) return;
  throw new UsageError(
    `${campaign.placeOf(['commit'])}: with --queue, \`commit\` needs an \`author\`, as Ann Lee <ann@example.com>, so that every worker makes the same commits.`,
  );
}

async function queued(
  typed: string,
  campaign: Campaign,
  { jobs, isWanted, state }: Asked,
  { env, stderr }: Surroundings,
): Promise<OpenDoer> {
  const { isUrl } = await import('../../campaign/repositories.ts');
  const { connect } = await import('../../campaign/queue/connection.ts');
  const { QueuedJobs } = await import('../../campaign/queue/queued-jobs.ts');
  const address = await queueAddress(typed, env);
  checkAuthor(campaign, { jobs, isWanted, state });
  const say = (text: string): void => void stderr.write(`${text}\n`);
  const version = jobs[0]?.hasten ?? '';
  const connection = await connect(address, say);
  const paths = jobs.filter((job) => isWanted(job) && !isUrl(job.source)).length;
  if (paths > 0)
    say(
      `${counted(paths, 'source')} ${paths === 1 ? 'is a path' : 'are paths'}: only workers that have the same there can do that.`,
    );
  const doer = new QueuedJobs({ connection, version, state, say });
  return { doer, close: () => doer.close() };
}

/**
 * Who does the jobs of a campaign: this machine, or the workers at a queue.
 * @throws {QueueError} where the queue cannot be reached.
 */
export const openDoer = (
  { queue }: BatchArguments,
  campaign: Campaign,
  asked: Asked,
  surroundings: Surroundings,
): Promise<OpenDoer> =>
  queue === undefined ? local(campaign, asked, surroundings) : queued(queue, campaign, asked, surroundings);
