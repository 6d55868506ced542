import { fails } from '../../evidence.ts';
import type { Proposal } from '../../transform.ts';
import { inFileOrder } from '../draft.ts';
import type { Failure, Plan } from '../plan.ts';
import type { LeftOut } from '../subset.ts';
import type { CommandVerified } from './verify-command.ts';

/** Why each proposal that is not kept is left alone, by its id. */
function claimsOf({ command, culprits, subset, kept }: CommandVerified): ReadonlyMap<string, string> {
  const claims = new Map(culprits.map(({ proposal, claim }) => [proposal.id, claim]));
  // What goes with a culprit would be tested by nobody.
  for (const { id, reason } of subset.leftOut)
    if (kept.has(id)) claims.set(id, `It can be applied beside what \`${command}\` passes with: ${reason}`);
  return claims;
}

/** Why each proposal of a plan that was verified is left out: the end of a sentence. */
export function leftOutBy(verified: CommandVerified): LeftOut[] {
  const { command, runs, culprits, untested, subset } = verified;
  return [
    ...culprits.map(({ proposal, claim }) => ({ id: proposal.id, reason: claim })),
    ...untested.map((id) => ({ id, reason: whyUntested(command, runs) })),
    ...subset.leftOut,
  ];
}

const whyUntested = (command: string, runs: number): string =>
  `${runs} runs of \`${command}\` were not enough to verify it; allow more with --verify-runs`;

/** What could not be verified, as failures. `top` is where the command was to run. */
export function verifyFailures(
  { command, runs, untested, refusal }: CommandVerified,
  proposals: readonly Proposal[],
  top: string,
): Failure[] {
  if (refusal !== undefined) return [{ path: top, reason: `${refusal.reason}; nothing is written` }];
  const inDoubt = new Set(untested);
  return proposals
    .filter(({ id }) => inDoubt.has(id))
    .map(({ path, title }) => ({
      path,
      reason: `${title} is left out: ${whyUntested(command, runs)}`,
    }));
}

/**
 * A plan with what was verified, and nothing else: who is to blame is a finding of level `report`, with what the command says as evidence that
 * fails; what could not be verified is among the failures.
 */
export function verifiedPlan(plan: Plan, verified: CommandVerified, top: string): Plan {
  const claims = claimsOf(verified);
  const demoted = (one: Proposal): Proposal => {
    const claim = claims.get(one.id);
    if (claim === undefined) return one;
    return { ...one, safety: 'report', edits: [], evidence: [...one.evidence, fails(claim)] };
  };
  const proposals = plan.steps.flatMap(({ proposals: some }) => some);
  const told = new Set(plan.findings.map(({ id }) => id));
  const ofLaterPasses = proposals.filter(({ id }) => claims.has(id) && !told.has(id));
  const applied = new Set(verified.subset.applied.map(({ id }) => id));
  const inFiles = new Set(verified.subset.applied.flatMap(({ edits }) => edits.map(({ file }) => file)));
  return {
    ...plan,
    baselines: new Map([...plan.baselines].filter(([path]) => inFiles.has(path))),
    findings: [...plan.findings, ...ofLaterPasses].map(demoted).toSorted(inFileOrder),
    steps: plan.steps.map((step) => ({
      ...step,
      proposals: step.proposals.filter(({ id }) => applied.has(id)),
    })),
    changes: [...verified.subset.texts.values()],
    failures: [...plan.failures, ...verifyFailures(verified, proposals, top)],
  };
}
