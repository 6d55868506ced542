import { rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonVerification, type JsonVerification } from '../review/verification.ts';
import type { Commit } from '../run/commits/commit.ts';
import type { Plan } from '../run/plan.ts';
import { hashOf, messageOf } from '../run/whole-file.ts';
import { git } from './git.ts';
import { digestOf, type Job } from './job.ts';
import { StepError, type JobResult, type Landing, type Outcome, type Step } from './outcome.ts';
import { inTurn, tempFolderOf, type Place } from './place.ts';
import { withoutSecret } from './repositories.ts';
import { findingsTold, toldOf } from './told.ts';
import { clone, removeTree, type Clone } from './steps/clone.ts';
import { commit } from './steps/commit.ts';
import { whyLeftOut } from './steps/filter.ts';
import { install } from './steps/install.ts';
import { openPullRequest } from './steps/pull-request.ts';
import { push } from './steps/push.ts';
import { verify } from './steps/verify.ts';
import { requestOf, summaryOf } from './summary.ts';

/** What the engine found in a repository. */
export interface Found {
  readonly plan: Plan;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
}

/** What a job needs of whoever runs it. */
export interface JobTools {
  /** Finds out what the transforms of a job would do in the work tree at `tree`. Throws, with a reason to read, where they cannot be run. */
  readonly find: (job: Job, tree: string, signal: AbortSignal) => Promise<Found>;
  /** Takes each step as it begins. */
  readonly onStep: (step: Step) => void;
  /** Takes what there is to read about it, for the log. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What is known of a job so far. */
interface Known {
  cloned?: Clone;
  leftOut?: string | undefined;
  found?: Found;
  verification?: JsonVerification;
  commits: readonly Commit[];
  landing?: Landing;
}

/** One job under way. */
class Work {
  readonly known: Known = { commits: [] };
  step: Step = 'clone';
  private readonly job: Job;
  private readonly place: Place;
  private readonly tools: JobTools;

  constructor(job: Job, place: Place, tools: JobTools) {
    this.job = job;
    this.place = place;
    this.tools = tools;
  }

  private begin(step: Step): void {
    this.tools.signal.throwIfAborted();
    this.step = step;
    this.tools.onStep(step);
  }

  /** Everything up to the plan that is to be committed. */
  private async prepare(): Promise<void> {
    const { job, place, known } = this;
    const { say, signal } = this.tools;
    this.begin('clone');
    known.cloned = await clone(job, place, signal);
    const { tree } = known.cloned;
    this.begin('filter');
    known.leftOut = await whyLeftOut(tree, job.where, signal);
    if (known.leftOut !== undefined) return;
    if (job.install !== undefined) {
      this.begin('install');
      await install(tree, job, place, say, signal);
    }
    this.begin('find');
    known.found = await this.tools.find(job, tree, signal);
    if (job.verify === undefined || known.found.plan.changes.length === 0) return;
    this.begin('verify');
    const { summaries, plan } = known.found;
    const verified = await verify(plan, tree, job.verify, say, signal);
    known.found = { summaries, plan: verified.plan };
    known.verification = jsonVerification(verified.verified);
  }

  /** Commits, pushes and asks to merge, as far as the job says. */
  private async land({ plan, summaries }: Found, cloned: Clone): Promise<void> {
    const { job, place, known } = this;
    const { signal } = this.tools;
    this.begin('commit');
    known.commits = await commit(plan, cloned.tree, job, summaries, signal);
    const request = { step: 'commit', cwd: cloned.tree, signal } as const;
    const head = (await git(request, 'rev-parse', 'HEAD')).trim();
    // Not every name may be that of a ref.
    const ref = `refs/hasten/${hashOf(Buffer.from(`${job.campaign}/${job.name}`)).slice(0, 16)}`;
    await cloned.inTurn(() => git(request, 'update-ref', ref, head));
    known.landing = { branch: job.branch, commit: head, kept: { clone: cloned.mirror, ref } };
    if (job.push === undefined) return;
    this.begin('push');
    known.landing = { ...known.landing, pushedTo: withoutSecret(await push(job, cloned, signal)) };
    if (job.pullRequest === undefined) return;
    this.begin('pull-request');
    const asked = requestOf(job, { plan, summaries }, cloned.tree, place.packageRoot);
    const url = await openPullRequest(job, cloned, asked, place.own, signal);
    known.landing = { ...known.landing, pullRequest: url === undefined ? {} : { url } };
  }

  async run(): Promise<void> {
    await this.prepare();
    const { found, cloned } = this.known;
    if (found === undefined || cloned === undefined || this.job.dryRun) return;
    if (found.plan.changes.length > 0) await this.land(found, cloned);
  }

  /** What came of it; `failed` tells why it did not come to its end. */
  result(failed?: { readonly step: Step; readonly reason: string }): JobResult {
    const { job, known } = this;
    const { cloned, found, leftOut, verification, commits, landing } = known;
    // Where the commands say nothing of the changes, or git takes none, nothing is changed.
    const isDone = failed === undefined || failed.step === 'push' || failed.step === 'pull-request';
    const plan = found === undefined ? undefined : isDone ? found.plan : { ...found.plan, changes: [] };
    const told = plan === undefined || cloned === undefined ? undefined : toldOf(plan, cloned.tree);
    const isChanged = told !== undefined && told.changes.length > 0;
    const state =
      failed !== undefined
        ? 'failed'
        : leftOut !== undefined
          ? 'left-out'
          : isChanged
            ? 'changed'
            : 'unchanged';
    const reason = failed?.reason ?? leftOut;
    const outcome: Outcome = {
      format: 1,
      repository: job.name,
      source: withoutSecret(job.source),
      ...(job.ref === undefined ? {} : { ref: job.ref }),
      job: digestOf(job),
      ...(cloned === undefined ? {} : { base: cloned.base }),
      state,
      ...(failed === undefined ? {} : { step: failed.step }),
      ...(reason === undefined ? {} : { reason }),
      counts: told?.counts ?? [],
      ...(told === undefined ? {} : { files: told.files }),
      failures: told?.failures ?? [],
      changes: told?.changes ?? [],
      ...(verification === undefined ? {} : { verification }),
      commits: commits.map(({ subject, files }) => ({ subject, files })),
    };
    const tree = cloned?.tree ?? '';
    const hasReport = plan !== undefined && found !== undefined;
    return {
      outcome,
      findings: plan === undefined ? [] : findingsTold(plan, tree),
      patch: told?.patch ?? '',
      summary: hasReport ? summaryOf(job, { ...found, plan }, tree, this.place.packageRoot) : '',
      ...(landing === undefined ? {} : { landing }),
    };
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A path as it stands in JSON. */
const written = (path: string): string => JSON.stringify(path).slice(1, -1);

/** A result without the paths of this machine: those of the work tree, and of copies of it. */
function placeless(result: JobResult, tree: string | undefined): JobResult {
  if (tree === undefined) return result;
  const copies = new RegExp(
    `${escaped(written(join(tmpdir(), 'hasten-verify-')))}\\d+-\\w+[/\\\\]+project[/\\\\]*`,
    'g',
  );
  const { landing, ...told } = result;
  const text = JSON.stringify(told)
    .replace(copies, '')
    .replaceAll(written(`${tree}/`), '')
    .replaceAll(written(tree), '.');
  return { ...(JSON.parse(text) as JobResult), ...(landing === undefined ? {} : { landing }) };
}

/**
 * Does a job: brings the repository here, runs the transforms, verifies, commits and pushes as far as it says. What goes wrong is part of the
 * result. Nothing is left of the work tree, and nothing but `place` and, where that is asked for, the remote is changed.
 * @throws the reason of the signal.
 */
export async function runJob(job: Job, place: Place, tools: JobTools): Promise<JobResult> {
  await mkdir(place.cache, { recursive: true });
  return inTurn(`${place.own}.turn`, tools.signal, async () => {
    await rm(place.own, { recursive: true, force: true });
    await mkdir(tempFolderOf(place), { recursive: true });
    const work = new Work(job, place, tools);
    try {
      try {
        await work.run();
        return placeless(work.result(), work.known.cloned?.tree);
      } catch (error) {
        tools.signal.throwIfAborted();
        const step = error instanceof StepError ? error.step : work.step;
        if (!(error instanceof StepError) && error instanceof Error) tools.say(error.stack ?? error.message);
        return placeless(work.result({ step, reason: messageOf(error) }), work.known.cloned?.tree);
      }
    } finally {
      await removeTree(place.own, work.known.cloned);
    }
  });
}
