import type { Colors } from 'picocolors/types.js';
import type { FileChange } from '../../run/plan.ts';
import { counted, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';

/** The files that were written, one a line, with what was applied in each. */
export function* changedReport(
  changes: readonly FileChange[],
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
