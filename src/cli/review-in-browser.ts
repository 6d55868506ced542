import type { ReviewSession } from './review-session.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';

/** Shows a review in the browser until somebody stops it. */
export async function reviewInBrowser(session: ReviewSession, around: Surroundings): Promise<ExitCode> {
  around.stderr.write(`${session.source.review.items.length} proposals\n`);
  return 2;
}
