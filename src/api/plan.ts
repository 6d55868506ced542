import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import { CATALOG } from '../run/catalog.ts';
import { workTreeOf } from '../run/git-list.ts';
import type { Asked } from '../run/journal/record.ts';
import { plan as planOf, type IgnoreWarning, type Plan, type RunRequest } from '../run/plan.ts';
import { chooseTransforms } from './choose.ts';
import { loadConfig, shown } from './load-config.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import type { SearchRequest } from './request.ts';
import { startWorker } from './start-worker.ts';
import { nearest } from './suggest.ts';

/** What would be done, and what the request and the configuration together asked for. Paths are absolute. */
export interface Planned extends Plan {
  /** The folder that the request was seen from. */
  readonly cwd: string;
  readonly asked: Asked;
  readonly config: Config;
  /** The folder of the configuration, or `cwd` where there is none. */
  readonly folder: string;
  readonly level: 'safe' | 'review';
  /** The folder that the files of the run are seen from: that of a git work tree, if there is one. */
  readonly root: string;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
  /** The milliseconds that each transform took, by its id; left out where the answer was kept from a run before. */
  readonly times?: ReadonlyMap<string, number>;
}

/** Whether an argument that names nothing may be meant as a glob. */
export const isGlobLike = (argument: string): boolean => /[*?[\]{}]/.test(argument);

/** `argument`, typed in `cwd`, as it is written in the folder `base` above it. */
function seenFrom(base: string, cwd: string, argument: string, isList: boolean): string {
  if (base === cwd || isAbsolute(argument)) return argument;
  const isGlob = !isList && isGlobLike(argument) && !existsSync(resolve(cwd, argument));
  const folder = relative(base, cwd).split(sep).join('/');
  return isGlob ? `${folder.replaceAll(/[*?[\]{}()!\\]/g, '\\$&')}/${argument}` : join(folder, argument);
}

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

/** The folder of a request, absolute. */
export function folderOf({ cwd = process.cwd() }: Pick<SearchRequest, 'cwd'>): string {
  const folder = resolve(cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${folder} is no folder.`);
  return folder;
}

/** Throws where a request has a value that its type does not allow: not everybody has types. */
function checkValues(request: SearchRequest): void {
  for (const name of ['paths', 'transforms', 'sets'] as const)
    if (request[name] !== undefined && !Array.isArray(request[name]))
      throw new UsageError(`\`${name}\` is a list, not ${shown(request[name])}.`);
  const strange = request.paths?.find((path) => typeof path !== 'string');
  if (strange !== undefined)
    throw new UsageError(`\`paths\` is a list of strings, not of ${shown(strange)}.`);
  if (request.level !== undefined && !['safe', 'review'].includes(request.level))
    throw new UsageError(`\`level\` is safe or review, not ${shown(request.level)}.`);
  for (const name of ['timeLimit', 'memoryLimit'] as const) {
    const amount: unknown = request[name];
    if (amount !== undefined && !(typeof amount === 'number' && amount > 0))
      throw new UsageError(`\`${name}\` is a number above 0, not ${shown(amount)}.`);
  }
}

/** A request with its configuration and its transforms loaded, as the engine takes it. */
export interface Loaded {
  readonly run: RunRequest;
  readonly config: Config;
  /** The folder of the configuration, or that of the request. */
  readonly folder: string;
  readonly cwd: string;
  readonly asked: Asked;
  /** What stands in the request, by how the engine sees it. */
  readonly typedAs: ReadonlyMap<string, string>;
}

/** What a request leaves open is as the configuration says. */
function limitsOf(
  request: SearchRequest,
  config: Config,
): Pick<RunRequest, 'timeLimit' | 'memoryLimit' | 'fileTimeLimit' | 'format'> {
  const timeLimit = request.timeLimit ?? config.timeLimit;
  const memoryLimit = request.memoryLimit ?? config.memoryLimit;
  return {
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(config.fileTimeLimit === undefined ? {} : { fileTimeLimit: config.fileTimeLimit }),
    ...(config.format === undefined ? {} : { format: config.format }),
  };
}

/**
 * Loads the configuration and the transforms that a request asks for.
 * @throws {UsageError} for what there is not.
 */
export async function loaded(request: SearchRequest): Promise<Loaded> {
  checkValues(request);
  const cwd = folderOf(request);
  const found = await loadConfig(cwd, request.config);
  const config = found?.config ?? {};
  const transforms = await chooseTransforms({
    cwd,
    transforms: request.transforms ?? [],
    sets: request.sets ?? [],
    options: request.options ?? [],
    config: found,
  });
  // Patterns of a configuration that was found upwards are meant from its folder, so the run is seen from there.
  const base = found === undefined || request.config !== undefined ? cwd : dirname(found.path);
  const isList = request.isList === true;
  const { paths = ['.'], today, signal, onEvent } = request;
  const typedAs = new Map(paths.map((argument) => [seenFrom(base, cwd, argument, isList), argument]));
  const level = (request.level ?? config.level) === 'review' ? 'review' : 'safe';
  const run: RunRequest = {
    cwd: base,
    paths: [...typedAs.keys()],
    isList,
    transforms,
    level,
    include: config.include ?? [],
    exclude: config.exclude ?? [],
    ...limitsOf(request, config),
    verifyTypes: request.verifyTypes ?? config.verifyTypes !== false,
    types: request.types ?? config.types !== false,
    removeUnusedIgnores: request.removeUnusedIgnores === true,
    ...(today === undefined ? {} : { today }),
    ...(request.cache === false
      ? {}
      : { cache: { folder: join(base, '.hasten', 'cache'), packageRoot: PACKAGE_ROOT } }),
    startWorker,
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined
      ? {}
      : {
          onProgress: (progress) => onEvent({ type: 'progress', ...progress }),
          onFound: (findings) => onEvent({ type: 'findings', findings }),
        }),
  };
  const folder = found === undefined ? cwd : dirname(found.path);
  return { run, config, folder, cwd, asked: { paths, level }, typedAs };
}

/** A plan of the engine with what was asked for. */
export function planned(
  made: Plan,
  { run, config, folder, cwd, asked, typedAs }: Loaded,
  { failures = [] }: SearchRequest,
): Planned {
  return {
    ...made,
    unmatched: made.unmatched.map((path) => typedAs.get(path) ?? path),
    warnings: withSuggestions(made.warnings, made.looked.transforms),
    failures: [...failures, ...made.failures],
    cwd,
    asked,
    config,
    folder,
    level: asked.level,
    root: workTreeOf(run.cwd) ?? run.cwd,
    summaries: new Map(run.transforms.map(({ transform: { id, summary } }) => [id, summary])),
  };
}

/**
 * Finds out what would be done. Nothing is written but the cache. What cannot be read, parsed or inspected is among the `failures`,
 * what `paths` name in vain among the `unmatched`; everything else goes on.
 * @throws {UsageError} for a configuration, a transform or an option that there is not; the signal's reason once it is aborted.
 */
export async function plan(request: SearchRequest = {}): Promise<Planned> {
  const all = await loaded(request);
  let times: Planned['times'];
  const made = await planOf({ ...all.run, onTimes: (taken) => (times = taken) });
  return { ...planned(made, all, request), ...(times === undefined ? {} : { times }) };
}
