import { applyEdits } from '../edits/compose.ts';
import { parseFile } from '../syntax/file.ts';
import { duplicateImportEdits, unusedImportEdits } from '../syntax/imports.ts';

/**
 * Closes up what complete proposals leave behind side by side: several imports of one module become one, and imports
 * that were used in `before` and are not in `after` go. Both are the business of the whole result: no single proposal
 * can know it.
 */
export function closeImports(path: string, before: string, after: string): string {
  const baseline = parseFile(path, before);
  const merged = applyEdits(after, duplicateImportEdits(baseline, parseFile(path, after)));
  return applyEdits(merged, unusedImportEdits(baseline, parseFile(path, merged)));
}
