import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Proposal } from '../transform.ts';
import { isInFolder, realPath } from './real-path.ts';
import { isNeverRead } from './source-names.ts';

/** What the proposals of a run may edit. All paths are absolute. */
export interface Reach {
  /** The top of the project. */
  readonly root: string;
  /** The files of the run. */
  readonly files: ReadonlySet<string>;
}

/** Whether a file may be created at `path`: in the project or beside a file of the run, and not where nothing is read. */
function mayCreate(path: string, { root, files }: Reach): boolean {
  const real = realPath(path);
  const top = realPath(root);
  if (isInFolder(top, real)) return !relative(top, real).split(sep).some(isNeverRead);
  return [...files].some((file) => isInFolder(realPath(dirname(file)), real));
}

/** Why a proposal may not be applied, whatever its evidence: it edits a file that nobody asked to have changed. Undefined where there is no reason. */
export function whyOutOfReach({ edits }: Proposal, reach: Reach): string | undefined {
  for (const path of new Set(edits.map(({ file }) => file))) {
    if (reach.files.has(path)) continue;
    const name = relative(reach.root, path).split(sep).join('/');
    if (path !== resolve(path)) return `it would edit ${path}, which is no absolute path`;
    if (existsSync(path)) return `it would edit ${name}, which is no file of this run`;
    if (!mayCreate(path, reach)) return `it would create ${name}, where no file of the project is`;
  }
  return undefined;
}
