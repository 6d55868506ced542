import type { CommandModule } from 'yargs';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { OPEN_BROWSER, TEXT_OR_JSON } from './common.ts';

/** What may be typed of `hasten batch campaign.yaml`. */
export interface BatchArguments {
  readonly campaign: string;
  readonly dryRun: boolean;
  readonly only?: readonly string[] | undefined;
  readonly retryFailed: boolean;
  readonly fresh: boolean;
  readonly resume?: boolean | undefined;
  readonly queue?: string | undefined;
  readonly format: string;
  readonly color?: boolean | undefined;
}

/** What may be typed of `hasten batch status`. */
export interface StatusArguments {
  readonly campaign?: string | undefined;
  readonly dryRun: boolean;
  readonly watch: boolean;
  readonly web: boolean;
  readonly open: boolean;
  readonly format: string;
  readonly color?: boolean | undefined;
}

/** What may be typed of `hasten batch report`. */
export interface ReportArguments {
  readonly campaign?: string | undefined;
  readonly dryRun: boolean;
  readonly format: string;
}

/** How `act` ends; what cannot be read or written, or is another one's now, is told. */
async function told(
  act: () => Promise<ExitCode>,
  color: boolean | undefined,
  { cwd, env, stderr }: Surroundings,
): Promise<ExitCode> {
  const { JournalError } = await import('../../errors.ts');
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const { failureLines } = await import('../../review/summary.ts');
    const { colorsFor } = await import('../colors.ts');
    send(
      stderr,
      failureLines([{ path: error.path, reason: error.message }], cwd, colorsFor(stderr, env, color)),
    );
    return 2;
  }
}

const OF_DRY_RUN = { type: 'boolean', default: false, describe: 'Of the dry run' } as const;

/** `hasten batch`: a campaign over many repositories, and where it stands. */
export const batchCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, object>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    yargs
      .command(
        '$0 <campaign>',
        'Do what a campaign file asks for in each of its repositories; go on where an earlier start was stopped',
        (own) =>
          own
            .positional('campaign', { type: 'string', demandOption: true, describe: 'The file, in YAML' })
            .option('dry-run', {
              type: 'boolean',
              default: false,
              describe: 'Commit and push nothing: only patches and reports',
            })
            .option('only', {
              type: 'string',
              array: true,
              requiresArg: true,
              describe:
                'Only repositories of this name, in which * stands for anything; repeat it for several',
            })
            .option('retry-failed', {
              type: 'boolean',
              default: false,
              describe: 'Do once more what failed',
            })
            .option('fresh', {
              type: 'boolean',
              default: false,
              describe: 'Do everything anew, from what the refs are now',
            })
            .option('resume', {
              type: 'boolean',
              describe: 'Go on where it was stopped: as without it, unless with --fresh',
            })
            .option('queue', {
              type: 'string',
              requiresArg: true,
              describe:
                'Have it done by the workers at this Redis (redis://host:6379, rediss:// with TLS); see hasten worker --help',
            })
            .option('format', TEXT_OR_JSON)
            .example('$0 batch campaign.yaml --dry-run', 'Patches and reports, nothing else')
            .example('$0 batch campaign.yaml --only acme/orders', 'One repository')
            .example('$0 batch campaign.yaml --retry-failed', 'What failed, once more'),
        async (typed) => {
          const { color } = typed as { readonly color?: boolean };
          const { startCampaign } = await import('../batch/start.ts');
          end(await told(() => startCampaign(typed as BatchArguments, surroundings), color, surroundings));
        },
      )
      .command(
        'status [campaign]',
        'Show how far each repository is, and what was found',
        (own) =>
          own
            .positional('campaign', { type: 'string', describe: 'The file or the name of the campaign' })
            .option('watch', { type: 'boolean', default: false, describe: 'Show it anew each second' })
            .option('web', {
              type: 'boolean',
              default: false,
              describe: 'Show it in the browser, with diffs and logs, on this machine only',
            })
            .option('open', OPEN_BROWSER)
            .option('dry-run', OF_DRY_RUN)
            .option('format', TEXT_OR_JSON)
            .example('$0 batch status campaign.yaml --web', 'In the browser, as it goes'),
        async (typed) => {
          const { color } = typed as { readonly color?: boolean };
          const { showStatus } = await import('../batch/status.ts');
          end(await told(() => showStatus(typed as StatusArguments, surroundings), color, surroundings));
        },
      )
      .command(
        'report [campaign]',
        'Print every finding of every repository',
        (own) =>
          own
            .positional('campaign', { type: 'string', describe: 'The file or the name of the campaign' })
            .option('dry-run', OF_DRY_RUN)
            .option('format', {
              choices: ['markdown', 'html', 'json', 'csv'] as const,
              default: 'markdown',
              requiresArg: true,
              describe: 'What is printed',
            })
            .example(
              '$0 batch report campaign.yaml --format csv > findings.csv',
              'A table for a spreadsheet',
            ),
        async (typed) => {
          const { color } = typed as { readonly color?: boolean };
          const { printReport } = await import('../batch/report.ts');
          end(await told(() => printReport(typed as ReportArguments, surroundings), color, surroundings));
        },
      ) as never,
  handler: () => undefined,
});
