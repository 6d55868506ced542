import type { Applied } from '../review/reporters/applied.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { Committed } from '../run/commits/commit.ts';
import type { Asked } from '../run/journal/record.ts';
import type { Decisions } from '../run/plan-file/decisions.ts';
import type { Subset } from '../run/subset.ts';
import type { Composition } from '../run/composition.ts';
import { writtenOf, type CommitArguments } from './commands/common.ts';
import { countedOf, sourceOf } from './applied-source.ts';
import { interruptible } from './interruptible.ts';
import { inJson, isRendered, isWhole, tellStats, type ReportArguments, type Reporting } from './reporting.ts';
import { showChanges } from './shown-changes.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';
import { verifiedSubset, type VerifiedSubset, type VerifyArguments } from './verify.ts';

/** What may be typed of a command that applies a plan. */
export interface ApplyArguments extends CommitArguments, VerifyArguments, ReportArguments {
  readonly dryRun: boolean;
  readonly allowDirty: boolean;
  readonly color?: boolean | undefined;
}

/** A plan that can be applied, from a file or just made. */
export interface ApplicablePlan {
  readonly composition: Composition;
  /** Absolute path of the folder that all of its files lie in. */
  readonly root: string;
  readonly asked: Asked;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
}

/** A plan, and what is to be done of it. */
export interface Choice {
  readonly plan: ApplicablePlan;
  /** Undefined where nobody decided anything: then everything is applied. */
  readonly decisions: Decisions | undefined;
  readonly subset: Subset;
}

/** What of a plan `decisions` accept; what they say of proposals that there are not is left out, with the reason. */
export async function choiceOf(plan: ApplicablePlan, decisions: Decisions | undefined): Promise<Choice> {
  const { acceptedOf } = await import('../run/plan-file/decisions.ts');
  const { subsetOf } = await import('../run/subset.ts');
  const { idsOf } = await import('../run/composition.ts');
  const { composition } = plan;
  // What is decided about a proposal that there is not is said, too.
  const known = new Set(idsOf(composition));
  const accepted = acceptedOf(decisions === undefined ? [...known] : [...decisions.keys()], decisions);
  const subset = await subsetOf(composition, accepted);
  const strange = [...(decisions ?? [])]
    .filter(([id, { verdict }]) => verdict !== 'accepted' && !known.has(id))
    .map(([id]) => id);
  const unknown = (await subsetOf(composition, new Set(strange))).leftOut;
  return { plan, decisions, subset: { ...subset, leftOut: [...subset.leftOut, ...unknown] } };
}

/** Writes what is accepted, and commits it where that is asked for. Ctrl-C stops after the file that is being written. */
async function write(
  { plan: { composition, asked, summaries, root }, subset }: Choice,
  typed: ApplyArguments,
  template: string | undefined,
  { stderr }: Surroundings,
): Promise<Committed> {
  const { journalRoot } = await import('../run/journal/folder.ts');
  const { commit, allowDirty } = typed;
  return interruptible(stderr, async (signal) => {
    const request = { root: journalRoot(root), asked, allowDirty, signal };
    if (commit === undefined) {
      const { write: writeChanges } = await import('../run/write.ts');
      const changes = [...subset.texts.values()];
      const written = await writeChanges({ changes }, request);
      return { written, changes: writtenOf(changes, written), commits: [] };
    }
    const { commitChosen } = await import('./commit.ts');
    const accepted = new Set(subset.applied.map(({ id }) => id));
    return commitChosen({ composition, accepted, summaries }, commit, typed, template, request);
  });
}

/** What became of a plan. */
async function outcomeOf(
  { plan: { composition }, decisions, subset }: Choice,
  { failures, verified }: VerifiedSubset,
  outcome: Committed | undefined,
): Promise<Applied> {
  const { placesOf } = await import('../review/places.ts');
  const changes = [...subset.texts.values()];
  const { written, changes: doneChanges = changes } = outcome ?? {};
  const inFiles = new Set(doneChanges.flatMap(({ proposals }) => proposals.map(({ id }) => id)));
  return {
    proposals: composition.steps.flatMap(({ proposals }) => proposals),
    decisions,
    applied: subset.applied.filter(({ id }) => inFiles.has(id)),
    leftOut: subset.leftOut,
    places: placesOf({ changes }),
    isKnown: (path) => composition.unusable?.has(path) !== true,
    failures: [...failures, ...(written?.failures ?? [])],
    ...(verified === undefined ? {} : { verified }),
    ...(written === undefined ? {} : { written: written.written }),
    ...(written?.run === undefined ? {} : { run: written.run }),
  };
}

/** Prints what became of a plan, but for what a report has whole. */
async function tell(
  { plan: { root }, subset }: Choice,
  applied: Applied,
  outcome: Committed | undefined,
  typed: ApplyArguments,
  around: Surroundings,
): Promise<void> {
  const { changes = [...subset.texts.values()], commits = [] } = outcome ?? {};
  const { verified } = applied;
  const { cwd, env, stdout, stderr } = around;
  const { appliedLines } = await import('../review/reporters/applied.ts');
  const { failureLines, nextAfterWriting } = await import('../review/summary.ts');
  const { visible } = await import('../review/describe.ts');
  const { colorsFor } = await import('./colors.ts');
  if (!isRendered(typed.format)) await showChanges({ changes, findings: [] }, typed, around);
  if (commits.length > 0 && typed.format === 'text') {
    const { commitLines } = await import('../review/reporters/commits.ts');
    send(stdout, commitLines(commits, colorsFor(stdout, env, typed.color)));
  }
  const colors = colorsFor(stderr, env, typed.color);
  if (verified !== undefined) {
    const { verificationLines } = await import('../review/verification.ts');
    send(stderr, verificationLines(verified, colors));
  }
  send(stderr, failureLines(applied.failures, cwd, colors));
  send(stderr, appliedLines(applied, cwd, colors));
  if (outcome !== undefined && changes.length > 0 && typed.commit === undefined) {
    const { journalRoot } = await import('../run/journal/folder.ts');
    const top = journalRoot(root);
    const where = top === journalRoot(cwd) ? '' : `, in ${visible(top)},`;
    send(stderr, [`${nextAfterWriting(verified !== undefined, where)}\n`]);
  }
}

/** How applying a plan ended. */
export interface PlanApplied {
  readonly code: ExitCode;
  /** Left out where Ctrl-C came before anything was written. */
  readonly applied?: Applied;
}

/** Verifies what is chosen of a plan as far as that is asked for, writes it, commits it where that is asked for, and prints what became of it,
 * also as `reporting` says. */
export async function applyPlan(
  choice: Choice,
  typed: ApplyArguments,
  template: string | undefined,
  around: Surroundings,
  reporting?: Reporting,
): Promise<PlanApplied> {
  const { composition, root } = choice.plan;
  const answer = await verifiedSubset(composition, choice.subset, root, typed, around);
  if (answer === 'stopped') return { code: 2 };
  const verified = { ...choice, subset: answer.subset };
  const outcome = typed.dryRun ? undefined : await write(verified, typed, template, around);
  const applied = await outcomeOf(verified, answer, outcome);
  const plain = await sourceOf(verified, applied, outcome, typed, around);
  const counted = countedOf(verified, applied, plain);
  const source: ReportSource = {
    ...plain,
    json: async () => ({
      ...(await plain.json()),
      ...(await inJson(typed, counted, plain.transforms)),
    }),
  };
  if (isRendered(typed.format)) await reporting?.print(source);
  const areWritten = (await reporting?.write(source)) ?? true;
  if (!isWhole(typed.format)) await tell(verified, applied, outcome, typed, around);
  await tellStats(typed, counted, source.transforms, around);
  const isDone = applied.leftOut.length === 0 && applied.failures.length === 0;
  return { code: isDone && areWritten ? 0 : 2, applied };
}
