import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** `path` without links in it; what does not exist stays behind the folders that do. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}

/** Whether `path` is `folder`, or lies in it. Both are absolute and without links. */
export const isInFolder = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
