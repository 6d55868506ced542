import type { MadePlan } from './make-plan.ts';
import { send, type Surroundings } from './surroundings.ts';
import { versionOf } from './version.ts';

/** Prints what a run found as one page that needs nothing else; `later` is how what is decided in it is applied, left out where nothing is decided. */
export async function sendPage(
  { plan, root, summaries }: Pick<MadePlan, 'plan' | 'root' | 'summaries'>,
  later: string | undefined,
  { stdout, packageRoot }: Surroundings,
): Promise<void> {
  const { reviewSource } = await import('../review/source.ts');
  const { htmlReport } = await import('../review/reporters/html.ts');
  const hasten = versionOf(packageRoot);
  const source = reviewSource({
    composition: plan,
    changes: plan.changes,
    root,
    hasten,
    summaries,
    decisions: new Map(),
  });
  const options = { packageRoot, isReadOnly: later === undefined, later: later ?? '' };
  send(stdout, [await htmlReport(source, options)]);
}
