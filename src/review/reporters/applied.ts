import type { Colors } from 'picocolors/types.js';
import type { Decisions } from '../../run/plan-file/decisions.ts';
import type { Failure } from '../../run/plan.ts';
import type { LeftOut } from '../../run/subset.ts';
import type { StepProposal } from '../../run/composition.ts';
import type { CommandVerified } from '../../run/verification/verify-command.ts';
import type { Proposal } from '../../transform.ts';
import { counted, titleLine, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';
import type { Places } from '../places.ts';
import { jsonVerification } from '../verification.ts';

/** What became of a plan. */
export interface Applied {
  /** Everything that the plan proposes, in its order. */
  readonly proposals: readonly StepProposal[];
  readonly decisions: Decisions | undefined;
  /** Those whose edits are in the files, or would be. */
  readonly applied: readonly Proposal[];
  readonly leftOut: readonly LeftOut[];
  readonly places: Places;
  /** Whether the place of a proposal can be told in a file: it is as it was when the plan was made. */
  readonly isKnown: (path: string) => boolean;
  /** Absolute paths of the files that were written; none in a dry run. */
  readonly written?: readonly string[];
  readonly failures: readonly Failure[];
  /** The id under which the journal keeps the run. */
  readonly run?: string;
  /** What a command that was run on the result came to, where one was given. */
  readonly verified?: CommandVerified;
}

/** What became of one proposal. */
type State = 'applied' | 'rejected' | 'undecided' | 'left-out';

/** One proposal of a plan, as scripts read it. */
export interface JsonApplied {
  readonly id: string;
  readonly state: State;
  readonly transform: string;
  readonly path: string;
  readonly title: string;
  /** Why it is left out, where it is. */
  readonly reason?: string;
  /** The reviewer's. */
  readonly note?: string;
}

const stateOf = ({ id }: Proposal, { applied, leftOut, decisions }: Applied): State => {
  if (applied.some((one) => one.id === id)) return 'applied';
  if (leftOut.some((one) => one.id === id)) return 'left-out';
  return decisions?.get(id)?.verdict === 'rejected' ? 'rejected' : 'undecided';
};

/** What `hasten apply --format json` prints. Paths are relative to `cwd`. */
export function jsonApplied(applied: Applied, cwd: string): object {
  const { proposals, leftOut, decisions, written, failures, run, verified } = applied;
  const known = new Set(proposals.map(({ id }) => id));
  return {
    version: 1,
    ...(run === undefined ? {} : { run }),
    proposals: proposals.map((one): JsonApplied => {
      const { id, transform, path, title } = one;
      const reason = leftOut.find((other) => other.id === id)?.reason;
      const note = decisions?.get(id)?.note;
      return {
        id,
        state: stateOf(one, applied),
        transform,
        path: pathFrom(cwd, path),
        title,
        ...(reason === undefined ? {} : { reason }),
        ...(note === undefined ? {} : { note }),
      };
    }),
    unknown: leftOut.filter(({ id }) => !known.has(id)),
    ...(written === undefined ? {} : { written: written.map((path) => pathFrom(cwd, path)) }),
    ...(verified === undefined ? {} : { verification: jsonVerification(verified) }),
    failures: failures.map(({ path, reason }) => ({ path: pathFrom(cwd, path), reason })),
  };
}

/** What was left out and why, one a line, and what was decided against. */
export function* appliedLines(applied: Applied, cwd: string, colors: Colors): Iterable<string> {
  const { proposals, leftOut, decisions, places, isKnown } = applied;
  for (const { id, reason } of leftOut) {
    const one = proposals.find((other) => other.id === id);
    const said = colors.yellow('left out');
    if (one === undefined) yield `${said} ${visible(id)}: ${visible(reason)}\n`;
    else {
      const line = isKnown(one.path) ? `:${places.placeOf(one.path, one.start).line}` : '';
      const where = `${visible(pathFrom(cwd, one.path))}${line}`;
      yield `${said} ${where}: ${titleLine(one, colors)} ${colors.dim(visible(id))}: ${visible(reason)}\n`;
    }
  }
  const states = proposals.map((one) => stateOf(one, applied));
  const count = (state: State): number => states.filter((one) => one === state).length;
  const verb = applied.written === undefined ? 'would be applied' : 'applied';
  const counts = [`${count('applied')} of ${counted(proposals.length, 'proposal')} ${verb}`];
  if (leftOut.length > 0) counts.push(`${leftOut.length} left out`);
  if (decisions !== undefined)
    counts.push(`${count('rejected')} rejected`, `${count('undecided')} undecided`);
  yield `${counts.join(', ')}.\n`;
  if (decisions !== undefined && count('undecided') > 0)
    yield 'Where anything is decided, only what is accepted is applied.\n';
}
