import type { CommandModule } from 'yargs';
import type { ApplyArguments } from '../apply-plan.ts';
import type { ExitCode, Surroundings } from '../surroundings.ts';
import { verification, withVerifyOptions } from '../verify.ts';
import {
  commitRequest,
  OPEN_BROWSER,
  withCommitOptions,
  withSearchOptions,
  type SearchArguments,
} from './common.ts';

export interface ReviewArguments extends SearchArguments, Omit<ApplyArguments, 'format' | 'dryRun'> {
  readonly level?: string | undefined;
  readonly decisions?: string | undefined;
  readonly root?: string | undefined;
  readonly web: boolean;
  readonly open: boolean;
}

async function review(typed: ReviewArguments, around: Surroundings): Promise<ExitCode> {
  const { allowDirty } = typed;
  const writing = {
    verify: verification(typed),
    ...commitRequest({ ...typed, dryRun: false }),
    dryRun: false,
    allowDirty,
  };
  const { openReview } = await import('../review-session.ts');
  if (typed.web) {
    const session = await openReview(typed, writing, around);
    if (typeof session === 'number') return session;
    const { reviewInBrowser } = await import('../review-in-browser.ts');
    return reviewInBrowser(session, around, typed.open);
  }
  const { terminalOf } = await import('../terminal-device.ts');
  // Before anything is searched for, which may take its time.
  const terminal = terminalOf(around);
  const session = await openReview(typed, writing, around);
  if (typeof session === 'number') return session;
  const { reviewInTerminal } = await import('../review-in-terminal.ts');
  return reviewInTerminal(session, terminal, around, typed.color);
}
/** `hasten review`: shows proposals one by one, keeps what is decided, and writes what is accepted. */
export const reviewCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): Pick<CommandModule<object, ReviewArguments>, 'builder' | 'handler'> => ({
  builder: (yargs) =>
    withVerifyOptions(withCommitOptions(withSearchOptions(yargs)))
      .option('level', {
        choices: ['safe', 'review'],
        requiresArg: true,
        describe: 'What is proposed: only what is proved, or also what a person has to review [review]',
      })
      .option('web', {
        type: 'boolean',
        default: false,
        describe: 'Review in the browser, on this machine only',
      })
      .option('open', OPEN_BROWSER)
      .option('decisions', {
        type: 'string',
        requiresArg: true,
        describe: 'Keep the decisions in this .json file; else in the plan, or in .hasten/review',
      })
      .option('root', {
        type: 'string',
        requiresArg: true,
        describe: 'With a plan: the folder of the project, where that is not where the plan says',
      })
      .option('allow-dirty', {
        type: 'boolean',
        default: false,
        describe:
          'Write although git status lists changes: of tracked files, or of untracked ones that would be rewritten',
      })
      .example('$0 review src', 'Decide in the terminal, with keys as in git add -p')
      .example('$0 review --web', 'Decide in the browser')
      .example('$0 review plan.json', 'Decide about a plan of hasten run --dry-run --plan') as never,
  handler: async (typed) => end(await review(typed, surroundings)),
});
