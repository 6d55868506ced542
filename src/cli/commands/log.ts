import type { CommandModule } from 'yargs';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { TEXT_OR_JSON } from './common.ts';

interface LogArguments {
  readonly format: string;
  readonly color?: boolean | undefined;
}

async function log(typed: LogArguments, { cwd, env, stdout, stderr }: Surroundings): Promise<ExitCode> {
  const { JournalError } = await import('../../errors.ts');
  const { runs: readRuns } = await import('../../api/journal.ts');
  const { jsonLog, logReport } = await import('../../review/reporters/log.ts');
  const { colorsFor } = await import('../colors.ts');
  const { failureLines } = await import('../../review/summary.ts');
  const errorColors = colorsFor(stderr, env, typed.color);
  try {
    const runs = await readRuns({ cwd });
    if (typed.format === 'json') send(stdout, [`${JSON.stringify(jsonLog(runs, cwd))}\n`]);
    else {
      send(stdout, logReport(runs, colorsFor(stdout, env, typed.color)));
      send(stderr, failureLines(runs.failures, cwd, errorColors));
      if (runs.runs.length === 0) send(stderr, ['No run is recorded here.\n']);
    }
    return runs.failures.length > 0 ? 2 : 0;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    send(stderr, failureLines([{ path: error.path, reason: error.message }], cwd, errorColors));
    return 2;
  }
}

/** `hasten log`: the runs that the journal has. */
export const logCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, LogArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) => yargs.option('format', TEXT_OR_JSON) as never,
  handler: async (typed) => end(await log(typed, surroundings)),
});
