import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import type { Decisions } from '../../run/plan-file/decisions.ts';
import type { PlanDocument } from '../../run/plan-file/document.ts';
import type { ApplyArguments } from '../apply-plan.ts';
import { reportingOf, withReportOptions } from '../reporting.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { checkVerifyArguments, withVerifyOptions } from '../verify.ts';
import { templateOf, withCommitOptions } from './common.ts';

interface PlanArguments extends ApplyArguments {
  readonly plan: string;
  readonly decisions?: string | undefined;
  readonly root?: string | undefined;
}

/** What is decided: in the plan, and over that in a file of its own. */
async function decisionsOf(
  document: PlanDocument,
  typed: string | undefined,
): Promise<Decisions | undefined> {
  if (typed === undefined) return document.decisions;
  const { readDecisions } = await import('../plan-file.ts');
  return new Map([...(document.decisions ?? []), ...readDecisions(typed)]);
}

async function apply(typed: PlanArguments, around: Surroundings): Promise<ExitCode> {
  checkVerifyArguments(typed);
  const template = await templateOf(typed, around);
  const { cwd } = around;
  const { readPlan } = await import('../plan-file.ts');
  const { openPlan } = await import('../../run/plan-file/open.ts');
  const { applyPlan, choiceOf } = await import('../apply-plan.ts');
  const root = typed.root === undefined ? undefined : resolve(cwd, typed.root);
  const taken = new Map([
    ['the plan', resolve(cwd, typed.plan)],
    ...(typed.decisions === undefined ? [] : [['--decisions', resolve(cwd, typed.decisions)] as const]),
  ]);
  const reporting = await reportingOf('apply', typed, around, taken);
  const document = readPlan(resolve(cwd, typed.plan), root);
  const path = typed.decisions === undefined ? undefined : resolve(cwd, typed.decisions);
  const decisions = await decisionsOf(document, path);
  const plan = { ...document, composition: await openPlan(document) };
  return (await applyPlan(await choiceOf(plan, decisions), typed, template, around, reporting)).code;
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
