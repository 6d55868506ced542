import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { hashOf } from '../../run/whole-file.ts';
import { askedGit, git, type GitRequest } from '../git.ts';
import type { Job } from '../job.ts';
import { StepError } from '../outcome.ts';
import { inTurn, type Place } from '../place.ts';
import { isUrl } from '../repositories.ts';

/** A work tree of a repository, and where it comes from. */
export interface Clone {
  /** Absolute path of the work tree, which nobody else uses. Its HEAD is detached. */
  readonly tree: string;
  /** The commit that it is at. */
  readonly base: string;
  /** The branch that it starts from; undefined where the ref is a tag or a commit. */
  readonly baseBranch: string | undefined;
  /** The bare clone that has the objects. */
  readonly mirror: string;
  /** Where a branch is pushed to; undefined for a path to a work tree without a remote `origin`: nothing is ever pushed into that itself. */
  readonly remote: string | undefined;
  /** Runs `act` while no other job changes the clone. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
}

const isWorkTree = (source: string): boolean => !isUrl(source) && existsSync(join(source, '.git'));

/** Where what is made of `source` is pushed to. */
async function remoteOf(source: string, signal: AbortSignal): Promise<string | undefined> {
  if (!isWorkTree(source)) return source;
  const url = (await askedGit({ cwd: source, signal }, ['remote', 'get-url', '--push', 'origin']))?.trim();
  if (url === undefined || url === '') return undefined;
  return isUrl(url) || isAbsolute(url) ? url : resolve(source, url);
}

/** Makes a bare repository whole or not at all. */
async function makeMirror(folder: string, remote: string | undefined, request: GitRequest): Promise<string> {
  const mirror = join(folder, 'clone.git');
  if (!existsSync(mirror)) {
    const unfinished = join(folder, 'unfinished.git');
    await rm(unfinished, { recursive: true, force: true });
    await git(request, 'init', '--quiet', '--bare', unfinished);
    await rename(unfinished, mirror);
  }
  // For gh and its like, which ask what the remote is.
  if (remote !== undefined) await git({ ...request, cwd: mirror }, 'config', 'remote.origin.url', remote);
  return mirror;
}

/** Fetches one commit, without its history. */
async function fetchRef(job: Job, request: GitRequest): Promise<string> {
  const { source, ref = 'HEAD' } = job;
  await git(
    request,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    '--depth=1',
    '--force',
    source,
    `+${ref}:refs/hasten/fetched`,
  );
  return (await git(request, 'rev-parse', '--verify', 'refs/hasten/fetched^{commit}')).trim();
}

/** The branch that `ref` is at the source; undefined where it is none. */
async function branchOf({ source, ref }: Job, request: GitRequest): Promise<string | undefined> {
  if (ref === undefined || ref === 'HEAD') {
    const answer = await askedGit(request, ['ls-remote', '--symref', source, 'HEAD']);
    return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(answer ?? '')?.[1];
  }
  const short = ref.replace(/^refs\/heads\//, '');
  const answer = await askedGit(request, ['ls-remote', source, `refs/heads/${short}`]);
  return answer === undefined || answer.trim() === '' ? undefined : short;
}

/**
 * Brings a repository here and makes a work tree of it. What it comes from is only read.
 * @throws {StepError} where it is not to be had; the reason of `signal`.
 */
export async function clone(job: Job, place: Place, signal: AbortSignal): Promise<Clone> {
  const { source } = job;
  const request = { step: 'clone', cwd: place.cache, signal } as const;
  if (!isUrl(source) && !(existsSync(source) && statSync(source).isDirectory()))
    throw new StepError('clone', `${source} is no folder`);
  const folder = join(
    place.cache,
    'clones',
    `${basename(source).replace(/[^\w.-]+/g, '-')}-${hashOf(Buffer.from(source)).slice(0, 16)}`,
  );
  const turn = <T>(act: () => Promise<T>): Promise<T> => inTurn(folder, signal, act);
  await mkdir(folder, { recursive: true });
  const tree = join(place.own, 'tree');
  const remote = await remoteOf(source, signal);
  return turn(async () => {
    const mirror = await makeMirror(folder, remote, request);
    const there = { ...request, cwd: mirror };
    const base = await fetchRef(job, there);
    const baseBranch = await branchOf(job, there);
    await rm(tree, { recursive: true, force: true });
    await git(there, 'worktree', 'prune');
    await git(there, 'worktree', 'add', '--quiet', '--detach', tree, base);
    return { tree, base, baseBranch, mirror, remote, inTurn: turn };
  });
}

/** Removes a work tree. */
export async function removeTree(own: string, cloned: Clone | undefined): Promise<void> {
  await rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  if (cloned === undefined) return;
  const signal = new AbortController().signal;
  await cloned.inTurn(() => askedGit({ cwd: cloned.mirror, signal }, ['worktree', 'prune']));
}
