import type { Colors } from 'picocolors/types.js';
import type { CommandVerified } from '../run/verification/verify-command.ts';
import { counted, visible } from './describe.ts';
import { pathFrom } from './patch-text.ts';
import { placesOf } from './places.ts';

/** How many lines of an output are shown. */
const MOST_LINES = 20;

/** What a command that was run on the result came to, as `--format json` prints it. */
export interface JsonVerification {
  readonly command: string;
  /** How often it ran. */
  readonly runs: number;
  /** Whether it passes with what is kept. */
  readonly passed: boolean;
  /** The ids of the proposals that are kept, that are to blame, and that there was no run left for. */
  readonly kept: readonly string[];
  readonly culprits: readonly string[];
  readonly untested: readonly string[];
  /** What was too large to be in the copy in which it ran. */
  readonly notCopied: readonly string[];
}

/** A verification in the shape promised to scripts. */
export const jsonVerification = (verified: CommandVerified): JsonVerification => ({
  command: verified.command,
  runs: verified.runs,
  passed: verified.refusal === undefined,
  kept: verified.subset.applied.map(({ id }) => id),
  culprits: verified.culprits.map(({ proposal }) => proposal.id),
  untested: verified.untested,
  notCopied: verified.gaps,
});

/** What a verification came to, as whole lines: with which changes the command passes, or the end of the output that shows why nothing is known. */
export function* verificationLines(verified: CommandVerified, colors: Colors): Iterable<string> {
  const { command, runs, refusal, kept, culprits, untested, gaps } = verified;
  const name = `\`${visible(command)}\``;
  if (gaps.length > 0)
    yield `${colors.yellow('not copied')} ${gaps.map(visible).join(', ')}: too large for the copy in which ${name} ran.\n`;
  if (refusal !== undefined) {
    const lines = refusal.output.split('\n').slice(-MOST_LINES);
    for (const line of lines) if (line !== '') yield `  ${colors.dim(visible(line))}\n`;
    return;
  }
  const all = kept.size + culprits.length + untested.length;
  const left = verified.subset.applied.length;
  const share = `${left === all ? '' : `${left} of `}${counted(all, 'change')}`;
  const ran = `it ran ${counted(runs, 'time')}`;
  if (left === 0)
    yield `${colors.yellow('not verified')} ${name} is not known to pass with any of ${counted(all, 'change')}; ${ran}.\n`;
  else yield `${colors.green('verified')} ${name} passes with ${share}; ${ran}.\n`;
}

/** What a command fails with, and what it says, as whole lines. */
export function* culpritLines(
  { culprits, subset }: CommandVerified,
  cwd: string,
  colors: Colors,
): Iterable<string> {
  const places = placesOf({ changes: [...subset.texts.values()] });
  for (const { proposal, claim } of culprits) {
    const { path, start, title, transform } = proposal;
    const where = `${visible(pathFrom(cwd, path))}:${places.placeOf(path, start).line}`;
    yield `${colors.red('left out')} ${where}: ${visible(title)} ${colors.dim(`[${transform}]`)}\n    ${visible(claim)}\n`;
  }
}
