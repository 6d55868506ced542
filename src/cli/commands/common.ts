import type { Argv } from 'yargs';
import type { Grouping } from '../../run/commits/groups.ts';
import type { WritingRequest } from '../../api/request.ts';
import { UsageError } from '../../errors.ts';

/** What may be said of a list of paths on standard input. */
export interface ListArguments {
  readonly stdinPaths?: boolean | undefined;
  readonly null?: boolean | undefined;
}

/** What everything that searches may be told. */
export interface SearchArguments extends ListArguments {
  readonly paths?: readonly string[] | undefined;
  readonly transform?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly option?: readonly string[] | undefined;
  readonly config?: string | undefined;
  readonly color?: boolean | undefined;
  readonly cache?: boolean | undefined;
  readonly verifyTypes?: string | undefined;
  readonly types?: string | undefined;
  readonly timeLimit?: string | undefined;
  readonly memoryLimit?: string | undefined;
  /** What stands after `--`. */
  readonly _: readonly (string | number)[];
}

/** What those may be told that commit. */
export interface CommitArguments {
  readonly commit?: Grouping | undefined;
  readonly commitTemplate?: string | undefined;
  readonly signoff: boolean;
  readonly allowDetached: boolean;
}

/**
 * Throws where something was asked for that goes with `--commit` only, or not with it.
 * @throws {UsageError}
 */
function checkCommit({
  commit,
  commitTemplate,
  signoff,
  allowDetached,
  dryRun,
}: CommitArguments & { readonly dryRun: boolean }): void {
  if (commit !== undefined && dryRun)
    throw new UsageError('--commit writes and commits; --dry-run changes nothing. Give one of them.');
  const alone = [
    ...(commitTemplate === undefined ? [] : ['--commit-template']),
    ...(signoff ? ['--signoff'] : []),
    ...(allowDetached ? ['--allow-detached'] : []),
  ][0];
  if (commit === undefined && alone !== undefined)
    throw new UsageError(`${alone} goes with --commit, as in --commit per-transform.`);
}

/**
 * How what is written is committed, where that was asked for.
 * @throws {UsageError} for options that do not go together.
 */
export function commitRequest(
  typed: CommitArguments & { readonly dryRun: boolean },
): Pick<WritingRequest, 'commit'> {
  checkCommit(typed);
  const { commit: grouping, commitTemplate: template, signoff, allowDetached } = typed;
  return grouping === undefined ? {} : { commit: { grouping, template, signoff, allowDetached } };
}

/** Declares how what is written is committed. */
export const withCommitOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('commit', {
      choices: ['together', 'per-transform', 'per-proposal', 'per-directory', 'per-owner'] as const,
      requiresArg: true,
      describe: 'Commit what is written, together or in groups; owners are those of CODEOWNERS',
    })
    .option('commit-template', {
      type: 'string',
      requiresArg: true,
      describe:
        'A file with the message of each commit, in which these are filled in: {subject} {group} {why} {places} {files} {transforms} {evidence} {proposals}',
    })
    .option('signoff', {
      type: 'boolean',
      default: false,
      describe: 'Sign off each commit, as git commit --signoff does',
    })
    .option('allow-detached', {
      type: 'boolean',
      default: false,
      describe: 'Commit although no branch is checked out',
    });

/** The files and folders that were typed, also behind `--`; the working directory where there are none. */
export function pathsOf({ paths = [], _ }: Pick<SearchArguments, 'paths' | '_'>): string[] {
  const all = [...paths, ..._.slice(1).map(String)];
  return all.length > 0 ? all : ['.'];
}

/** How a command prints that has no patch to show. */
export const TEXT_OR_JSON = {
  choices: ['text', 'json'],
  default: 'text',
  requiresArg: true,
  describe: 'What is printed',
} as const;

/** Whether a command that shows a page opens it. */
export const OPEN_BROWSER = {
  type: 'boolean',
  default: true,
  describe: 'With --web: open the browser; --no-open only prints the address',
} as const;

/** Declares how paths are taken from standard input. */
export const withListOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('stdin-paths', {
      type: 'boolean',
      default: false,
      describe: 'Take the paths from standard input, one a line, as git ls-files prints them; none is a glob',
    })
    .option('null', {
      type: 'boolean',
      default: false,
      describe:
        'With --stdin-paths, also -0 or -z: each path ends with a NUL byte, as of git ls-files -z or find -print0',
    });

/** Declares what everything that searches has in common. */
export const withSearchOptions = (yargs: Argv) =>
  withListOptions(yargs)
    .positional('paths', {
      type: 'string',
      array: true,
      describe: 'Files, folders or globs; without any, this folder',
    })
    .option('transform', {
      alias: 't',
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'A transform: an id, or the path or package of a codemod; several with commas, or repeat it',
    })
    .option('set', { type: 'string', array: true, requiresArg: true, describe: 'A named list of transforms' })
    .option('option', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'An option of a transform: key=value or id.key=value',
    })
    .option('config', {
      type: 'string',
      requiresArg: true,
      describe: 'A configuration file; else the nearest hasten.config.{ts,js,mjs,cjs,json} upwards',
    })
    .option('cache', {
      type: 'boolean',
      default: true,
      describe:
        'Keep the plan in .hasten/cache, and with --types off what each file has, for the next run; --no-cache does not',
    })
    .option('verify-types', {
      choices: ['on', 'off'] as const,
      requiresArg: true,
      describe:
        'Type-check what would change with the tsconfig.json files of the project, and leave out what no longer passes [on]',
    })
    .option('types', {
      choices: ['on', 'off'] as const,
      requiresArg: true,
      describe:
        'Whether types, effects of code and callers are asked for; off is a fast survey of what syntax shows [on]',
    })
    .option('time-limit', {
      type: 'string',
      requiresArg: true,
      describe: 'Seconds after which no further file is looked at; those that were not are listed',
    })
    .option('memory-limit', {
      type: 'string',
      requiresArg: true,
      describe: 'MiB of memory beyond which no further file is looked at; those that were not are listed',
    });
