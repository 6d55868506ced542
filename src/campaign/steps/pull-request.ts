import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tellingLine } from '../../run/verification/command.ts';
import type { Job } from '../job.ts';
import { StepError } from '../outcome.ts';
import { printedByProgram, type Printed } from '../printed.ts';
import type { Clone } from './clone.ts';

/** What is asked to be merged. */
export interface PullRequest {
  readonly title: string;
  /** In Markdown. */
  readonly body: string;
}

/** A URL in what a program prints: the last one. */
const urlIn = (text: string): string | undefined => [...text.matchAll(/https?:\/\/\S+/g)].at(-1)?.[0];

/** Milliseconds that a command may take to open one. */
const TIME_LIMIT = 600_000;

/** What `gh` and `glab` are told. */
interface Program {
  /** Asks for an open one of this branch; prints its URL, if there is one. */
  readonly find: (branch: string) => readonly string[];
  readonly create: (
    job: Job,
    request: PullRequest & { readonly file: string; readonly base: string | undefined },
  ) => readonly string[];
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  gh: {
    find: (branch) => [
      'pr',
      'list',
      '--head',
      branch,
      '--state',
      'open',
      '--json',
      'url',
      '--jq',
      '.[0].url // empty',
    ],
    create: ({ branch, pullRequest }, { title, file, base }) => [
      'pr',
      'create',
      '--head',
      branch,
      '--title',
      title,
      '--body-file',
      file,
      ...(base === undefined ? [] : ['--base', base]),
      ...(pullRequest?.draft === true ? ['--draft'] : []),
    ],
  },
  glab: {
    find: (branch) => ['mr', 'list', '--source-branch', branch, '--output', 'json'],
    create: ({ branch, pullRequest }, { title, body, base }) => [
      'mr',
      'create',
      '--source-branch',
      branch,
      '--title',
      title,
      '--description',
      body,
      '--yes',
      ...(base === undefined ? [] : ['--target-branch', base]),
      ...(pullRequest?.draft === true ? ['--draft'] : []),
    ],
  },
};

/** The URL in what `find` prints: the plain one of gh, or the `web_url` of the first in glab's JSON. */
function foundIn(stdout: string): string | undefined {
  const text = stdout.trim();
  if (!text.startsWith('[')) return urlIn(text);
  try {
    const [first] = JSON.parse(text) as readonly { readonly web_url?: unknown }[];
    return typeof first?.web_url === 'string' ? first.web_url : undefined;
  } catch {
    return undefined;
  }
}

async function withProgram(
  name: string,
  program: Program,
  job: Job,
  { tree, baseBranch }: Clone,
  request: PullRequest & { readonly file: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = (words: readonly string[]): Promise<Printed> =>
    printedByProgram({ program: name, words, cwd: tree, signal });
  // A job that was stopped behind this step opens none twice.
  const listed = await run(program.find(job.branch));
  const known = listed.failure === undefined ? foundIn(listed.stdout) : undefined;
  if (known !== undefined) return known;
  const { stdout, stderr, failure } = await run(program.create(job, { ...request, base: baseBranch }));
  if (failure === undefined) return urlIn(stdout);
  throw new StepError(
    'pull-request',
    `\`${name}\` fails (${failure}): ${tellingLine(`${stdout}\n${stderr}`)}`,
  );
}

/**
 * Opens a pull request for a branch that is pushed, as the campaign says: with `gh`, `glab` or a command, which finds what it needs in its environment.
 * @param own a folder for its text.
 * @returns its address, where that is told.
 * @throws {StepError} where it cannot be opened; the reason of `signal`.
 */
export async function openPullRequest(
  job: Job,
  cloned: Clone,
  request: PullRequest,
  own: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { with: command = '' } = job.pullRequest ?? {};
  const file = join(own, 'pull-request.md');
  await writeFile(file, request.body);
  const program = Object.hasOwn(PROGRAMS, command) ? PROGRAMS[command] : undefined;
  if (program !== undefined) return withProgram(command, program, job, cloned, { ...request, file }, signal);
  const env = {
    HASTEN_CAMPAIGN: job.campaign,
    HASTEN_REPOSITORY: job.name,
    HASTEN_REMOTE: cloned.remote ?? '',
    HASTEN_BRANCH: job.branch,
    HASTEN_BASE: cloned.baseBranch ?? '',
    HASTEN_TITLE: request.title,
    HASTEN_BODY_FILE: file,
  };
  const ran = await runCommand({ command, cwd: cloned.tree, timeLimit: TIME_LIMIT, signal, env });
  if (ran.passed) return urlIn(ran.output);
  throw new StepError('pull-request', `\`${command}\` fails (${ran.ending}): ${tellingLine(ran.output)}`);
}
