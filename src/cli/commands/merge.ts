import type { Argv, CommandModule } from 'yargs';
import type { Planned } from '../../api/plan.ts';
import { UsageError } from '../../errors.ts';
import type { Failure } from '../../run/plan.ts';
import { progressBar } from '../progress.ts';
import { reportingOf, withReportOptions } from '../reporting.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import {
  checkedOrTold,
  checkSkips,
  takenByBaseline,
  tellCheck,
  withCheckOptions,
  type CheckingArguments,
} from './check.ts';
import { withListOptions, type ListArguments } from './common.ts';

interface MergeArguments extends CheckingArguments, ListArguments {
  readonly shards?: readonly string[] | undefined;
  readonly level?: string | undefined;
  readonly verifyTypes?: string | undefined;
  readonly plan?: string | undefined;
  readonly _: readonly (string | number)[];
}

/** The files of shards that were typed, or that stand on standard input, and what of that is no name. */
async function shardsOf(
  typed: MergeArguments,
  around: Surroundings,
): Promise<{ readonly paths: readonly string[]; readonly failures: readonly Failure[] }> {
  const { listedPaths } = await import('../search-request.ts');
  const named = [...(typed.shards ?? []), ...typed._.slice(1).map(String)];
  const list = await listedPaths(typed, named, around);
  const { paths = named, failures = [] } = list ?? {};
  if (paths.length === 0 && failures.length === 0)
    throw new UsageError(
      'The shards are missing: hasten merge shard-*.json, as hasten check --shard 1/4 --format json printed them.',
    );
  return { paths, failures };
}

/** Keeps the plan where `--plan` says; false, and told, where that cannot be done. */
async function keepPlan(made: Planned, path: string | undefined, { stderr }: Surroundings): Promise<boolean> {
  if (path === undefined) return true;
  const { savePlan } = await import('../../api/plan-file.ts');
  const { messageOf } = await import('../../run/whole-file.ts');
  try {
    await savePlan(made, path);
    return true;
  } catch (error) {
    send(stderr, [`hasten: the plan ${path} cannot be written: ${messageOf(error)}\n`]);
    return false;
  }
}

async function merge(typed: MergeArguments, around: Surroundings): Promise<ExitCode> {
  const { cwd, stderr, today } = around;
  const { mergedPlan } = await import('../../api/merge.ts');
  const { level, verifyTypes } = typed;
  checkSkips(typed);
  const taken = new Map(takenByBaseline(typed, cwd));
  if (typed.plan !== undefined) {
    const { checkedPlanPath } = await import('../../api/plan-file.ts');
    taken.set(`--plan ${typed.plan}`, checkedPlanPath(typed.plan, cwd));
  }
  const reporting = await reportingOf('check', typed, around, taken);
  const { paths: shards, failures } = await shardsOf(typed, around);
  const bar = progressBar(stderr);
  const made = await mergedPlan({
    cwd,
    shards,
    failures,
    level: level === 'safe' || level === 'review' ? level : undefined,
    verifyTypes: verifyTypes === undefined ? undefined : verifyTypes !== 'off',
    today,
    onEvent: (event) => {
      if (event.type === 'progress') bar.update(event);
    },
  }).finally(() => bar.clear());
  const checked = await checkedOrTold(made, typed, around);
  if (checked === undefined) return 2;
  const isKept = await keepPlan(made, typed.plan, around);
  const code = await tellCheck(checked, typed, around, reporting);
  return isKept || code === 3 ? code : 2;
}

/** `hasten merge`: makes of the parts that `--shard` looked at what the whole comes to. */
export const mergeCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, MergeArguments>, 'builder' | 'handler'> => ({
  builder: (yargs: Argv) =>
    withListOptions(withCheckOptions(withReportOptions(yargs)))
      .positional('shards', {
        type: 'string',
        array: true,
        describe: 'Files with what hasten check --shard 1/4 --format json printed, and all the others',
      })
      .option('level', {
        choices: ['safe', 'review'],
        requiresArg: true,
        describe:
          'What becomes a change: only what is proved, or also what a person has to review [as the shards]',
      })
      .option('verify-types', {
        choices: ['on', 'off'] as const,
        requiresArg: true,
        describe: 'Type-check what would change, and leave out what no longer passes [as the shards]',
      })
      .option('plan', {
        type: 'string',
        requiresArg: true,
        describe: 'Keep what would be done in this .json file, for hasten apply',
      })
      .example('$0 check --shard 1/4 --format json > 1.json', 'Look at a quarter; others do the rest')
      .example('$0 merge 1.json 2.json 3.json 4.json', 'Tell what all of it comes to, as hasten check does')
      .example('$0 merge *.json --plan plan.json --report sarif=hasten.sarif', 'Keep a plan and a report')
      .example('$0 merge *.json --format patch', 'Print the changes as a patch') as never,
  handler: async (typed) => end(await merge(typed, surroundings)),
});
