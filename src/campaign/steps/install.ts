import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { hashOf } from '../../run/whole-file.ts';
import { runCommand, tellingLine } from '../../run/verification/command.ts';
import { git } from '../git.ts';
import { evictInstalled, keepInstalled, takeInstalled } from '../installed.ts';
import type { Job } from '../job.ts';
import { StepError } from '../outcome.ts';
import { inTurn, type Place } from '../place.ts';

/** The command for each lockfile, in the order in which they are looked for. */
const BY_LOCKFILE: readonly (readonly [file: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn install --immutable || yarn install --frozen-lockfile'],
  ['bun.lock', 'bun install --frozen-lockfile'],
  ['bun.lockb', 'bun install --frozen-lockfile'],
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['package.json', 'npm install --no-package-lock'],
];

/** The command that the files of a repository ask for; undefined where it needs none. */
const commandFor = (tree: string): string | undefined =>
  BY_LOCKFILE.find(([file]) => existsSync(join(tree, file)))?.[1];

/** Files that what is installed depends on, wherever they are. */
const DECIDING = new Set([
  ...BY_LOCKFILE.map(([file]) => file),
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  'pnpm-workspace.yaml',
  '.pnpmfile.cjs',
]);

const isDeciding = (name: string): boolean =>
  DECIDING.has(posix.basename(name)) || /(?:^|\/)(?:patches|\.yarn\/(?:patches|plugins))\//.test(name);

/** A digest of everything that what is installed depends on. */
async function digestOf(tree: string, command: string, signal: AbortSignal): Promise<string> {
  const listed = await git({ step: 'install', cwd: tree, signal }, 'ls-files', '-z', '--stage');
  const lines = listed.split('\0').filter((line) => isDeciding(line.slice(line.indexOf('\t') + 1)));
  const about = [command, process.version, process.platform, process.arch, ...lines];
  return hashOf(Buffer.from(about.join('\0'))).slice(0, 32);
}

/** What an installation has made: the folders of packages, and whether that is all. */
async function madeIn(
  tree: string,
  signal: AbortSignal,
): Promise<{ readonly folders: readonly string[]; readonly isAll: boolean }> {
  const status = await git(
    { step: 'install', cwd: tree, signal },
    'status',
    '--porcelain',
    '-z',
    '--ignored',
    '--untracked-files=normal',
  );
  const names = status.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3).replace(/\/$/, '')]));
  const folders = names.filter((name) => posix.basename(name) === 'node_modules');
  return { folders, isAll: folders.length === names.length };
}

const GIB = 2 ** 30;

/** Runs the command that installs, and keeps what it made for others, if that is folders of packages and nothing else. */
async function installAnew(
  tree: string,
  command: string,
  job: Pick<Job, 'limits' | 'packages'>,
  folder: string,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const ran = await runCommand({ command, cwd: tree, timeLimit: job.limits.time * 1000, signal });
  say(`$ ${command}\n${ran.output}\n`);
  if (!ran.passed) {
    const line = tellingLine(ran.output);
    throw new StepError('install', `\`${command}\` fails (${ran.ending})${line === '' ? '' : `: ${line}`}`);
  }
  const { folders, isAll } = await madeIn(tree, signal);
  if (!isAll) say('It made more than folders of packages, and is not kept for others.');
  else if (folders.length > 0 && !(await keepInstalled(folder, tree, folders, job.packages * GIB)))
    say(`It takes more than ${job.packages} GiB (limits.packages), and is not kept for others.`);
}

/**
 * Installs what a repository depends on, or takes it from an installation with the same lockfiles. Only an installation that made folders of packages
 * and nothing else is kept: what else one makes may depend on all the rest. So much is kept as the job says; what was not used for the longest time goes.
 * @param say takes what there is to read about it.
 * @throws {StepError} where the command fails; the reason of `signal`.
 */
export async function install(
  tree: string,
  job: Pick<Job, 'install' | 'limits' | 'packages'>,
  place: Place,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const command = job.install === 'auto' ? commandFor(tree) : job.install;
  if (command === undefined) return;
  const digest = await digestOf(tree, command, signal);
  const all = join(place.cache, 'installed');
  const folder = join(all, digest);
  // Two jobs with the same lockfiles wait for each other: the second finds what the first has installed.
  const isTaken = await inTurn(folder, signal, async () => {
    if (await takeInstalled(folder, tree)) return true;
    await installAnew(tree, command, job, folder, say, signal);
    return false;
  });
  if (isTaken) say(`Taken from an installation with the same lockfiles: ${folder}`);
  else await evictInstalled(all, job.packages * GIB, signal);
}
