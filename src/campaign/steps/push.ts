import { git, type GitRequest } from '../git.ts';
import type { Job } from '../job.ts';
import { StepError } from '../outcome.ts';
import type { Clone } from './clone.ts';

/** The commit that `branch` is at the remote; undefined where there is no such branch. */
async function remoteCommit(
  remote: string,
  branch: string,
  request: GitRequest,
): Promise<string | undefined> {
  const answer = await git(request, 'ls-remote', remote, `refs/heads/${branch}`);
  return answer.trim().split(/\s/)[0] || undefined;
}

const wrong = (reason: string): StepError => new StepError('push', reason);

/**
 * Pushes the commits of a work tree to a branch of their own. Pushed once more, it is the same.
 * @throws {StepError} where there is no remote, the branch is one that others work on, or git does not push; the reason of `signal`.
 */
export async function push(
  job: Job,
  { tree, remote, baseBranch }: Clone,
  signal: AbortSignal,
): Promise<string> {
  const request = { step: 'push', cwd: tree, signal } as const;
  const { branch } = job;
  if (remote === undefined)
    throw wrong(`${job.source} has no remote \`origin\`, and nothing is pushed into a work tree`);
  const answer = await git(request, 'ls-remote', '--symref', remote, 'HEAD');
  const main = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(answer)?.[1];
  if (branch === baseBranch || branch === main)
    throw wrong(`\`${branch}\` is the branch that it starts from; name another one with \`branch\``);
  const own = (await git(request, 'rev-parse', 'HEAD')).trim();
  const theirs = await remoteCommit(remote, branch, request);
  if (theirs === own) return remote;
  if (theirs !== undefined && job.push?.existing !== 'replace')
    throw wrong(
      `\`${branch}\` is at the remote already with other commits (${theirs.slice(0, 12)}); delete it, name another branch, or say \`push: { existing: replace }\``,
    );
  // Only what was just seen is replaced, so that nobody's later commit is lost.
  const lease = `--force-with-lease=refs/heads/${branch}:${theirs ?? ''}`;
  await git(request, 'push', '--quiet', '--no-verify', lease, remote, `HEAD:refs/heads/${branch}`);
  return remote;
}
