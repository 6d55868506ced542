import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import type { Config } from '../config.ts';
import { CATALOG } from '../run/catalog.ts';
import { workTreeOf } from '../run/git-list.ts';
import { plan, type IgnoreWarning, type Plan } from '../run/plan.ts';
import type { RunLimitRequest } from '../run/run-limits.ts';
import type { Proposal } from '../transform.ts';
import { chooseTransforms } from './choose.ts';
import { pathsOf, type SearchArguments } from './commands/common.ts';
import { loadConfig } from './load-config.ts';
import { progressBar } from './progress.ts';
import { startWorker } from './start-worker.ts';
import { nearest } from './suggest.ts';
import type { ExitCode, Output, Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** A plan, and what the command line and the configuration together asked for. */
export interface MadePlan {
  readonly plan: Plan;
  readonly config: Config;
  /** The folder of the configuration, or the working directory where there is none. */
  readonly folder: string;
  readonly level: 'safe' | 'review';
  /** The folder that the files of the run are seen from: that of a git work tree, if there is one. */
  readonly root: string;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
  /** The milliseconds that each transform took, by its id; left out where the answer was kept from a run before. */
  readonly times?: ReadonlyMap<string, number>;
}

/** `argument`, typed in `cwd`, as it is written in the folder `base` above it. */
function seenFrom(base: string, cwd: string, argument: string): string {
  if (base === cwd || isAbsolute(argument)) return argument;
  const isGlob = isGlobLike(argument) && !existsSync(resolve(cwd, argument));
  const folder = relative(base, cwd).split(sep).join('/');
  return isGlob ? `${folder.replaceAll(/[*?[\]{}()!\\]/g, '\\$&')}/${argument}` : join(folder, argument);
}

const isGlobLike = (argument: string): boolean => /[*?[\]{}]/.test(argument);

/** Warnings of ignore comments, with the transform that was probably meant where they name one that there is not. */
const withSuggestions = (
  warnings: readonly IgnoreWarning[],
  transforms: readonly string[],
): readonly IgnoreWarning[] =>
  warnings.map((warning) => {
    if (warning.name === undefined) return warning;
    const meant = nearest(warning.name, [...Object.keys(CATALOG), ...transforms]);
    return meant === undefined
      ? warning
      : { ...warning, says: `${warning.says}; did you mean \`${meant}\`?` };
  });

/** A number above 0 that was typed after an option; undefined where it was not. */
function asAmount(name: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const amount = typed.trim() === '' ? Number.NaN : Number(typed);
  if (!Number.isFinite(amount) || amount <= 0)
    throw new UsageError(`--${name} is a number above 0, not ${JSON.stringify(typed)}.`);
  return amount;
}

/** The limits of the run; what was typed wins over the configuration. */
function limitsOf(typed: SearchArguments, config: Config): RunLimitRequest {
  const timeLimit = asAmount('time-limit', typed.timeLimit) ?? config.timeLimit;
  const memoryLimit = asAmount('memory-limit', typed.memoryLimit) ?? config.memoryLimit;
  return {
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  };
}

/** Loads the configuration and the transforms that `typed` asks for, and finds out what they would do. `onFound`: see `RunRequest`. */
export async function makePlan(
  typed: SearchArguments & {
    readonly level?: string | undefined;
    readonly removeUnusedIgnores?: boolean | undefined;
  },
  { cwd, stderr, packageRoot, today }: Surroundings,
  onFound?: (found: readonly Proposal[]) => void,
): Promise<MadePlan> {
  const loaded = await loadConfig(cwd, typed.config);
  const config = loaded?.config ?? {};
  const transforms = await chooseTransforms({
    cwd,
    transforms: typed.transform ?? [],
    sets: typed.set ?? [],
    options: typed.option ?? [],
    config: loaded,
  });
  // Patterns of a configuration that was found upwards are meant from its folder, so the run is seen from there.
  const base = loaded === undefined || typed.config !== undefined ? cwd : dirname(loaded.path);
  const typedAs = new Map(pathsOf(typed).map((argument) => [seenFrom(base, cwd, argument), argument]));
  const level = (typed.level ?? config.level) === 'review' ? 'review' : 'safe';
  const bar = progressBar(stderr);
  let times: MadePlan['times'];
  try {
    const made = await plan({
      cwd: base,
      paths: [...typedAs.keys()],
      transforms,
      level,
      include: config.include ?? [],
      exclude: config.exclude ?? [],
      ...(config.fileTimeLimit === undefined ? {} : { fileTimeLimit: config.fileTimeLimit }),
      ...limitsOf(typed, config),
      ...(config.format === undefined ? {} : { format: config.format }),
      verifyTypes:
        typed.verifyTypes === undefined ? config.verifyTypes !== false : typed.verifyTypes !== 'off',
      types: typed.types === undefined ? config.types !== false : typed.types !== 'off',
      removeUnusedIgnores: typed.removeUnusedIgnores === true,
      ...(today === undefined ? {} : { today }),
      ...(typed.cache === false ? {} : { cache: { folder: join(base, '.hasten', 'cache'), packageRoot } }),
      startWorker,
      onProgress: bar.update,
      onTimes: (taken) => (times = taken),
      ...(onFound === undefined ? {} : { onFound }),
    });
    const unmatched = made.unmatched.map((path) => typedAs.get(path) ?? path);
    const warnings = withSuggestions(made.warnings, made.looked.transforms);
    const folder = loaded === undefined ? cwd : dirname(loaded.path);
    const summaries = new Map(transforms.map(({ transform: { id, summary } }) => [id, summary]));
    const root = workTreeOf(base) ?? base;
    const timed = times === undefined ? {} : { times };
    return { plan: { ...made, unmatched, warnings }, config, folder, level, root, summaries, ...timed };
  } finally {
    bar.clear();
  }
}

/** Says on `output` which arguments named nothing, and how that ends: 3 where a path does not exist or no file is left. */
export function tellUnmatched(
  { unmatched, files }: Pick<Plan, 'unmatched' | 'files'>,
  paths: readonly string[],
  cwd: string,
  output: Output,
  colors: Colors,
): ExitCode {
  let code: ExitCode = 0;
  for (const path of unmatched) {
    if (existsSync(resolve(cwd, path)))
      output.write(`${colors.yellow('nothing')} in ${path} is JavaScript or TypeScript to look at.\n`);
    else if (isGlobLike(path)) output.write(`${colors.yellow('nothing')} matches ${path}.\n`);
    else {
      output.write(`${colors.red('error')} ${path} does not exist. Paths are relative to ${cwd}.\n`);
      code = 3;
    }
  }
  if (files.scanned > 0 || code === 3) return code;
  output.write(
    `${colors.red('error')} No file matched ${paths.join(' ')}: name files, folders or globs with JavaScript or TypeScript in them.\n`,
  );
  return 3;
}
