import type { Applied } from '../review/reporters/applied.ts';
import type { ReportSource } from '../review/report-source.ts';
import type { StatsRequest } from '../review/stats.ts';
import type { Committed } from '../run/commits/commit.ts';
import type { ApplyArguments, Choice } from './apply-plan.ts';
import { pageOf } from './reporting.ts';
import type { Surroundings } from './surroundings.ts';
import { versionOf } from './version.ts';

/** What reports tell of a plan that is applied: what is applied of it, and as not done what is left out. */
export async function sourceOf(
  { plan: { composition, summaries, asked, root }, subset }: Choice,
  applied: Applied,
  outcome: Committed | undefined,
  typed: ApplyArguments,
  { cwd, packageRoot }: Surroundings,
): Promise<ReportSource> {
  const { jsonApplied } = await import('../review/reporters/applied.ts');
  const { jsonCommits } = await import('../review/reporters/commits.ts');
  const { changes = [...subset.texts.values()], commits = [] } = outcome ?? {};
  const isApplied = new Set(applied.applied.map(({ id }) => id));
  const inPlan = new Map(applied.proposals.map((one) => [one.id, one]));
  const leftOut = applied.leftOut.map(({ id, reason }) => {
    const one = inPlan.get(id);
    return {
      path: one?.path ?? cwd,
      reason: `${one === undefined ? id : one.title} is left out: ${reason}`,
      ...(one === undefined ? {} : { transform: one.transform }),
    };
  });
  return {
    command: 'apply',
    mode: outcome === undefined ? 'dry-run' : 'apply',
    level: asked.level,
    failOn: 'never',
    cwd,
    root,
    composition,
    hasten: versionOf(packageRoot),
    changes,
    // Those of a later step have edits for a text that nobody has yet: they are shown by the changes.
    findings: composition.findings.filter(({ id }) => isApplied.has(id)),
    failures: [...applied.failures, ...leftOut],
    skipped: [],
    warnings: [],
    transforms: [...new Set(applied.proposals.map(({ transform }) => transform))],
    summaries,
    pageOf: pageOf({ packageRoot }),
    packageRoot,
    json: () => {
      const made = typed.commit === undefined ? {} : { commits: jsonCommits(commits, cwd) };
      return { ...jsonApplied(applied, cwd), ...made };
    },
  };
}

/** What is counted of a plan: what was decided against is refused, too. */
export function countedOf(
  { decisions, subset }: Choice,
  { proposals, leftOut }: Applied,
  { changes, mode, level }: ReportSource,
): StatsRequest {
  const refusals = new Map(
    [...(decisions ?? [])].map(([id, { verdict, note }]) => [
      id,
      `it is ${verdict}${note === undefined ? '' : `: ${note}`}`,
    ]),
  );
  const accepted = new Set(subset.applied.map(({ id }) => id));
  for (const { id } of proposals)
    if (accepted.has(id)) refusals.delete(id);
    else if (!refusals.has(id)) refusals.set(id, 'nothing is decided about it');
  for (const { id, reason } of leftOut) refusals.set(id, reason);
  return { changes, mode, level, findings: proposals, accepted, refusals };
}
