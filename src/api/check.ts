import { UsageError } from '../errors.ts';
import { isAtLeast, SAFETIES, type Safety } from '../evidence.ts';
import { isOpen } from '../review/describe.ts';
import { placesOf } from '../review/places.ts';
import { withBaseline, type BaselineChoice, type BaselineUse } from './baseline.ts';
import { plan, type Planned } from './plan.ts';
import type { SearchRequest } from './request.ts';

/** What decides how a check ends. */
export interface CheckChoice extends BaselineChoice {
  /** Findings of this level and more trusted ones make the check fail; `safe` as if nothing was said. */
  readonly failOn?: Safety | 'never' | undefined;
}

/** What `check` is asked for. */
export interface CheckRequest extends SearchRequest, CheckChoice {}

/** What a check found. Nothing is written but the baseline, where one is to be. */
export interface Checked extends Planned {
  readonly command: 'check';
  readonly mode: 'check';
  readonly failOn: Safety | 'never';
  /** Whether there is a finding for which the check fails. */
  readonly isFailed: boolean;
  /** What was made of a baseline, where there is one. */
  readonly baseline?: BaselineUse;
}

/** What of a plan counts for a check. */
export function checkedOf(made: Planned, choice: CheckChoice): Checked {
  const { textOf } = placesOf(made);
  const { cwd, folder, config, asked } = made;
  const failOn = choice.failOn ?? config.failOn ?? 'safe';
  if (failOn !== 'never' && !SAFETIES.includes(failOn))
    throw new UsageError(`failOn is one of ${[...SAFETIES, 'never'].join(', ')}.`);
  const { plan: known, use } = withBaseline({ plan: made, folder, cwd, paths: asked.paths, textOf }, choice);
  return {
    ...made,
    ...known,
    command: 'check',
    mode: 'check',
    failOn,
    isFailed:
      failOn !== 'never' && known.findings.some((one) => isOpen(one) && isAtLeast(one.safety, failOn)),
    ...(use === undefined ? {} : { baseline: use }),
  };
}

/**
 * Tells what there is to find, compared with a baseline where there is one.
 * @throws {UsageError} for what there is not, {BaselineError} for a baseline that cannot be used; the signal's reason once it is aborted.
 */
export const check = async (request: CheckRequest = {}): Promise<Checked> =>
  checkedOf(await plan(request), request);
