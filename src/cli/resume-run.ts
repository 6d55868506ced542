import { interruptible } from './interruptible.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';
import { UsageError } from '../errors.ts';

/** What was typed beside `--resume`. */
interface ResumeArguments {
  readonly paths?: readonly string[] | undefined;
  readonly transform?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly option?: readonly string[] | undefined;
  readonly level?: string | undefined;
  readonly config?: string | undefined;
  readonly dryRun: boolean;
  readonly plan?: string | undefined;
  readonly commit?: string | undefined;
  readonly commitTemplate?: string | undefined;
  readonly signoff: boolean;
  readonly allowDetached: boolean;
  readonly verify?: string | undefined;
  readonly verifyTypes?: string | undefined;
  readonly types?: string | undefined;
  readonly timeLimit?: string | undefined;
  readonly memoryLimit?: string | undefined;
  readonly failOnChanges: boolean;
  readonly removeUnusedIgnores: boolean;
  readonly allowDirty: boolean;
  readonly format: string;
  readonly report?: readonly string[] | undefined;
  readonly stats?: boolean | undefined;
  readonly stdinPaths?: boolean | undefined;
  readonly null?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly _: readonly (string | number)[];
}

/** Throws where something was asked for that the stopped run has settled. */
function checkAlone(typed: ResumeArguments) {
  const { paths = [], _, format } = typed;
  const { transform, set, option, level, config, plan, commit, commitTemplate } = typed;
  const { verify, verifyTypes, types, timeLimit, memoryLimit, report } = typed;
  const values = [transform, set, option, level, config, plan, commit, commitTemplate];
  values.push(verify, verifyTypes, types, timeLimit, memoryLimit);
  values.push(report);
  const { dryRun, signoff, allowDetached, failOnChanges, removeUnusedIgnores, allowDirty, stats } = typed;
  const switches = [
    dryRun,
    signoff,
    allowDetached,
    failOnChanges,
    removeUnusedIgnores,
    allowDirty,
    stats === true,
    typed.stdinPaths === true,
    typed.null === true,
  ];
  const isAlone =
    paths.length === 0 &&
    _.length <= 1 &&
    values.every((one) => one === undefined) &&
    switches.every((one) => !one);
  if (!isAlone)
    throw new UsageError(
      '--resume finishes the run that was stopped, as that was asked for: it goes with --format and --color only.',
    );
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--resume prints text or json, not ${format}.`);
}

/** `hasten run --resume`: finishes the run that was stopped. */
export async function resumeRun(typed: ResumeArguments, surroundings: Surroundings): Promise<ExitCode> {
  checkAlone(typed);
  const { cwd, env, stdout, stderr } = surroundings;
  const { JournalError } = await import('../errors.ts');
  const { resume } = await import('../api/journal.ts');
  const { howToGoOn } = await import('../run/journal/runs.ts');
  const { changedReport } = await import('../review/reporters/changed.ts');
  const { failureLines } = await import('../review/summary.ts');
  const { pathFrom } = await import('../review/patch-text.ts');
  const { colorsFor } = await import('./colors.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  try {
    const resumed = await interruptible(stderr, (signal) => resume({ cwd, signal }));
    if (resumed === undefined) {
      send(stderr, ['No run was stopped half way: there is nothing to resume.\n']);
      return 2;
    }
    const { run, written, failures, isDone } = resumed;
    const { id } = run.record;
    if (typed.format === 'json') {
      const shown = {
        version: 1,
        run: id,
        done: isDone,
        written: written.map(({ path }) => pathFrom(cwd, path)),
        failures: failures.map(({ path, reason }) => ({ path: pathFrom(cwd, path), reason })),
      };
      send(stdout, [`${JSON.stringify(shown)}\n`]);
    } else {
      send(stdout, changedReport(written, cwd, colorsFor(stdout, env, typed.color)));
      send(stderr, failureLines(failures, cwd, errorColors));
      send(stderr, [isDone ? `The run ${id} is done.\n` : `Still ${howToGoOn(run)}.\n`]);
    }
    return isDone && failures.length === 0 ? 0 : 2;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    send(stderr, failureLines([{ path: error.path, reason: error.message }], cwd, errorColors));
    return 2;
  }
}
