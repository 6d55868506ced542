import type { ReviewSession } from './review-session.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';

/** Shows a review in the terminal until somebody stops it. */
export async function reviewInTerminal(session: ReviewSession, around: Surroundings): Promise<ExitCode> {
  around.stderr.write(`${session.source.review.items.length} proposals\n`);
  return 2;
}
