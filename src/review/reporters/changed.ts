import type { Colors } from 'picocolors/types.js';
import { counted, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';

/** A file that was written. */
export interface ChangedFile {
  /** Absolute path. */
  readonly path: string;
  /** Null where it was created. */
  readonly before: unknown;
  readonly proposals: readonly { readonly transform: string }[];
}

/** The files that were written, one a line, with what was applied in each. */
export function* changedReport(
  changes: readonly ChangedFile[],
  cwd: string,
  colors: Colors,
): Iterable<string> {
  for (const { path, before, proposals } of changes) {
    const ids = [...new Set(proposals.map(({ transform }) => transform))].toSorted();
    const counts = ids.map(
      (id) => `${counted(proposals.filter(({ transform }) => transform === id).length, 'place')} by ${id}`,
    );
    const verb = before === null ? colors.green('created') : colors.green('changed');
    yield `${verb} ${visible(pathFrom(cwd, path))}${colors.dim(counts.length === 0 ? '' : `  ${counts.join(', ')}`)}\n`;
  }
}
