import type { Colors } from 'picocolors/types.js';
import type { Commit } from '../../run/commits/commit.ts';
import { counted, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';

/** The commits that were made, one a line. */
export function* commitLines(commits: readonly Commit[], colors: Colors): Iterable<string> {
  for (const { hash, subject, files } of commits)
    yield `${colors.green('committed')} ${hash} ${visible(subject)}${colors.dim(`  ${counted(files.length, 'file')}`)}\n`;
}

/** The commits that were made, for scripts. Paths are relative to `cwd`. */
export const jsonCommits = (commits: readonly Commit[], cwd: string): readonly object[] =>
  commits.map(({ hash, subject, files }) => ({
    hash,
    subject,
    files: files.map((path) => pathFrom(cwd, path)),
  }));
