import type { CommandModule } from 'yargs';
import type { MadePlan } from '../make-plan.ts';
import type { Committed } from '../../run/commits/commit.ts';
import type { ReportSource } from '../../review/report-source.ts';
import type { Failure } from '../../run/plan.ts';
import { messageOf } from '../../run/whole-file.ts';
import { interruptible } from '../interruptible.ts';
import {
  inJson,
  isRendered,
  isWhole,
  pageOf,
  reportingOf,
  tellStats,
  timesOf,
  withReportOptions,
  type ReportArguments,
} from '../reporting.ts';
import { showChanges } from '../shown-changes.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import { decideLater } from '../typed-again.ts';
import { UsageError } from '../usage-error.ts';
import { versionOf } from '../version.ts';
import {
  checkVerifyArguments,
  tellVerified,
  verifiedRun,
  withVerifyOptions,
  type VerifyArguments,
} from '../verify.ts';
import {
  pathsOf,
  templateOf,
  writtenOf,
  withCommitOptions,
  withSearchOptions,
  type CommitArguments,
  type SearchArguments,
} from './common.ts';

interface RunArguments extends SearchArguments, CommitArguments, VerifyArguments, ReportArguments {
  readonly dryRun: boolean;
  readonly level?: string | undefined;
  readonly failOnChanges: boolean;
  readonly removeUnusedIgnores: boolean;
  readonly allowDirty: boolean;
  readonly resume: boolean;
  readonly plan?: string | undefined;
}

/** Keeps a plan in the file that `--plan` names. Tells what could not be written. */
async function keepPlan(
  path: string,
  { plan, level, root, summaries }: MadePlan,
  typed: RunArguments,
  { packageRoot }: Surroundings,
): Promise<readonly Failure[]> {
  const { writePlan: writeFile } = await import('../plan-file.ts');
  const { documentOf } = await import('../../run/plan-file/document.ts');
  const asked = { paths: pathsOf(typed), level };
  try {
    await writeFile(path, documentOf(plan, { hasten: versionOf(packageRoot), root, asked, summaries }));
    return [];
  } catch (error) {
    return [{ path, reason: `the plan cannot be written: ${messageOf(error)}` }];
  }
}

/** Where the plan goes. Throws where it is not to be had, or something else is there. */
async function planPathOf(plan: string, { dryRun }: RunArguments, cwd: string): Promise<string> {
  if (!dryRun) throw new UsageError('--plan goes with --dry-run: what is done at once needs no plan.');
  const { checkedPlanPath } = await import('../plan-file.ts');
  return checkedPlanPath(plan, cwd);
}

/** Writes a plan, and commits it where that is asked for. Ctrl-C stops after the file that is being written. */
async function carryOut(
  { plan, level, summaries }: MadePlan,
  typed: RunArguments,
  template: string | undefined,
  { cwd, stderr }: Surroundings,
): Promise<Committed> {
  const { journalRoot } = await import('../../run/journal/folder.ts');
  const { commit, allowDirty } = typed;
  return interruptible(stderr, async (signal) => {
    const asked = { paths: pathsOf(typed), level };
    const request = { root: journalRoot(cwd), asked, allowDirty, signal };
    if (commit === undefined) {
      const { write } = await import('../../run/write.ts');
      const written = await write(plan, request);
      return { written, changes: writtenOf(plan.changes, written), commits: [] };
    }
    const { commitChosen } = await import('../commit.ts');
    const { idsOf } = await import('../../run/composition.ts');
    const choice = { composition: plan, accepted: new Set(idsOf(plan)), summaries };
    return commitChosen(choice, commit, typed, template, request);
  });
}

async function run(typed: RunArguments, surroundings: Surroundings): Promise<ExitCode> {
  checkVerifyArguments(typed);
  if (typed.resume) return (await import('../resume-run.ts')).resumeRun(typed, surroundings);
  const { cwd, env, stdout, stderr } = surroundings;
  const { makePlan, tellUnmatched } = await import('../make-plan.ts');
  const { colorsFor } = await import('../colors.ts');
  const { idsOf } = await import('../../run/composition.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  const template = await templateOf(typed, surroundings);
  const planPath = typed.plan === undefined ? undefined : await planPathOf(typed.plan, typed, cwd);
  const taken = new Map(planPath === undefined ? [] : [[`--plan ${typed.plan ?? ''}`, planPath]]);
  const reporting = await reportingOf('run', typed, surroundings, taken);
  const asked = await makePlan(typed, surroundings, reporting.onFound);
  const answer = await verifiedRun(asked, typed, surroundings);
  if (answer === 'stopped') return 2;
  const { made, verified } = answer;
  const { level, summaries } = made;
  const kept = planPath === undefined ? [] : await keepPlan(planPath, made, typed, surroundings);
  const outcomeOf = (): Promise<Committed> => carryOut(made, typed, template, surroundings);
  const { written, commits = [], changes: done = [] } = typed.dryRun ? {} : await outcomeOf();

  const plan = { ...made.plan, failures: [...made.plan.failures, ...kept] };
  const mode = typed.dryRun ? 'dry-run' : 'apply';
  const changes = typed.dryRun ? plan.changes : done;
  const counted = {
    ...plan,
    changes,
    mode,
    level,
    accepted: new Set(idsOf(plan)),
    ...timesOf(made),
  } as const;
  const source: ReportSource = {
    ...plan,
    command: 'run',
    mode,
    level,
    failOn: 'never',
    cwd,
    root: made.root,
    composition: plan,
    hasten: versionOf(surroundings.packageRoot),
    changes,
    failures: [...plan.failures, ...(written?.failures ?? [])],
    transforms: plan.looked.transforms,
    summaries,
    pageOf: pageOf(surroundings),
    packageRoot: surroundings.packageRoot,
    ...(typed.dryRun ? { later: decideLater(typed, pathsOf(typed)) } : {}),
    json: async () => {
      const { jsonReport } = await import('../../review/reporters/json.ts');
      const { jsonCommits } = await import('../../review/reporters/commits.ts');
      const inCommits = typed.commit === undefined ? {} : { commits: jsonCommits(commits, cwd) };
      const stats = await inJson(typed, counted, plan.looked.transforms);
      return { ...jsonReport(plan, cwd, written, verified), ...inCommits, ...stats };
    },
  };
  if (isRendered(typed.format)) await reporting.print(source);
  else {
    await showChanges(source, typed, surroundings);
    if (!typed.dryRun && typed.format === 'text') {
      const { commitLines } = await import('../../review/reporters/commits.ts');
      send(stdout, commitLines(commits, colorsFor(stdout, env, typed.color)));
    }
  }
  const areWritten = await reporting.write(source);
  if (!isWhole(typed.format)) {
    await tellVerified(verified, surroundings, errorColors);
    const { summary } = await import('../../review/summary.ts');
    const isCommitted = typed.commit !== undefined;
    const outcome = {
      mode,
      level,
      isCommitted,
      ...(written === undefined ? {} : { written }),
      ...(verified === undefined ? {} : { verified }),
    } as const;
    send(stderr, summary(plan, outcome, cwd, errorColors));
  }

  await tellStats(typed, counted, plan.looked.transforms, surroundings);
  if (planPath !== undefined && kept.length === 0 && !isWhole(typed.format))
    send(stderr, [`Wrote the plan: hasten apply ${typed.plan ?? ''}\n`]);
  const unmatched = tellUnmatched(plan, pathsOf(typed), cwd, stderr, errorColors);
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
    withVerifyOptions(withCommitOptions(withReportOptions(withSearchOptions(yargs))))
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
