import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReviewSource } from '../review/review.ts';
import type { FileChange } from '../run/plan.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Plan } from '../run/plan.ts';
import type { Composition } from '../run/composition.ts';
import { choiceOf, type ApplicablePlan } from '../api/apply.ts';
import { PACKAGE_ROOT } from '../api/package-root.ts';
import type { WritingRequest } from '../api/request.ts';
import { templateOf } from '../api/write.ts';
import { applyPlan, type PlanApplied } from './apply-plan.ts';
import { pathsOf } from './commands/common.ts';
import type { ReviewArguments } from './commands/review.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';
import { applyLater, reviewAgain, typedSearch } from './typed-again.ts';
import { UsageError } from '../errors.ts';
import { versionOf } from '../api/version.ts';

/** A review that can be shown, in a terminal or in a browser. */
export interface ReviewSession {
  readonly source: ReviewSource;
  /** The folder that the paths of the review are seen from. */
  readonly root: string;
  /** How the review goes on from what was kept: a command line. */
  readonly again: string;
  /** How what was decided is applied later: a command line. */
  readonly later: string;
  /** How many things the run could not do, which `close` tells. */
  readonly failures: number;
  /** Keeps decisions, so that the next review goes on from them. Throws what the file system says. */
  keep(decisions: Decisions): Promise<void>;
  /** Why nothing could be written as the work tree is now: the end of a sentence; undefined where nothing is known to stand against it. */
  blocked(): Promise<string | undefined>;
  /** Writes what `decisions` accept, as `hasten apply` does, and prints on `around` what became of it. */
  apply(decisions: Decisions, around: Surroundings): Promise<PlanApplied>;
  /** Prints on `around`, once the review is over, what the run could not do. @returns 2 where there is anything. */
  close(around: Surroundings): Promise<ExitCode>;
}

/** What is reviewed, what was decided about it, and where that is kept. */
interface Opened {
  readonly plan: ApplicablePlan;
  /** What all proposals make of the files, where that is at hand. */
  readonly changes?: readonly FileChange[];
  readonly hasten: string;
  readonly decisions: Decisions;
  readonly later: string;
  /** What the run says beside its proposals; nothing of a plan in a file, which said it when it was made. */
  readonly run?: Pick<Plan, 'failures' | 'warnings'>;
  keep(decisions: Decisions): Promise<void>;
}

/** Decisions in a file of their own; none where it does not exist. */
async function decisionsIn(path: string): Promise<Decisions> {
  const { readDecisions } = await import('../api/plan-file.ts');
  return existsSync(path) ? readDecisions(path) : new Map();
}

/** What is kept in the file that `--decisions` names, over what is there already. */
async function inOwnFile(typed: string, cwd: string): Promise<Pick<Opened, 'decisions' | 'keep'>> {
  if (!typed.endsWith('.json'))
    throw new UsageError(`--decisions ${typed}: decisions are kept in a .json file.`);
  const path = resolve(cwd, typed);
  const { writeDecisions } = await import('../run/plan-file/kept-decisions.ts');
  return { decisions: await decisionsIn(path), keep: (decisions) => writeDecisions(path, decisions) };
}

async function openPlanFile(name: string, typed: ReviewArguments, { cwd }: Surroundings): Promise<Opened> {
  const option = typedSearch(typed);
  if (option !== undefined)
    throw new UsageError(
      `${option} says what is searched for, and a plan has that already: leave one of them out.`,
    );
  const { planWriter, readPlan } = await import('../api/plan-file.ts');
  const { openPlan } = await import('../run/plan-file/open.ts');
  const path = resolve(cwd, name);
  const document = readPlan(path, typed.root === undefined ? undefined : resolve(cwd, typed.root));
  const own = typed.decisions === undefined ? undefined : await inOwnFile(typed.decisions, cwd);
  const decisions = new Map([...(document.decisions ?? []), ...(own?.decisions ?? [])]);
  const write = planWriter(path, document);
  return {
    plan: { ...document, composition: await openPlan(document) },
    hasten: document.hasten,
    decisions,
    later: applyLater(typed, name),
    // A plan about which nothing is decided is applied whole: one that is only looked at stays such a one.
    keep: own?.keep ?? ((next) => write(next.size === 0 ? undefined : next)),
  };
}

async function openProject(typed: ReviewArguments, around: Surroundings): Promise<Opened | ExitCode> {
  const { cwd, env, stderr } = around;
  const { search, tellUnmatched } = await import('./search.ts');
  const { colorsFor } = await import('./colors.ts');
  const { journalRoot } = await import('../run/journal/folder.ts');
  const { decisionsPath, keepDecisions } = await import('../run/plan-file/kept-decisions.ts');
  const plan = await search({ ...typed, level: typed.level ?? 'review' }, around);
  const { asked, root, summaries } = plan;
  const unmatched = tellUnmatched(plan, typed, stderr, colorsFor(stderr, env, typed.color));
  if (unmatched !== 0) return unmatched;
  const top = journalRoot(cwd);
  const own =
    typed.decisions === undefined
      ? {
          decisions: await decisionsIn(decisionsPath(top)),
          keep: (next: Decisions) => keepDecisions(top, next),
        }
      : await inOwnFile(typed.decisions, cwd);
  return {
    plan: { composition: plan, root, asked, summaries },
    changes: plan.changes,
    hasten: versionOf(PACKAGE_ROOT),
    later: reviewAgain(typed, pathsOf(typed)),
    run: plan,
    ...own,
  };
}

/** The decisions about what a run proposes: what is kept of earlier ones may be about what is done, or gone. */
async function about({ steps }: Composition, decisions: Decisions): Promise<Decisions> {
  const { idsOf } = await import('../run/composition.ts');
  const known = new Set(idsOf({ steps }));
  return new Map([...decisions].filter(([id]) => known.has(id)));
}

/** Why writing would be refused: see `ReviewSession.blocked`. */
async function whyBlocked({ baselines }: Composition, allowDirty: boolean): Promise<string | undefined> {
  if (allowDirty) return undefined;
  const { whyDirty } = await import('../run/dirty.ts');
  return (await whyDirty([...baselines.keys()]))?.reason;
}

/** Prints what the run could not do: see `ReviewSession.close`. */
async function tellRun(
  run: Opened['run'],
  { color }: ReviewArguments,
  { cwd, env, stderr }: Surroundings,
): Promise<ExitCode> {
  if (run === undefined) return 0;
  const { failureLines, warningLines } = await import('../review/summary.ts');
  const { colorsFor } = await import('./colors.ts');
  const colors = colorsFor(stderr, env, color);
  send(stderr, failureLines(run.failures, cwd, colors));
  send(stderr, warningLines(run.warnings, cwd, colors));
  return run.failures.length > 0 ? 2 : 0;
}

/**
 * Opens what is to be reviewed: the plan in a file, or what a run over `paths` would do.
 * @returns the exit code where there is nothing to show.
 * @throws {UsageError} for files that cannot be read, and options that do not go together.
 */
export async function openReview(
  typed: ReviewArguments,
  writing: WritingRequest,
  around: Surroundings,
): Promise<ReviewSession | ExitCode> {
  const template = await templateOf(writing, around.cwd);
  const paths = pathsOf(typed);
  const plans = paths.filter((path) => path.endsWith('.json'));
  const [first] = plans;
  if (paths.length > 1 && first !== undefined)
    throw new UsageError(`A plan is reviewed alone: hasten review ${first}.`);
  if (first === undefined && typed.root !== undefined)
    throw new UsageError('--root goes with a plan: hasten review plan.json.');
  const opened =
    first === undefined ? await openProject(typed, around) : await openPlanFile(first, typed, around);
  if (typeof opened === 'number') return opened;
  const { reviewSource } = await import('../review/source.ts');
  const { plan, hasten, decisions, later, run, keep, changes = [] } = opened;
  const { composition, root, summaries } = plan;
  return {
    source: reviewSource({ composition, root, hasten, summaries, decisions, changes }),
    root,
    again: reviewAgain(typed, paths),
    later,
    failures: run?.failures.length ?? 0,
    keep,
    blocked: () => whyBlocked(composition, typed.allowDirty),
    async apply(accepted, outputs) {
      const { freshened } = await import('../run/fresh.ts');
      const now = { ...plan, composition: await freshened(composition) };
      const asked = { ...typed, dryRun: false, format: 'text' };
      if (run === undefined)
        return applyPlan(await choiceOf(now, accepted), writing, asked, template, outputs);
      const chosen = await about(composition, accepted);
      const answer = await applyPlan(await choiceOf(now, chosen), writing, asked, template, outputs);
      // What is written is not proposed again, unless it comes back: then somebody has to look again.
      const done = new Set(answer.applied?.applied.map(({ id }) => id));
      if (done.size > 0) await keep(new Map([...accepted].filter(([id]) => !done.has(id))));
      return answer;
    },
    close: (outputs) => tellRun(run, typed, outputs),
  };
}
