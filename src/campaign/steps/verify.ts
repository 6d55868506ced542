import { idsOf } from '../../run/composition.ts';
import type { Plan } from '../../run/plan.ts';
import { verifiedPlan } from '../../run/verification/verified-plan.ts';
import { verifyCommand, type CommandVerified } from '../../run/verification/verify-command.ts';
import type { Verification } from '../campaign.ts';
import { StepError } from '../outcome.ts';

/** A plan with what the commands pass with, and what they came to. */
export interface Verified {
  readonly plan: Plan;
  readonly verified: CommandVerified;
}

/** All commands as one, which stops at the first that fails. */
const joined = (commands: readonly string[]): string =>
  commands.length === 1 ? (commands[0] ?? '') : commands.map((command) => `(${command})`).join(' && ');

/**
 * Runs the commands of a campaign on what `plan` makes of the repository at `tree`, in a copy of it.
 * @throws {StepError} where they say nothing of the changes, or fail with some and that is not to be; the reason of `signal`.
 */
export async function verify(
  plan: Plan,
  tree: string,
  { commands, runs, timeLimit, onFailure }: Verification,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<Verified> {
  const verified = await verifyCommand({
    command: joined(commands),
    composition: plan,
    accepted: new Set(idsOf(plan)),
    level: 'safe',
    most: runs,
    timeLimit: timeLimit * 1000,
    cwd: tree,
    top: tree,
    signal,
    onProgress: (progress) => {
      if (progress.stage === 'run')
        say(`\`${joined(commands)}\`: run ${progress.run} of at most ${progress.most}`);
    },
  });
  const { refusal, culprits, untested, gaps } = verified;
  if (gaps.length > 0) say(`Too large for the copy: ${gaps.join(', ')}`);
  if (refusal !== undefined) {
    say(refusal.output);
    throw new StepError('verify', refusal.reason);
  }
  for (const { proposal, claim } of culprits) say(`Left out: ${proposal.title}: ${claim}`);
  const [culprit] = culprits;
  if (onFailure === 'fail' && (culprit !== undefined || untested.length > 0))
    throw new StepError('verify', culprit?.claim ?? `\`${joined(commands)}\` fails with the changes`);
  return { plan: verifiedPlan(plan, verified, tree), verified };
}
