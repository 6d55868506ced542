import { closeImports } from './close.ts';
import { parseFile } from '../syntax/file.ts';

/**
 * What the end of a run makes of a text that proposals were composed to: imports without use are removed, and it is formatted if asked. It
 * stays as it is where it would not parse then, and where the file is created. Texts are without byte order mark.
 * @param before null where the file is to be created.
 */
export async function tidied(
  path: string,
  before: string | null,
  composed: string,
  isFormatted: boolean,
): Promise<string> {
  if (before === null) return composed;
  try {
    const { formatLike } = await import('./format.ts');
    const closed = closeImports(path, before, composed);
    const after = isFormatted ? await formatLike(path, before, closed) : closed;
    parseFile(path, after);
    return after;
  } catch {
    return composed; // It was checked as it is.
  }
}
