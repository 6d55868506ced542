import { resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { BASELINE_NAME, type BaselineChoice, type BaselineUse } from '../../api/baseline.ts';
import type { Checked } from '../../api/check.ts';
import type { Planned } from '../../api/plan.ts';
import type { Config } from '../../config.ts';
import { BaselineError, UsageError } from '../../errors.ts';
import { counted } from '../../review/describe.ts';
import { pathFrom } from '../../review/patch-text.ts';
import type { ReportSource } from '../../review/report-source.ts';
import { idsOf } from '../../run/composition.ts';
import type { Plan } from '../../run/plan.ts';
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
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { send } from '../surroundings.ts';
import { withSearchOptions, type SearchArguments } from './common.ts';

/** What decides what a check tells, and how. */
interface TellingArguments extends ReportArguments {
  readonly explainSkips?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly stdinPaths?: boolean | undefined;
}

/** What decides how a check ends, and what it tells. */
export interface CheckingArguments extends BaselineChoice, TellingArguments {
  readonly failOn?: Config['failOn'];
}

interface CheckArguments extends SearchArguments, CheckingArguments, ShardArguments {}

/** What there is to say of the baseline, as whole lines. */
function* baselineLines({ path, known, fixed, written }: BaselineUse, cwd: string): Generator<string> {
  const name = pathFrom(cwd, path);
  if (written !== undefined) yield `Wrote ${name}: ${counted(written, 'finding')}.\n`;
  else if (fixed > 0)
    yield `${counted(fixed, 'entry', 'entries')} of ${name} ${fixed === 1 ? 'is' : 'are'} fixed: --write-baseline removes ${fixed === 1 ? 'it' : 'them'}.\n`;
  else if (known > 0) yield `${name} has ${counted(known, 'finding')} of this run.\n`;
}

/** Prints as text or as a patch what was found, or with `--explain-skips` what was left alone. */
async function tell(plan: Plan, typed: TellingArguments, { cwd, env, stdout }: Surroundings): Promise<void> {
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

/** What there is to say of a check beside its findings, and how it ends. */
export async function closeCheck(
  checked: Checked,
  typed: TellingArguments,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { cwd, stderr, env } = surroundings;
  const { colorsFor } = await import('../colors.ts');
  const { tellUnmatched } = await import('../search.ts');
  const colors = colorsFor(stderr, env, typed.color);
  const { baseline: use, level } = checked;
  if (!isWhole(typed.format)) {
    const { summary } = await import('../../review/summary.ts');
    send(stderr, summary(checked, { mode: 'check', level }, cwd, colors));
  }
  if (use !== undefined && (!isWhole(typed.format) || use.written !== undefined))
    send(stderr, baselineLines(use, cwd));
  await tellStats(typed, countedOf(checked), checked.looked.transforms, surroundings);
  const unmatched = tellUnmatched(checked, typed, stderr, colors);
  if (unmatched !== 0) return unmatched;
  if (checked.failures.length > 0) return 2;
  return checked.isFailed ? 1 : 0;
}

/** What is counted of a check. */
const countedOf = (checked: Checked) => ({
  ...checked,
  mode: 'check' as const,
  accepted: new Set(idsOf(checked)),
  ...timesOf(checked),
});

/** Prints and writes all that was asked for about a check. @returns how that ends. */
export async function tellCheck(
  checked: Checked,
  typed: TellingArguments,
  surroundings: Surroundings,
  reporting: Reporting,
): Promise<ExitCode> {
  const { checkedSource } = await import('../../api/report.ts');
  const plain = checkedSource(checked);
  const source: ReportSource = {
    ...plain,
    json: async () => ({
      ...(await plain.json()),
      ...(await skipsInJson(checked, typed)),
      ...(await inJson(typed, countedOf(checked), checked.looked.transforms)),
    }),
  };
  if (isRendered(typed.format)) await reporting.print(source);
  else await tell(checked, typed, surroundings);
  const areWritten = await reporting.write(source);
  const code = await closeCheck(checked, typed, surroundings);
  return areWritten || code === 3 ? code : 2;
}

/** What was left alone, where it was asked for. */
async function skipsInJson(checked: Checked, { explainSkips }: TellingArguments): Promise<object> {
  if (explainSkips !== true) return {};
  const { jsonSkips } = await import('../../review/reporters/skips.ts');
  return { skips: jsonSkips(checked, checked.cwd) };
}

/** @throws {UsageError} where skips are to be told in a format that has none. */
export function checkSkips({ explainSkips, format }: TellingArguments): void {
  if (explainSkips === true && !['text', 'json', 'patch'].includes(format))
    throw new UsageError(`--explain-skips goes with text, json and patch, not with ${format}.`);
}

/** The baseline that is written, as `reportingOf` wants it. */
export const takenByBaseline = (
  { writeBaseline }: BaselineChoice,
  cwd: string,
): readonly (readonly [string, string])[] =>
  writeBaseline === undefined ? [] : [['--write-baseline', resolve(cwd, writeBaseline || BASELINE_NAME)]];

async function check(typed: CheckArguments, surroundings: Surroundings): Promise<ExitCode> {
  const { cwd } = surroundings;
  const { shard, baseline, writeBaseline, failOn } = typed;
  if (shard !== undefined) {
    const { tellShard } = await import('../shard.ts');
    const explain = typed.explainSkips === true ? { 'explain-skips': true } : {};
    const beside = { baseline, 'write-baseline': writeBaseline, 'fail-on': failOn, ...explain };
    return tellShard({ ...typed, shard }, beside, surroundings);
  }
  const { search } = await import('../search.ts');
  checkSkips(typed);
  const taken = new Map(takenByBaseline(typed, cwd));
  const reporting = await reportingOf('check', typed, surroundings, taken);
  const made = await search(typed, surroundings, reporting.onFound);
  const checked = await checkedOrTold(made, typed, surroundings);
  return checked === undefined ? 2 : tellCheck(checked, typed, surroundings, reporting);
}

/** What of a plan counts for a check; undefined, and told, where the baseline cannot be used. */
export async function checkedOrTold(
  made: Planned,
  { baseline, writeBaseline, failOn }: CheckingArguments,
  { stderr }: Surroundings,
): Promise<Checked | undefined> {
  const { checkedOf } = await import('../../api/check.ts');
  try {
    return checkedOf(made, { baseline, writeBaseline, failOn });
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    stderr.write(`hasten: ${error.message}\n`);
    return undefined;
  }
}

/** Declares what decides how a check ends, and what it tells. */
export const withCheckOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('fail-on', {
      choices: ['safe', 'review', 'report', 'never'],
      requiresArg: true,
      describe: 'Exit with 1 for a finding of this level or a more trusted one; report is any finding [safe]',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: 'A file of known findings, which do not fail; --no-baseline uses none [hasten.baseline.json]',
    })
    .option('write-baseline', {
      type: 'string',
      describe: "Write today's findings to a baseline, so that only new ones fail",
    })
    .option('explain-skips', {
      type: 'boolean',
      default: false,
      describe: 'Tell instead everything that is left alone, by reason',
    });

/**
 * `hasten check`: tells findings and changes nothing. It fails for `safe` ones unless told otherwise: those that
 * `hasten run` would rewrite, so that whoever sees it fail can make it pass with one command.
 */
export const checkCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, CheckArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    withShardOption(withCheckOptions(withReportOptions(withSearchOptions(yargs))))
      .example('$0 check src', 'Fail when something can be rewritten safely')
      .example('$0 check src --fail-on report', 'Fail for any finding') as never,
  handler: async (typed) => end(await check(typed, surroundings)),
});
