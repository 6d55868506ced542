import type { Argv } from 'yargs';
import { FORMAT_NAMES, FORMATS, isFormat, type ReportFormat } from '../review/reporters/formats.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { Stats, StatsRequest } from '../review/stats.ts';
import type { Proposal } from '../transform.ts';
import { send, type Surroundings } from './surroundings.ts';

/** What may be typed of a command that reports. */
export interface ReportArguments {
  readonly format: string;
  readonly report?: readonly string[] | undefined;
  readonly stats?: boolean | undefined;
}

/** Formats that a command prints in a way of its own: with colours, say, or as the diff of what it would write. */
const OWN: ReadonlySet<string> = new Set(['text', 'patch']);

/** What a command tells, and where. */
export interface Reporting {
  /** Takes what is found while a run is still going on, where that is told as it goes. */
  readonly onFound?: (found: readonly Proposal[]) => void;
  /** Prints the format that was asked for. */
  print(source: ReportSource): Promise<void>;
  /** Writes the files of `--report`. True if each could be written; what could not is told. */
  write(source: ReportSource): Promise<boolean>;
}

const formatOf = (name: string): ReportFormat | undefined => (isFormat(name) ? FORMATS[name] : undefined);

/** Whether a format is made by its entry in the list of formats, and not by the command itself. */
export const isRendered = (format: string): boolean => !OWN.has(format);

/** Whether what is printed has everything, so that stderr need not tell it again. */
export const isWhole = (format: string): boolean => formatOf(format)?.isWhole === true;

/** Declares what is printed, and the reports that go to files. */
export const withReportOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('format', {
      choices: FORMAT_NAMES,
      default: 'text' as const,
      requiresArg: true,
      describe: 'What is printed',
    })
    .option('stats', {
      type: 'boolean',
      default: false,
      describe:
        'Count on stderr, by transform and level, what was found, applied and refused and why; with json, in `stats`',
    })
    .option('report', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe:
        'Write a report to a file as well: format=file, such as sarif=hasten.sarif; repeat it for several',
    });

/** What `--stats` asks for, to be put into JSON; nothing where it does not. */
export async function inJson(
  { stats }: ReportArguments,
  request: StatsRequest,
  transforms: readonly string[],
): Promise<{ readonly stats?: Stats }> {
  if (stats !== true) return {};
  const { statsOf } = await import('../review/stats.ts');
  return { stats: statsOf(request, transforms) };
}

/** How long transforms took, where they were at work. */
export const timesOf = ({ times }: Pick<StatsRequest, 'times'>): Pick<StatsRequest, 'times'> =>
  times === undefined ? {} : { times };

/** Prints what `--stats` asks for, unless it is in what was printed. */
export async function tellStats(
  typed: ReportArguments & { readonly color?: boolean | undefined },
  request: StatsRequest,
  transforms: readonly string[],
  { stderr, env }: Surroundings,
): Promise<void> {
  const { stats } = typed.format === 'json' ? {} : await inJson(typed, request, transforms);
  if (stats === undefined) return;
  const { statsReport } = await import('../review/reporters/stats.ts');
  const { colorsFor } = await import('./colors.ts');
  const width = stderr.columns ?? Number.POSITIVE_INFINITY;
  send(stderr, ['\n', ...statsReport(stats, width, colorsFor(stderr, env, typed.color))]);
}

/**
 * How `command` tells what it finds and does.
 * @param taken what else is written, by the option that names it: absolute paths.
 * @throws {UsageError} for a report that cannot be written where it is asked for.
 */
export async function reportingOf(
  command: ReportSource['command'],
  { format, report = [] }: ReportArguments,
  { cwd, stdout, stderr, packageRoot }: Surroundings,
  taken?: ReadonlyMap<string, string>,
): Promise<Reporting> {
  const { versionOf } = await import('../api/version.ts');
  const { reportFilesOf, writeReports } = await import('./report-files.ts');
  const files = reportFilesOf(report, cwd, taken);
  const stream =
    format === 'ndjson'
      ? new (await import('../review/reporters/ndjson.ts')).NdjsonStream({
          command,
          hasten: versionOf(packageRoot),
          cwd,
        })
      : undefined;
  return {
    ...(stream === undefined
      ? {}
      : { onFound: (found: readonly Proposal[]) => send(stdout, stream.found(found)) }),
    async print(source) {
      if (stream !== undefined) send(stdout, stream.finish(source));
      else for await (const chunk of formatOf(format)?.render(source) ?? []) send(stdout, [chunk]);
    },
    async write(source) {
      const failures = await writeReports(files, source);
      const { failureLines } = await import('../review/summary.ts');
      const { colorsFor } = await import('./colors.ts');
      send(stderr, failureLines(failures, cwd, colorsFor(stderr, {}, false)));
      return failures.length === 0;
    },
  };
}
