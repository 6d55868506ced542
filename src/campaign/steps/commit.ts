import { commitMessage } from '../../review/commit-message.ts';
import { placesOf } from '../../review/places.ts';
import { commitSteps, type Commit } from '../../run/commits/commit.ts';
import { idsOf } from '../../run/composition.ts';
import type { Plan } from '../../run/plan.ts';
import type { Job } from '../job.ts';
import { StepError } from '../outcome.ts';

/** What git is told about a job's commits: who and when, and that nobody's hooks run. */
function environmentOf({
  begun,
  commit: { author = '' },
}: Pick<Job, 'begun' | 'commit'>): Readonly<Record<string, string>> {
  const [, name, address] = /^(.*?) <(.*)>$/.exec(author) ?? [];
  const who =
    name === undefined || address === undefined
      ? {}
      : {
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: address,
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: address,
        };
  return {
    ...who,
    GIT_AUTHOR_DATE: begun,
    GIT_COMMITTER_DATE: begun,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: '/dev/null',
  };
}

/** Runs `act` with more in the environment of this process, as git will find it. */
async function withEnvironment<T>(more: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, more);
  try {
    return await act();
  } finally {
    for (const name of Object.keys(more)) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/**
 * Writes what `plan` makes of the files of the work tree at `tree`, and commits it there.
 * @throws {StepError} where a file cannot be written or git does not commit.
 */
export async function commit(
  plan: Plan,
  tree: string,
  job: Pick<Job, 'begun' | 'commit' | 'level'>,
  summaries: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly Commit[]> {
  const { grouping, message, signoff } = job.commit;
  const template = message === undefined ? {} : { template: message };
  const request = { grouping, summaries, places: placesOf(plan), ...template };
  const { commits, written } = await withEnvironment(environmentOf(job), () =>
    commitSteps(plan, new Set(idsOf(plan)), {
      root: tree,
      asked: { paths: ['.'], level: job.level },
      // What was installed may have changed a lockfile; only what is committed has to be as it was.
      allowDirty: true,
      allowDetached: true,
      grouping,
      signoff,
      signal,
      messageOf: (part) => commitMessage(part, request),
    }),
  );
  signal.throwIfAborted();
  const [failure] = written.failures;
  if (failure !== undefined) throw new StepError('commit', `${failure.path} ${failure.reason}`);
  return commits;
}
