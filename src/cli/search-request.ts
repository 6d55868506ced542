import type { SearchRequest } from '../api/request.ts';
import { UsageError } from '../errors.ts';
import { pathsOf, type ListArguments, type SearchArguments } from './commands/common.ts';
import type { PathList } from './stdin-paths.ts';
import type { ProgressBar } from './progress.ts';
import type { Surroundings } from './surroundings.ts';
import type { Proposal } from '../transform.ts';

/** What was typed of a search, with what some commands have beside it. */
export type TypedSearch = SearchArguments & {
  readonly level?: string | undefined;
  readonly removeUnusedIgnores?: boolean | undefined;
};

/** A number above 0 that was typed after an option; undefined where it was not. */
export function asAmount(name: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const amount = typed.trim() === '' ? Number.NaN : Number(typed);
  if (!Number.isFinite(amount) || amount <= 0)
    throw new UsageError(`--${name} is a number above 0, not ${JSON.stringify(typed)}.`);
  return amount;
}

/** `on` or `off` as it was typed. */
const asSwitch = (typed: string | undefined): boolean | undefined =>
  typed === undefined ? undefined : typed !== 'off';

/**
 * The paths that stand on standard input; undefined where none are to be read from there.
 * @param named those that were typed: there must be none beside a list.
 */
export async function listedPaths(
  typed: ListArguments,
  [first]: readonly string[],
  { cwd, stdin }: Surroundings,
): Promise<PathList | undefined> {
  if (typed.stdinPaths !== true) {
    if (typed.null === true) throw new UsageError('--null goes with --stdin-paths.');
    return undefined;
  }
  if (first !== undefined)
    throw new UsageError(`--stdin-paths takes all paths from standard input: leave ${first} out.`);
  if (stdin === undefined) throw new UsageError('--stdin-paths: there is no standard input.');
  const { readPathList } = await import('./stdin-paths.ts');
  return readPathList(stdin, typed.null === true, cwd);
}

/** The paths that were typed, or that stand on standard input. */
async function pathsFrom(
  typed: SearchArguments,
  around: Surroundings,
): Promise<Pick<SearchRequest, 'paths' | 'isList' | 'failures'>> {
  const named = [...(typed.paths ?? []), ...typed._.slice(1).map(String)];
  const list = await listedPaths(typed, named, around);
  return list === undefined ? { paths: pathsOf(typed) } : { ...list, isList: true };
}

/**
 * What was typed, as the engine is asked for it.
 * @throws {UsageError} for values that an option cannot have.
 */
export async function searchRequest(
  typed: TypedSearch,
  around: Surroundings,
  bar?: ProgressBar,
  onFound?: (found: readonly Proposal[]) => void,
): Promise<SearchRequest> {
  const { level } = typed;
  return {
    cwd: around.cwd,
    transforms: typed.transform ?? [],
    sets: typed.set ?? [],
    options: typed.option ?? [],
    config: typed.config,
    level: level === 'safe' || level === 'review' ? level : undefined,
    verifyTypes: asSwitch(typed.verifyTypes),
    types: asSwitch(typed.types),
    timeLimit: asAmount('time-limit', typed.timeLimit),
    memoryLimit: asAmount('memory-limit', typed.memoryLimit),
    cache: typed.cache,
    removeUnusedIgnores: typed.removeUnusedIgnores,
    today: around.today,
    onEvent(event) {
      if (event.type === 'progress') bar?.update(event);
      else if (event.type === 'findings') onFound?.(event.findings);
    },
    ...(await pathsFrom(typed, around)),
  };
}
