import type { Argv } from 'yargs';

/** What both `run` and `check` may be told. */
export interface CommonArguments {
  readonly paths?: readonly string[] | undefined;
  readonly transform?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly option?: readonly string[] | undefined;
  readonly config?: string | undefined;
  readonly format: string;
  readonly color?: boolean | undefined;
  readonly cache?: boolean | undefined;
  readonly verifyTypes?: string | undefined;
  readonly timeLimit?: string | undefined;
  readonly memoryLimit?: string | undefined;
  /** What stands after `--`. */
  readonly _: readonly (string | number)[];
}

/** The files and folders that were typed, also behind `--`; the working directory where there are none. */
export function pathsOf({ paths = [], _ }: Pick<CommonArguments, 'paths' | '_'>): string[] {
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

/** Declares what `run` and `check` have in common. */
export const withCommonOptions = (yargs: Argv) =>
  yargs
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
        'Keep the plan in .hasten/cache, for the next run in which nothing changed; --no-cache does not',
    })
    .option('verify-types', {
      choices: ['on', 'off'] as const,
      requiresArg: true,
      describe:
        'Type-check what would change with the tsconfig.json files of the project, and leave out what no longer passes [on]',
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
    })
    .option('format', {
      choices: ['text', 'json', 'patch'] as const,
      default: 'text' as const,
      requiresArg: true,
      describe: 'What is printed',
    });
