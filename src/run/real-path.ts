import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `path` without links in it; what does not exist stays behind the folders that do. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
