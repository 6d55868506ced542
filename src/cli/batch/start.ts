import { dirname, resolve } from 'node:path';
import type { Campaign } from '../../campaign/campaign.ts';
import type { CoordinatorEvent, CoordinatorRequest } from '../../campaign/coordinator.ts';
import type { Job } from '../../campaign/job.ts';
import { visible } from '../../review/describe.ts';
import type { BatchArguments } from '../commands/batch.ts';
import { interruptible } from '../interruptible.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { suggestion } from '../../api/suggest.ts';
import { UsageError } from '../../errors.ts';
import { versionOf } from '../../api/version.ts';
import { openDoer } from './doer.ts';
import { outcomeTold } from './outcome-told.ts';
import { orQueueTrouble } from './queue.ts';

/** What `act` gives; what is wrong with a campaign's file becomes bad usage. */
export async function orUsageError<T>(act: () => Promise<T>): Promise<T> {
  const { CampaignError } = await import('../../campaign/campaign.ts');
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof CampaignError)) throw error;
    const lines = error.faults.map(({ place, says, unknown }) => {
      const hint = unknown === undefined ? '' : suggestion(unknown.name, unknown.known);
      return `${place}: ${says}${hint}`;
    });
    throw new UsageError(lines.join('\nhasten: '), { cause: error });
  }
}

/** Whether a name is one that was typed, in which `*` stands for anything. */
const isNamed = (name: string, typed: string): boolean =>
  new RegExp(
    `^${typed
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(name);

/** Which jobs are wanted. Throws where a name that was typed is none. */
function wantedOf(jobs: readonly Job[], only: readonly string[] = []): (job: Job) => boolean {
  const names = jobs.map(({ name }) => name);
  for (const typed of only)
    if (!names.some((name) => isNamed(name, typed)))
      throw new UsageError(
        `--only ${typed}: the campaign has no such repository.${suggestion(typed, names)}`,
      );
  return ({ name }) => only.length === 0 || only.some((typed) => isNamed(name, typed));
}

/** Two repositories that would push one branch to one place. */
function checkBranches(campaign: Campaign, jobs: readonly Job[]): void {
  const seen = new Map<string, string>();
  for (const { name, source, branch, push } of jobs) {
    if (push === undefined) continue;
    const key = `${source} ${branch}`;
    const other = seen.get(key);
    if (other !== undefined)
      throw new UsageError(
        `${campaign.placeOf(['branch'])}: \`${other}\` and \`${name}\` would push the same branch, ${branch}, to the same place; put {ref} or {repository} into \`branch\`.`,
      );
    seen.set(key, name);
  }
}

/** A line for each job that ended. */
function teller(typed: BatchArguments, { stderr }: Surroundings): (event: CoordinatorEvent) => void {
  let ended = 0;
  let total = 0;
  return (event) => {
    if (event.kind === 'start') {
      total = event.waiting;
      if (event.kept > 0) stderr.write(`${event.kept} done by an earlier start, ${total} to do.\n`);
      if (total > 1)
        stderr.write(
          `${Number.isFinite(event.atOnce) ? `At most ${event.atOnce} at once; ` : ''}hasten batch status ${typed.campaign} --watch (or --web) shows how far they are.\n`,
        );
    } else if (event.kind === 'end') {
      ended++;
      const { repository, outcome, seconds } = event;
      const told = visible(`${repository}: ${outcomeTold(outcome)}`);
      stderr.write(`[${ended}/${total}] ${told} (${seconds.toFixed(1)} s)\n`);
    }
  };
}

/** Reads a campaign, and what its jobs are. */
async function requestOf(
  typed: BatchArguments,
  { cwd, packageRoot }: Surroundings,
  signal: AbortSignal,
): Promise<{ campaign: Campaign; request: Omit<CoordinatorRequest, 'doer' | 'onEvent'> }> {
  const { readCampaign } = await import('../../campaign/read-campaign.ts');
  const { repositoriesOf } = await import('../../campaign/repositories.ts');
  const { jobOf } = await import('../../campaign/job.ts');
  const { stateFolder } = await import('../../campaign/state/folder.ts');
  const { readRecord } = await import('../../campaign/state/kept.ts');
  const { realPath } = await import('../../run/real-path.ts');
  const { transformFaults } = await import('./transform-faults.ts');
  const { codeOf } = await import('./code-of.ts');
  const file = realPath(resolve(cwd, typed.campaign));
  const hasten = versionOf(packageRoot);
  const { dryRun, fresh: isFresh, retryFailed } = typed;
  if (isFresh && typed.resume === true)
    throw new UsageError(
      '--resume goes on where the campaign was stopped, --fresh does everything anew: choose one.',
    );
  const campaign = await orUsageError(() => readCampaign(file, packageRoot, transformFaults));
  const repositories = await orUsageError(() => repositoriesOf(campaign, signal));
  const state = stateFolder(dirname(file), campaign.name, dryRun);
  const before = await readRecord(state);
  if (before !== undefined && before.file !== file)
    throw new UsageError(
      `${campaign.placeOf(['name'])}: ${before.file} is a campaign of the name \`${campaign.name}\` too; give this one another one with \`name\`.`,
    );
  const begun = isFresh ? undefined : before?.begun;
  const now = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
  const code = await codeOf(campaign);
  const common = { hasten, dryRun, begun: begun ?? now };
  const request = { ...common, ...(Object.keys(code).length === 0 ? {} : { code }) };
  const jobs = repositories.map((repository) => jobOf(campaign, repository, request));
  checkBranches(campaign, jobs);
  const isWanted = wantedOf(jobs, typed.only);
  const record = { format: 1, name: campaign.name, file, ...common } as const;
  return { campaign, request: { jobs, isWanted, isFresh, retryFailed, record, state, signal } };
}

async function start(
  typed: BatchArguments,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { coordinate } = await import('../../campaign/coordinator.ts');
  const { hasFailures } = await import('../../campaign/status.ts');
  try {
    const { campaign, request } = await requestOf(typed, surroundings, signal);
    const { doer, close } = await openDoer(typed, campaign, request, surroundings);
    let outcomes: Awaited<ReturnType<typeof coordinate>>;
    try {
      outcomes = await coordinate({ ...request, doer, onEvent: teller(typed, surroundings) });
    } finally {
      await close();
    }
    await (await import('./status.ts')).printStatus(request.state, typed, surroundings);
    const wanted = request.jobs.filter(request.isWanted).map(({ name }) => outcomes.get(name));
    return wanted.some((outcome) => outcome === undefined || hasFailures(outcome)) ? 2 : 0;
  } catch (error) {
    // While repositories were listed; nothing was begun.
    if (signal.aborted) return 2;
    throw error;
  }
}

/** `hasten batch campaign.yaml`: does what is not done yet. Ctrl-C ends what is under way, which the next start does anew. */
export async function startCampaign(typed: BatchArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { stderr } = surroundings;
  const said =
    typed.queue === undefined
      ? 'Stopping; what is under way is done anew by the next start.'
      : 'Stopping; what no worker is at yet leaves the queue, and the next start fetches what they come to.';
  const run = (signal: AbortSignal): Promise<ExitCode> => start(typed, surroundings, signal);
  return (await orQueueTrouble(stderr, () => interruptible(stderr, run, said))) ?? 2;
}
