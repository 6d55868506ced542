import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import type { Config } from '../../config.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import { counted, isOpen } from '../../review/describe.ts';
import { pathFrom } from '../../review/patch-text.ts';
import { placesOf } from '../../review/places.ts';
import type { JsonReport } from '../../review/reporters/json.ts';
import type { ReportSource } from '../../review/report-source.ts';
import type { Plan } from '../../run/plan.ts';
import {
  BASELINE_NAME,
  BaselineError,
  withBaseline,
  type BaselineArguments,
  type BaselineUse,
} from '../baseline.ts';
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
import { UsageError } from '../usage-error.ts';
import { versionOf } from '../version.ts';
import { pathsOf, withSearchOptions, type SearchArguments } from './common.ts';

interface CheckArguments extends SearchArguments, BaselineArguments, ReportArguments {
  readonly failOn?: Config['failOn'];
  readonly explainSkips?: boolean | undefined;
}

/** What there is to say of the baseline, as whole lines. */
function* baselineLines({ path, known, fixed, written }: BaselineUse, cwd: string): Generator<string> {
  const name = pathFrom(cwd, path);
  if (written !== undefined) yield `Wrote ${name}: ${counted(written, 'finding')}.\n`;
  else if (fixed > 0)
    yield `${counted(fixed, 'entry', 'entries')} of ${name} ${fixed === 1 ? 'is' : 'are'} fixed: --write-baseline removes ${fixed === 1 ? 'it' : 'them'}.\n`;
  else if (known > 0) yield `${name} has ${counted(known, 'finding')} of this run.\n`;
}

/** Prints as text or as a patch what was found, or with `--explain-skips` what was left alone. */
async function tell(plan: Plan, typed: CheckArguments, { cwd, env, stdout }: Surroundings): Promise<void> {
  const { colorsFor } = await import('../colors.ts');
  const isPatch = typed.format === 'patch';
  if (isPatch) {
    const { patchReport } = await import('../../review/reporters/patch.ts');
    send(stdout, patchReport(plan.changes, cwd));
  }
  const colors = colorsFor(stdout, env, isPatch ? false : typed.color);
  if (typed.explainSkips === true) {
    const { skipsReport } = await import('../../review/reporters/skips.ts');
    for (const line of skipsReport(plan, cwd, colors)) send(stdout, [isPatch ? `# ${line}` : line]);
  } else if (!isPatch) {
    const { findingsReport } = await import('../../review/reporters/findings.ts');
    send(stdout, findingsReport(plan, cwd, colors));
  }
}

/** What `--format json` prints. */
async function jsonOf(
  plan: Plan,
  use: BaselineUse | undefined,
  { explainSkips }: CheckArguments,
  cwd: string,
): Promise<JsonReport> {
  const { jsonReport } = await import('../../review/reporters/json.ts');
  const { jsonSkips } = await import('../../review/reporters/skips.ts');
  const known =
    use === undefined
      ? {}
      : { baseline: { path: pathFrom(cwd, use.path), known: use.known, fixed: use.fixed } };
  const skips = explainSkips === true ? { skips: jsonSkips(plan, cwd) } : {};
  return { ...jsonReport(plan, cwd), ...known, ...skips };
}

async function check(typed: CheckArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd, env, stderr } = surroundings;
  const { makePlan, tellUnmatched } = await import('../make-plan.ts');
  const { colorsFor } = await import('../colors.ts');
  const { isAtLeast } = await import('../../evidence.ts');
  const { idsOf } = await import('../../run/composition.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  if (typed.explainSkips === true && !['text', 'json', 'patch'].includes(typed.format))
    throw new UsageError(`--explain-skips goes with text, json and patch, not with ${typed.format}.`);
  const taken = new Map(
    typed.writeBaseline === undefined
      ? []
      : [['--write-baseline', resolve(cwd, typed.writeBaseline || BASELINE_NAME)]],
  );
  const reporting = await reportingOf('check', typed, surroundings, taken);
  const made = await makePlan(typed, surroundings, reporting.onFound);
  const { config, folder, level, summaries } = made;
  const paths = pathsOf(typed);
  const { textOf } = placesOf(made.plan);
  let checked: ReturnType<typeof withBaseline>;
  try {
    checked = withBaseline({ plan: made.plan, folder, cwd, paths, textOf }, typed);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    stderr.write(`hasten: ${error.message}\n`);
    return 2;
  }
  const { plan, use } = checked;

  const failOn = typed.failOn ?? config.failOn ?? 'safe';
  const stated = { ...plan, mode: 'check', level, accepted: new Set(idsOf(plan)), ...timesOf(made) } as const;
  const source: ReportSource = {
    ...plan,
    command: 'check',
    mode: 'check',
    level,
    failOn,
    cwd,
    root: made.root,
    composition: plan,
    hasten: versionOf(surroundings.packageRoot),
    transforms: plan.looked.transforms,
    summaries,
    pageOf: pageOf(surroundings),
    packageRoot: surroundings.packageRoot,
    json: async () => ({
      ...(await jsonOf(plan, use, typed, cwd)),
      ...(await inJson(typed, stated, plan.looked.transforms)),
    }),
  };
  if (isRendered(typed.format)) await reporting.print(source);
  else await tell(plan, typed, surroundings);
  const areWritten = await reporting.write(source);
  if (!isWhole(typed.format)) {
    const { summary } = await import('../../review/summary.ts');
    send(stderr, summary(plan, { mode: 'check', level }, cwd, errorColors));
  }
  if (use !== undefined && (!isWhole(typed.format) || use.written !== undefined))
    send(stderr, baselineLines(use, cwd));

  await tellStats(typed, stated, plan.looked.transforms, surroundings);
  const unmatched = tellUnmatched(plan, paths, cwd, stderr, errorColors);
  if (unmatched !== 0) return unmatched;
  if (plan.failures.length > 0 || !areWritten) return 2;
  return failOn !== 'never' && plan.findings.some((one) => isOpen(one) && isAtLeast(one.safety, failOn))
    ? 1
    : 0;
}

/**
 * `hasten check`: tells findings and changes nothing. It fails for `safe` ones unless told otherwise: those that
 * `hasten run` would rewrite, so that whoever sees it fail can make it pass with one command.
 */
export const checkCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, CheckArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    withReportOptions(withSearchOptions(yargs))
      .option('fail-on', {
        choices: ['safe', 'review', 'report', 'never'],
        requiresArg: true,
        describe:
          'Exit with 1 for a finding of this level or a more trusted one; report is any finding [safe]',
      })
      .option('baseline', {
        type: 'string',
        requiresArg: true,
        describe:
          'A file of known findings, which do not fail; --no-baseline uses none [hasten.baseline.json]',
      })
      .option('write-baseline', {
        type: 'string',
        describe: "Write today's findings to a baseline, so that only new ones fail",
      })
      .option('explain-skips', {
        type: 'boolean',
        default: false,
        describe: 'Tell instead everything that is left alone, by reason',
      })
      .example('$0 check src', 'Fail when something can be rewritten safely')
      .example('$0 check src --fail-on report', 'Fail for any finding') as never,
  handler: async (typed) => end(await check(typed, surroundings)),
});
