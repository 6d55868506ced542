import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Job } from '../../campaign/job.ts';
import type { Found } from '../../campaign/run-job.ts';
import type { Config } from '../../config.ts';
import { askGit } from '../../run/git-list.ts';
import { plan, type RequestedTransform } from '../../run/plan.ts';
import { chooseTransforms } from '../../api/choose.ts';
import { CONFIG_NAMES, loadConfig } from '../../api/load-config.ts';
import { checkOptions } from '../../api/options.ts';
import { startWorker } from '../../api/start-worker.ts';
import { codeOf } from './code-of.ts';

/** The configuration that a repository has at its top; none above it counts, for that is not its own. */
async function ownConfigOf(tree: string, { ownConfig }: Job): Promise<Config> {
  const name = CONFIG_NAMES.find((one) => existsSync(join(tree, one)));
  if (!ownConfig || name === undefined) return {};
  return (await loadConfig(tree, name))?.config ?? {};
}

/** The transforms of a campaign as a repository wants them: what it turns off stays off, and its options count where the campaign has none. */
function asWanted(
  transforms: readonly RequestedTransform[],
  { transforms: own = {} }: Config,
  { transforms: asked }: Job,
): RequestedTransform[] {
  return transforms.flatMap((one): RequestedTransform[] => {
    const { transform } = one;
    const wanted = own[transform.id];
    if (wanted === false) return [];
    if (typeof wanted !== 'object') return [one];
    const theirs = checkOptions(transform, wanted, (key) => `the repository's configuration, \`${key}\``);
    const campaigns = asked[transform.id];
    // The campaign's are checked, and laid over once more, as they win.
    const ours =
      typeof campaigns === 'object' ? checkOptions(transform, campaigns, () => 'the campaign') : {};
    return [{ ...one, options: { ...one.options, ...theirs, ...ours } }];
  });
}

/** Patterns for what git neither tracks nor ignores: an installation made it, and it is nobody's to change. */
async function madeIn(tree: string): Promise<string[]> {
  const listed = await askGit(tree, ['ls-files', '-z', '--others', '--exclude-standard']);
  const names = listed?.stdout.split('\0').filter((name) => name !== '') ?? [];
  return names.map((name) => `/${name.replace(/[\\*?[\]!# ]/g, '\\$&')}`);
}

/** Checks that the transforms are what they were when the job was made: on another machine, or later, they may be others. */
async function checkCode({ code, file, transforms }: Job): Promise<void> {
  const now = await codeOf({ file, transforms });
  for (const [name, digest] of Object.entries(code ?? {}))
    if (now[name] !== digest)
      throw new Error(`the code of ${name} here is not that which the campaign was started with`);
}

/** Finds out what the transforms of a job would do in the work tree at `tree`. */
export async function findChanges(job: Job, tree: string, signal: AbortSignal): Promise<Found> {
  await checkCode(job);
  const own = await ownConfigOf(tree, job);
  const chosen = await chooseTransforms({
    cwd: dirname(job.file),
    transforms: [],
    sets: [],
    options: [],
    config: {
      config: { transforms: job.transforms, sets: job.sets },
      path: job.file,
      placeOf: () => job.file,
    },
  });
  const transforms = asWanted(chosen, own, job);
  const made = await plan({
    cwd: tree,
    paths: ['.'],
    transforms,
    level: job.level,
    include: [...job.include, ...(job.include.length === 0 ? (own.include ?? []) : [])],
    exclude: [...job.exclude, ...(own.exclude ?? []), ...(await madeIn(tree))],
    ...(own.fileTimeLimit === undefined ? {} : { fileTimeLimit: own.fileTimeLimit }),
    ...(own.format === undefined ? {} : { format: own.format }),
    verifyTypes: own.verifyTypes !== false,
    types: job.types && own.types !== false,
    today: job.begun.slice(0, 10),
    startWorker,
    signal,
  });
  const summaries = new Map(transforms.map(({ transform: { id, summary } }) => [id, summary]));
  return { plan: made, summaries };
}
