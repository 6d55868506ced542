import type { CommandModule } from 'yargs';
import type { Config } from '../../config.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import { pathsOf, withCommonOptions, type CommonArguments } from './common.ts';

interface CheckArguments extends CommonArguments {
  readonly failOn?: Config['failOn'];
}

async function check(typed: CheckArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, env, stdout, stderr } = surroundings;
  const { makePlan, tellUnmatched } = await import('../make-plan.ts');
  const { colorsFor } = await import('../colors.ts');
  const { isAtLeast } = await import('../../evidence.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  const { plan, config, level } = await makePlan(typed, surroundings);

  if (typed.format === 'json') {
    const { jsonReport } = await import('../../review/reporters/json.ts');
    send(stdout, [`${JSON.stringify(jsonReport(plan, cwd))}\n`]);
  } else {
    if (typed.format === 'patch') {
      const { patchReport } = await import('../../review/reporters/patch.ts');
      send(stdout, patchReport(plan.changes, cwd));
    } else {
      const { findingsReport } = await import('../../review/reporters/findings.ts');
      send(stdout, findingsReport(plan, cwd, colorsFor(stdout, env, typed.color)));
    }
    const { summary } = await import('../../review/summary.ts');
    send(stderr, summary(plan, { mode: 'check', level }, cwd, errorColors));
  }

  const unmatched = tellUnmatched(plan, pathsOf(typed), cwd, stderr, errorColors);
  if (unmatched !== 0) return unmatched;
  if (plan.failures.length > 0) return 2;
  const failOn = typed.failOn ?? config.failOn ?? 'safe';
  return failOn !== 'never' && plan.findings.some(({ safety }) => isAtLeast(safety, failOn)) ? 1 : 0;
}

/**
 * `hasten check`: tells findings and changes nothing. It fails for `safe` ones unless told otherwise: those that
 * `hasten run` would rewrite, so that whoever sees it fail can make it pass with one command.
 */
export const checkCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): CommandModule<object, CheckArguments> => ({
  command: 'check [paths..]',
  describe: 'Tell what was found and why; exit with 1 for what hasten run would rewrite',
  builder: (yargs) =>
    withCommonOptions(yargs)
      .option('fail-on', {
        choices: ['safe', 'review', 'report', 'never'],
        requiresArg: true,
        describe:
          'Exit with 1 for a finding of this level or a more trusted one; report is any finding [safe]',
      })
      .example('$0 check src', 'Fail when something can be rewritten safely')
      .example('$0 check src --fail-on report', 'Fail for any finding') as never,
  handler: async (typed) => end(await check(typed, surroundings)),
});
