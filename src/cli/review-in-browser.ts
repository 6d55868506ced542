import { stripVTControlCharacters } from 'node:util';
import { countsOf } from '../review/deciding.ts';
import { counted } from '../review/describe.ts';
import { pathFrom } from '../review/patch-text.ts';
import type { ApplyDecisions } from '../review/web/applying.ts';
import type { PageOutcome } from '../review/web/protocol.ts';
import type { PlanApplied } from './apply-plan.ts';
import { aborted, interruptible } from './interruptible.ts';
import { openBrowser } from './open-browser.ts';
import type { ReviewSession } from './review-session.ts';
import type { ExitCode, Output, Surroundings } from './surroundings.ts';

/** Where output goes, and line by line to `tell` as well. */
function alsoTold(
  output: Output,
  tell: (line: string) => void,
): { readonly output: Output; readonly end: () => void } {
  let rest = '';
  return {
    output: {
      write(text) {
        const lines = (rest + stripVTControlCharacters(text)).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(tell);
        return output.write(text);
      },
      get destroyed() {
        return output.destroyed;
      },
    },
    end() {
      if (rest !== '') tell(rest);
      rest = '';
    },
  };
}

/** What applying came to, as the page tells it. */
async function outcomeOf({ code, applied }: PlanApplied, root: string, cwd: string): Promise<PageOutcome> {
  if (applied === undefined) throw new Error('It was stopped before anything was written.');
  const { journalRoot } = await import('../run/journal/folder.ts');
  const { verified, written = [], run } = applied;
  const top = journalRoot(root);
  const undo = top === journalRoot(cwd) ? 'hasten undo' : `cd ${JSON.stringify(top)} && hasten undo`;
  return {
    code,
    applied: applied.applied.length,
    written: written.map((path) => pathFrom(root, path)),
    leftOut: applied.leftOut,
    failures: applied.failures.map(({ path, reason }) => ({ path: pathFrom(root, path), reason })),
    ...(verified === undefined
      ? {}
      : {
          verified: {
            command: verified.command,
            runs: verified.runs,
            passed: verified.refusal === undefined,
            kept: verified.kept.size,
            culprits: verified.culprits.map(({ proposal }) => proposal.id),
          },
        }),
    ...(run === undefined ? {} : { undo }),
  };
}

/** Shows a review in the browser until somebody says there that it is done, or stops it. */
export async function reviewInBrowser(
  session: ReviewSession,
  around: Surroundings,
  opens: boolean,
): Promise<ExitCode> {
  const { pageBundle } = await import('../review/web/page-bundle.ts');
  const { serveReview } = await import('../review/web/server.ts');
  const { cwd, stdout, stderr, packageRoot } = around;
  const { source, root, later, again } = session;
  if (source.review.items.length === 0) {
    stderr.write('Nothing to review: nothing was found.\n');
    return session.close(around);
  }
  let kept = source.decisions;
  let code: ExitCode | undefined;
  const apply: ApplyDecisions = async (decisions, tell) => {
    const [out, err] = [alsoTold(stdout, tell), alsoTold(stderr, tell)];
    const applied = await session.apply(decisions, { ...around, stdout: out.output, stderr: err.output });
    out.end();
    err.end();
    code = applied.code;
    return outcomeOf(applied, root, cwd);
  };
  const server = await serveReview({
    source,
    bundle: pageBundle(packageRoot),
    later,
    apply,
    async keep(decisions) {
      await session.keep(decisions);
      kept = decisions;
    },
  });
  const proposals = counted(source.review.items.filter(({ files }) => files.length > 0).length, 'proposal');
  stderr.write(`${proposals} to review: ${server.address}\n`);
  stderr.write('The address works once. Ctrl-C ends; what was decided is kept.\n');
  if (opens) openBrowser(server.address, around);
  await interruptible(
    stderr,
    async (signal) => {
      await Promise.race([server.done, aborted(signal)]);
      await server.close();
    },
    '\nEnding; what was decided is kept.',
  );
  if (code === undefined) {
    const { accepted, rejected, undecided } = countsOf(source.review.items, kept);
    stderr.write(`${accepted} accepted, ${rejected} rejected, ${undecided} undecided. To go on: ${again}\n`);
    if (later !== again) stderr.write(`To write what is accepted: ${later}\n`);
  }
  const closed = await session.close(around);
  return code === undefined || closed > code ? closed : code;
}
