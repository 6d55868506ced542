import { canDecide, countsOf } from '../review/deciding.ts';
import { counted } from '../review/describe.ts';
import { beginReview } from '../review/terminal/state.ts';
import { colorsFor } from './colors.ts';
import type { ReviewSession } from './review-session.ts';
import { Sitting, type Ending } from './sitting.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';
import type { TerminalDevice } from './terminal-device.ts';

const worse = (a: ExitCode, b: ExitCode): ExitCode => (a > b ? a : b);

/** Says that there is nothing to decide about. */
function* nothingLines({ source: { review } }: ReviewSession): Iterable<string> {
  const reports = review.items.length;
  yield 'Nothing to review: there is no proposal.\n';
  if (reports > 0)
    yield `${counted(reports, 'finding is', 'findings are')} only reported; hasten check tells why.\n`;
}

/** Says what was kept, and how to go on. */
function* stoppedLines({ again, later }: ReviewSession, { kind, state, unkept }: Ending): Iterable<string> {
  if (kind === 'discard') yield 'Stopped; the decisions are those from before.\n';
  else if (unkept === undefined) {
    const { accepted, rejected, undecided } = countsOf(state.items, state.deciding.decisions);
    yield `The decisions are kept: ${accepted} accepted, ${rejected} rejected, ${undecided} undecided.\n`;
  }
  yield 'Nothing was written.\n';
  yield `To go on: ${again}\n`;
  if (later !== again) yield `To write what is accepted: ${later}\n`;
}

/** Shows a review in the terminal until somebody stops it. */
export async function reviewInTerminal(
  session: ReviewSession,
  device: TerminalDevice,
  around: Surroundings,
  color: boolean | undefined,
): Promise<ExitCode> {
  const { env, stdout, stderr } = around;
  const { review, decisions } = session.source;
  if (!review.items.some(canDecide)) {
    send(stderr, nothingLines(session));
    return session.close(around);
  }
  const { failures } = session;
  const notices =
    failures > 0
      ? [`${counted(failures, 'thing')} could not be done; the reasons follow when the review is over.`]
      : [];
  const state = { ...beginReview(review, decisions, device.size), notices };
  const ending = await new Sitting(session, device, state, {
    colors: colorsFor(stdout, env, color),
    env,
  }).run();
  const { unkept } = ending;
  if (unkept !== undefined) send(stderr, [`hasten: what was decided could not be kept: ${unkept}\n`]);
  const told: ExitCode = unkept === undefined ? 0 : 2;
  if (ending.kind !== 'apply') {
    send(stderr, stoppedLines(session, ending));
    return worse(told, await session.close(around));
  }
  const { code } = await session.apply(ending.state.deciding.decisions, around);
  if (code !== 0 && unkept === undefined)
    send(stderr, [`What is not written stays decided as it was: ${session.again}\n`]);
  return worse(worse(told, code), await session.close(around));
}
