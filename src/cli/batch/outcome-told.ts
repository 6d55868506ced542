import type { Outcome } from '../../campaign/outcome.ts';
import { counted } from '../../review/describe.ts';

/** What became of a repository, in a few words. */
export function outcomeTold({ state, step, reason, counts, changes }: Outcome): string {
  if (state === 'failed') return `failed at ${step ?? 'its start'}: ${reason ?? ''}`;
  if (state === 'left-out') return `left out: ${reason ?? ''}`;
  const places = counts.reduce((sum, { changed }) => sum + changed, 0);
  return state === 'changed'
    ? `${counted(places, 'place')} in ${counted(changes.length, 'file')}`
    : 'nothing to change';
}
