import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import { isGlobLike, plan, type Planned } from '../api/plan.ts';
import type { Proposal } from '../transform.ts';
import { progressBar } from './progress.ts';
import { searchRequest, type TypedSearch } from './search-request.ts';
import type { ExitCode, Output, Surroundings } from './surroundings.ts';

/** How many paths a message names. */
const MOST_NAMED = 10;

/** Finds out what would be done of what was typed, and shows how far that is. `onFound` takes what is found as it goes. */
export async function search(
  typed: TypedSearch,
  around: Surroundings,
  onFound?: (found: readonly Proposal[]) => void,
): Promise<Planned> {
  const bar = progressBar(around.stderr);
  const request = await searchRequest(typed, around, bar, onFound);
  try {
    return await plan(request);
  } finally {
    bar.clear();
  }
}

/** Says on `output` which arguments named nothing, and how that ends: 3 where a path does not exist or no file is left. */
export function tellUnmatched(
  {
    unmatched,
    files,
    asked,
    cwd,
  }: Pick<Planned, 'unmatched' | 'asked' | 'cwd'> & {
    readonly files: { readonly scanned: number };
  },
  { stdinPaths: isList }: Pick<TypedSearch, 'stdinPaths'>,
  output: Output,
  colors: Colors,
): ExitCode {
  const { paths } = asked;
  let code: ExitCode = 0;
  for (const path of unmatched) {
    if (existsSync(resolve(cwd, path)))
      output.write(`${colors.yellow('nothing')} in ${path} is JavaScript or TypeScript to look at.\n`);
    else if (isList !== true && isGlobLike(path))
      output.write(`${colors.yellow('nothing')} matches ${path}.\n`);
    else {
      output.write(`${colors.red('error')} ${path} does not exist. Paths are relative to ${cwd}.\n`);
      code = 3;
    }
  }
  if (files.scanned > 0 || code === 3) return code;
  if (isList === true) {
    // Nothing was asked for in vain: a list of what changed may have no source in it.
    output.write(
      `${colors.yellow('nothing')} on standard input names JavaScript or TypeScript to look at.\n`,
    );
    return 0;
  }
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  output.write(
    `${colors.red('error')} No file matched ${paths.slice(0, MOST_NAMED).join(' ')}${more}: name files, folders or globs with JavaScript or TypeScript in them.\n`,
  );
  return 3;
}
