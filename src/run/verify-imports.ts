import { dirname, join } from 'node:path';
import type { ParsedFile } from '../syntax/file.ts';
import { lostImport, newRelativeSpecifiers } from '../syntax/lost-imports.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.node', '.d.ts'];
/** What is written in an import stands for a source of another extension where a compiler makes it. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};

/** Where the module may be that `specifier` names in a file of `folder`. */
function* candidates(folder: string, specifier: string): Iterable<string> {
  // Bundlers take what follows a question mark for themselves.
  const path = join(folder, specifier.replace(/\?.*$/, ''));
  yield path;
  for (const extension of EXTENSIONS) yield path + extension;
  for (const extension of EXTENSIONS) yield join(path, `index${extension}`);
  for (const [made, sources] of Object.entries(SOURCES))
    if (path.endsWith(made)) for (const source of sources) yield path.slice(0, -made.length) + source;
}

/**
 * What is wrong with the imports of `after`, which was made of `before`: a file that is not there, or a name that is used and no longer
 * imported. Undefined where nothing is.
 */
export function whyImportsBroken(
  before: ParsedFile,
  after: ParsedFile,
  isThere: (path: string) => boolean,
): string | undefined {
  const folder = dirname(before.path);
  const missing = newRelativeSpecifiers(before, after).find(
    (specifier) => ![...candidates(folder, specifier)].some(isThere),
  );
  if (missing !== undefined) return `it would import ${missing}, which is not there`;
  const lost = lostImport(before, after);
  return lost === undefined ? undefined : `\`${lost}\` would be used and no longer imported`;
}
