import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReviewSource } from '../review/review.ts';
import type { FileChange } from '../run/plan.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import { applyPlan, choiceOf, type ApplicablePlan, type PlanApplied } from './apply-plan.ts';
import { pathsOf } from './commands/common.ts';
import type { ReviewArguments } from './commands/review.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';
import { versionOf } from './version.ts';

/** A review that can be shown, in a terminal or in a browser. */
export interface ReviewSession {
  readonly source: ReviewSource;
  /** The folder that the paths of the review are seen from. */
  readonly root: string;
  /** How what was decided is applied later: a command line. */
  readonly later: string;
  /** Keeps decisions, so that the next review goes on from them. Throws what the file system says. */
  keep(decisions: Decisions): Promise<void>;
  /** Writes what `decisions` accept, as `hasten apply` does, and prints on `around` what became of it. */
  apply(decisions: Decisions, around: Surroundings): Promise<PlanApplied>;
}

/** What is reviewed, what was decided about it, and where that is kept. */
interface Opened {
  readonly plan: ApplicablePlan;
  /** What all proposals make of the files, where that is at hand. */
  readonly changes?: readonly FileChange[];
  readonly hasten: string;
  readonly decisions: Decisions;
  readonly later: string;
  keep(decisions: Decisions): Promise<void>;
}

/** Decisions in a file of their own; none where it does not exist. */
async function decisionsIn(path: string): Promise<Decisions> {
  const { readDecisions } = await import('./plan-file.ts');
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
  const { readPlan, writePlan } = await import('./plan-file.ts');
  const { openPlan } = await import('../run/plan-file/open.ts');
  const path = resolve(cwd, name);
  const document = readPlan(path, typed.root === undefined ? undefined : resolve(cwd, typed.root));
  const own = typed.decisions === undefined ? undefined : await inOwnFile(typed.decisions, cwd);
  const decisions = new Map([...(document.decisions ?? []), ...(own?.decisions ?? [])]);
  return {
    plan: { ...document, composition: await openPlan(document) },
    hasten: document.hasten,
    decisions,
    later: `hasten apply ${name}${typed.decisions === undefined ? '' : ` --decisions ${typed.decisions}`}`,
    keep: own?.keep ?? ((next) => writePlan(path, { ...document, decisions: next })),
  };
}

async function openProject(typed: ReviewArguments, around: Surroundings): Promise<Opened | ExitCode> {
  const { cwd, env, stderr, packageRoot } = around;
  const { makePlan, tellUnmatched } = await import('./make-plan.ts');
  const { colorsFor } = await import('./colors.ts');
  const { journalRoot } = await import('../run/journal/folder.ts');
  const { decisionsPath, keepDecisions } = await import('../run/plan-file/kept-decisions.ts');
  const made = await makePlan({ ...typed, level: typed.level ?? 'review' }, around);
  const { plan, level, root, summaries } = made;
  const unmatched = tellUnmatched(plan, pathsOf(typed), cwd, stderr, colorsFor(stderr, env, typed.color));
  if (unmatched !== 0) return unmatched;
  const top = journalRoot(cwd);
  const own =
    typed.decisions === undefined
      ? {
          decisions: await decisionsIn(decisionsPath(top)),
          keep: (next: Decisions) => keepDecisions(top, next),
        }
      : await inOwnFile(typed.decisions, cwd);
  const paths = pathsOf(typed);
  return {
    plan: { composition: plan, root, asked: { paths, level }, summaries },
    changes: plan.changes,
    hasten: versionOf(packageRoot),
    later: ['hasten review', ...paths.filter((path) => path !== '.')].join(' '),
    ...own,
  };
}

/**
 * Opens what is to be reviewed: the plan in a file, or what a run over `paths` would do.
 * @returns the exit code where there is nothing to show.
 * @throws {UsageError} for files that cannot be read, and options that do not go together.
 */
export async function openReview(
  typed: ReviewArguments,
  template: string | undefined,
  around: Surroundings,
): Promise<ReviewSession | ExitCode> {
  const paths = pathsOf(typed);
  const [first = '.'] = paths;
  const isPlan = paths.length === 1 && first.endsWith('.json');
  if (!isPlan && typed.root !== undefined)
    throw new UsageError('--root goes with a plan: hasten review plan.json.');
  const opened = isPlan ? await openPlanFile(first, typed, around) : await openProject(typed, around);
  if (typeof opened === 'number') return opened;
  const { reviewSource } = await import('../review/source.ts');
  const { plan, hasten, decisions, later, keep, changes = [] } = opened;
  const { composition, root, summaries } = plan;
  return {
    source: reviewSource({ composition, root, hasten, summaries, decisions, changes }),
    root,
    later,
    keep,
    async apply(accepted, outputs) {
      const asked = { ...typed, dryRun: false, format: 'text' };
      return applyPlan(await choiceOf(plan, accepted), asked, template, outputs);
    },
  };
}
