import type { CommandModule } from 'yargs';
import type { Planned } from '../../api/plan.ts';
import type { WritingRequest } from '../../api/request.ts';
import type { Ran } from '../../api/run.ts';
import { UsageError } from '../../errors.ts';
import type { ReportSource } from '../../review/report-source.ts';
import type { Failure, Plan } from '../../run/plan.ts';
import { messageOf } from '../../run/whole-file.ts';
import { interruptible } from '../interruptible.ts';
import {
  inJson,
  isRendered,
  isWhole,
  reportingOf,
  tellStats,
  timesOf,
  withReportOptions,
  type ReportArguments,
  type Reporting,
} from '../reporting.ts';
import { withShardOption, type ShardArguments } from '../shard.ts';
import { showChanges } from '../shown-changes.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import { decideLater } from '../typed-again.ts';
import { tellVerified, verification, verifying, withVerifyOptions, type VerifyArguments } from '../verify.ts';
import {
  commitRequest,
  pathsOf,
  withCommitOptions,
  withSearchOptions,
  type CommitArguments,
  type SearchArguments,
} from './common.ts';

interface RunArguments
  extends SearchArguments, CommitArguments, VerifyArguments, ReportArguments, ShardArguments {
  readonly dryRun: boolean;
  readonly level?: string | undefined;
  readonly failOnChanges: boolean;
  readonly removeUnusedIgnores: boolean;
  readonly allowDirty: boolean;
  readonly resume: boolean;
  readonly plan?: string | undefined;
}

/** Keeps a plan in the file that `--plan` names. Tells what could not be written. */
async function keepPlan(path: string, made: Planned): Promise<readonly Failure[]> {
  const { savePlan } = await import('../../api/plan-file.ts');
  try {
    await savePlan(made, path);
    return [];
  } catch (error) {
    return [{ path, reason: `the plan cannot be written: ${messageOf(error)}` }];
  }
}

/** Where the plan goes. Throws where it is not to be had, or something else is there. */
async function planPathOf(plan: string, { dryRun }: RunArguments, cwd: string): Promise<string> {
  if (!dryRun) throw new UsageError('--plan goes with --dry-run: what is done at once needs no plan.');
  const { checkedPlanPath } = await import('../../api/plan-file.ts');
  return checkedPlanPath(plan, cwd);
}

/** Searches, verifies and writes, as far as that is asked for. Ctrl-C stops after the file that is being written. Undefined where it came before. */
async function ranAs(
  typed: RunArguments,
  writing: WritingRequest,
  around: Surroundings,
  reporting: Reporting,
): Promise<Ran | undefined> {
  const { cwd, stderr } = around;
  const { search } = await import('../search.ts');
  const { ranOf, writePlanned } = await import('../../api/run.ts');
  const { verifiedPlan } = await import('../../api/verify.ts');
  const { templateOf } = await import('../../api/write.ts');
  const template = await templateOf(writing, cwd);
  const asked = await search(typed, around, reporting.onFound);
  const answer = await verifying(writing, around, (watched) => verifiedPlan(asked, writing, watched));
  if (answer === undefined || typed.dryRun) return answer && ranOf(answer, writing);
  const outcome = await interruptible(stderr, (signal) =>
    writePlanned(answer.made, writing, template, { signal }),
  );
  return ranOf(answer, writing, outcome);
}

/** Prints as text or as a patch what was done, or would be. */
async function show(ran: ReportSource, commits: Ran['commits'], typed: RunArguments, around: Surroundings) {
  const { env, stdout } = around;
  await showChanges(ran, typed, around);
  if (typed.dryRun || typed.format !== 'text') return;
  const { commitLines } = await import('../../review/reporters/commits.ts');
  const { colorsFor } = await import('../colors.ts');
  send(stdout, commitLines(commits ?? [], colorsFor(stdout, env, typed.color)));
}

/** Looks at one part of the project for `hasten merge`. */
async function runShard(
  shard: string,
  typed: RunArguments,
  verify: WritingRequest['verify'],
  surroundings: Surroundings,
): Promise<ExitCode> {
  if (!typed.dryRun)
    throw new UsageError('--shard goes with --dry-run: what all shards come to is written by hasten apply.');
  const { tellShard } = await import('../shard.ts');
  const failOnChanges = typed.failOnChanges ? true : undefined;
  const beside = { plan: typed.plan, verify, commit: typed.commit, 'fail-on-changes': failOnChanges };
  return tellShard({ ...typed, shard }, beside, surroundings);
}

/** Tells to stderr how a run ended, beside reports that are not whole documents. */
async function tellEnd(ran: Ran, plan: Plan, typed: RunArguments, surroundings: Surroundings) {
  const { cwd, env, stderr } = surroundings;
  const { mode, level, verified, written } = ran;
  const { colorsFor } = await import('../colors.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  await tellVerified(verified, surroundings, errorColors);
  const { summary } = await import('../../review/summary.ts');
  const outcome = {
    mode,
    level,
    isCommitted: typed.commit !== undefined,
    ...(written === undefined ? {} : { written }),
    ...(verified === undefined ? {} : { verified }),
  } as const;
  send(stderr, summary(plan, outcome, cwd, errorColors));
}

async function run(typed: RunArguments, surroundings: Surroundings): Promise<ExitCode> {
  const verify = verification(typed);
  if (typed.shard !== undefined) return runShard(typed.shard, typed, verify, surroundings);
  if (typed.resume) return (await import('../resume-run.ts')).resumeRun(typed, surroundings);
  const { cwd, env, stderr } = surroundings;
  const { tellUnmatched } = await import('../search.ts');
  const { ranSource } = await import('../../api/report.ts');
  const { colorsFor } = await import('../colors.ts');
  const { idsOf } = await import('../../run/composition.ts');
  const { dryRun, allowDirty } = typed;
  const writing = { ...commitRequest(typed), verify, dryRun, allowDirty };
  const planPath = typed.plan === undefined ? undefined : await planPathOf(typed.plan, typed, cwd);
  const taken = new Map(planPath === undefined ? [] : [[`--plan ${typed.plan ?? ''}`, planPath]]);
  const reporting = await reportingOf('run', typed, surroundings, taken);
  const ran = await ranAs(typed, writing, surroundings, reporting);
  if (ran === undefined) return 2;
  const { planned: made, mode, level } = ran;
  const kept = planPath === undefined ? [] : await keepPlan(planPath, made);

  const plan = { ...made, failures: [...made.failures, ...kept] };
  const accepted = new Set(idsOf(plan));
  const counted = { ...plan, changes: ran.changes, mode, level, accepted, ...timesOf(made) };
  const plain = ranSource({ ...ran, planned: plan, failures: [...ran.failures, ...kept] });
  const source: ReportSource = {
    ...plain,
    ...(dryRun ? { later: decideLater(typed, pathsOf(typed)) } : {}),
    json: async () => ({
      ...(await plain.json()),
      ...(await inJson(typed, counted, plan.looked.transforms)),
    }),
  };
  if (isRendered(typed.format)) await reporting.print(source);
  else await show(source, ran.commits, typed, surroundings);
  const areWritten = await reporting.write(source);
  if (!isWhole(typed.format)) await tellEnd(ran, plan, typed, surroundings);
  await tellStats(typed, counted, plan.looked.transforms, surroundings);
  if (planPath !== undefined && kept.length === 0 && !isWhole(typed.format))
    send(stderr, [`Wrote the plan: hasten apply ${typed.plan ?? ''}\n`]);
  const unmatched = tellUnmatched(plan, typed, stderr, colorsFor(stderr, env, typed.color));
  if (unmatched !== 0) return unmatched;
  if (source.failures.length > 0 || !areWritten) return 2;
  return typed.failOnChanges && plan.changes.length > 0 ? 1 : 0;
}

/** `hasten run`: applies, or with `--dry-run` shows the diff. */
export const runCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, RunArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    withShardOption(withVerifyOptions(withCommitOptions(withReportOptions(withSearchOptions(yargs)))))
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show a unified diff and change nothing',
      })
      .option('level', {
        choices: ['safe', 'review'],
        requiresArg: true,
        describe: 'What becomes a change: only what is proved, or also what a person has to review [safe]',
      })
      .option('fail-on-changes', {
        type: 'boolean',
        default: false,
        describe: 'Exit with 1 when anything changes or would change',
      })
      .option('remove-unused-ignores', {
        type: 'boolean',
        default: false,
        describe: 'Take away also the hasten-ignore comments that nothing needs',
      })
      .option('allow-dirty', {
        type: 'boolean',
        default: false,
        describe:
          'Write although git status lists changes: of tracked files, or of untracked ones that would be rewritten',
      })
      .option('resume', {
        type: 'boolean',
        default: false,
        describe: 'Finish the run that was stopped half way, exactly as it was asked for',
      })
      .option('plan', {
        type: 'string',
        requiresArg: true,
        describe: 'With --dry-run: keep what would be done in this .json file, for hasten apply',
      })
      .example('$0 run src --dry-run', 'Show what would change')
      .example('$0 run src -t console-to-logger', 'Apply one transform')
      .example('$0 run src -t ./codemod.js --dry-run', 'Try a jscodeshift codemod')
      .example('$0 run --commit per-transform', 'One commit for each transform')
      .example('$0 run --verify "npm test"', 'Apply what the tests pass with')
      .example('$0 run src --dry-run | git apply', 'The diff is a patch') as never,
  handler: async (typed) => end(await run(typed, surroundings)),
});
