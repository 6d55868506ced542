import { counted, visible } from '../review/describe.ts';
import { markdownReport } from '../review/reporters/markdown.ts';
import type { Job } from './job.ts';
import type { Found } from './run-job.ts';
import type { PullRequest } from './steps/pull-request.ts';
import { filledIn } from './templates.ts';
import { toldOf } from './told.ts';

/** The report of a job in Markdown, short enough for the text of a pull request. */
export function summaryOf(job: Job, { plan, summaries }: Found, tree: string, packageRoot: string): string {
  const report = markdownReport({
    ...plan,
    command: 'run',
    mode: job.dryRun ? 'dry-run' : 'apply',
    level: job.level,
    failOn: 'never',
    cwd: tree,
    root: tree,
    composition: plan,
    hasten: job.hasten,
    transforms: plan.looked.transforms,
    summaries,
    packageRoot,
    json: () => ({}),
  });
  return [...report].join('');
}

/** The usual title of a pull request, without the campaign's own words. */
const MOST_TITLE = 100;

/** What the pull request of a job says. */
export function requestOf(
  job: Job,
  { plan, summaries }: Found,
  tree: string,
  packageRoot: string,
): PullRequest {
  const { places, transforms, changes } = toldOf(plan, tree);
  const [only = '', ...more] = transforms;
  const what =
    more.length === 0
      ? (summaries.get(only) ?? only).replace(/\.$/, '')
      : `${counted(places, 'rewrite')} by ${transforms.length} transforms`;
  const values = {
    campaign: job.campaign,
    repository: job.name,
    what: visible(what).slice(0, MOST_TITLE),
    places: counted(places, 'place'),
    files: counted(changes.length, 'file'),
    transforms: transforms.join(', '),
    summary: summaryOf(job, { plan, summaries }, tree, packageRoot),
  };
  const { title = '{what}', body = '{summary}' } = job.pullRequest ?? {};
  return { title: visible(filledIn(title, values)), body: filledIn(body, values) };
}
