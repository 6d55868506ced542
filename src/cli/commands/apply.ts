import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import type { ApplyArguments } from '../apply-plan.ts';
import { reportingOf, withReportOptions } from '../reporting.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { verification, withVerifyOptions } from '../verify.ts';
import { commitRequest, withCommitOptions } from './common.ts';

interface PlanArguments extends ApplyArguments {
  readonly plan: string;
  readonly decisions?: string | undefined;
  readonly root?: string | undefined;
}

async function apply(typed: PlanArguments, around: Surroundings): Promise<ExitCode> {
  const { dryRun, allowDirty, plan, decisions, root } = typed;
  const writing = { verify: verification(typed), ...commitRequest(typed), dryRun, allowDirty };
  const { cwd } = around;
  const { chosenOf } = await import('../../api/apply.ts');
  const { templateOf } = await import('../../api/write.ts');
  const { applyPlan } = await import('../apply-plan.ts');
  const template = await templateOf(writing, cwd);
  const taken = new Map([
    ['the plan', resolve(cwd, plan)],
    ...(decisions === undefined ? [] : [['--decisions', resolve(cwd, decisions)] as const]),
  ]);
  const reporting = await reportingOf('apply', typed, around, taken);
  const choice = await chosenOf({ plan, decisions, root, cwd });
  return (await applyPlan(choice, writing, typed, template, around, reporting)).code;
}

/** `hasten apply`: does what a plan says. */
export const applyCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, PlanArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    withVerifyOptions(withCommitOptions(withReportOptions(yargs)))
      .positional('plan', { type: 'string', demandOption: true, describe: 'The plan: a .json file' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show a unified diff and change nothing',
      })
      .option('decisions', {
        type: 'string',
        requiresArg: true,
        describe:
          'A file that says which proposals are accepted, by their ids; else what the plan says itself',
      })
      .option('root', {
        type: 'string',
        requiresArg: true,
        describe:
          'The folder of the project, where that is not where the plan says, as seen from its own place',
      })
      .option('allow-dirty', {
        type: 'boolean',
        default: false,
        describe:
          'Write although git status lists changes: of tracked files, or of untracked ones that would be rewritten',
      })
      .example('$0 run --dry-run --plan plan.json', 'Write down what would be done')
      .example('$0 apply plan.json', 'Do it, later')
      .example('$0 apply plan.json --verify "npm test"', 'Do what the tests pass with') as never,
  handler: async (typed) => end(await apply(typed, surroundings)),
});
