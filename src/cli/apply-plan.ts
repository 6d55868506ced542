import type { AppliedPlan, Choice } from '../api/apply.ts';
import type { WritingRequest } from '../api/request.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { StatsRequest } from '../review/stats.ts';
import type { CommitArguments } from './commands/common.ts';
import { interruptible } from './interruptible.ts';
import { inJson, isRendered, isWhole, tellStats, type ReportArguments, type Reporting } from './reporting.ts';
import { showChanges } from './shown-changes.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';
import { verifying, type VerifyArguments } from './verify.ts';

/** What may be typed of a command that applies a plan. */
export interface ApplyArguments extends CommitArguments, VerifyArguments, ReportArguments {
  readonly dryRun: boolean;
  readonly allowDirty: boolean;
  readonly color?: boolean | undefined;
}

/** What is counted of a plan: what was decided against is refused, too. */
function countedOf(
  { choice: { decisions, subset }, proposals, leftOut }: AppliedPlan,
  { changes, mode, level }: ReportSource,
): StatsRequest {
  const refusals = new Map(
    [...(decisions ?? [])].map(([id, { verdict, note }]) => [
      id,
      `it is ${verdict}${note === undefined ? '' : `: ${note}`}`,
    ]),
  );
  const accepted = new Set(subset.applied.map(({ id }) => id));
  for (const { id } of proposals)
    if (accepted.has(id)) refusals.delete(id);
    else if (!refusals.has(id)) refusals.set(id, 'nothing is decided about it');
  for (const { id, reason } of leftOut) refusals.set(id, reason);
  return { changes, mode, level, findings: proposals, accepted, refusals };
}

/** Prints what became of a plan, but for what a report has whole. */
async function tell(applied: AppliedPlan, typed: ApplyArguments, around: Surroundings): Promise<void> {
  const { changes, commits = [], verified, mode } = applied;
  const { root } = applied.choice.plan;
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
  if (mode === 'apply' && changes.length > 0 && typed.commit === undefined) {
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
  readonly applied?: AppliedPlan;
}

/**
 * Verifies what is chosen of a plan as far as `writing` asks for that, writes it, commits it where that is asked for, and prints what became of it,
 * also as `reporting` says. Ctrl-C stops after the file that is being written.
 */
export async function applyPlan(
  choice: Choice,
  writing: WritingRequest,
  typed: ApplyArguments,
  template: string | undefined,
  around: Surroundings,
  reporting?: Reporting,
): Promise<PlanApplied> {
  const { appliedOf, verifiedChoice, writeChoice } = await import('../api/apply.ts');
  const { appliedSource } = await import('../api/report.ts');
  const { cwd, stderr } = around;
  const here = { ...writing, cwd };
  const answer = await verifying(writing, around, (watched) => verifiedChoice(choice, here, watched));
  if (answer === undefined) return { code: 2 };
  const verified = { ...choice, subset: answer.subset };
  const write = (signal: AbortSignal) => writeChoice(verified, writing, template, { signal });
  const outcome = typed.dryRun ? undefined : await interruptible(stderr, write);
  const applied = await appliedOf(verified, answer, outcome, here);
  const plain = appliedSource(applied);
  const counted = countedOf(applied, plain);
  const source: ReportSource = {
    ...plain,
    json: async () => ({
      ...(await plain.json()),
      ...(await inJson(typed, counted, plain.transforms)),
    }),
  };
  if (isRendered(typed.format)) await reporting?.print(source);
  const areWritten = (await reporting?.write(source)) ?? true;
  if (!isWhole(typed.format)) await tell(applied, typed, around);
  await tellStats(typed, counted, source.transforms, around);
  const isDone = applied.leftOut.length === 0 && applied.failures.length === 0;
  return { code: isDone && areWritten ? 0 : 2, applied };
}
