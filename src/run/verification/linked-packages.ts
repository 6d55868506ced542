import { lstat, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isInFolder } from '../real-path.ts';

/** What tools keep in a `node_modules` for themselves; each tree gets its own. */
const KEPT_BY_TOOLS = new Set(['.cache', '.vite', '.vite-temp', '.vitest']);

/** Where packages are linked from, and to. All paths are absolute and without links in them. */
export interface Linking {
  /** The top of the project. */
  readonly root: string;
  /** The top of its copy. */
  readonly copy: string;
}

/**
 * Where a link to `path` should lead: a package of the project itself, as workspaces have them, to its copy, since the original would be tested
 * instead; all others to where they are.
 */
function targetOf(path: string, { root, copy }: Linking): string {
  const name = relative(root, path);
  const isOwn = isInFolder(root, path) && !name.split(sep).includes('node_modules');
  return isOwn ? join(copy, name) : path;
}

/**
 * Makes `to` a `node_modules` with the packages of the one at `from`, each of them a link. The folder is a new one, so that what is
 * installed or kept in it stays apart.
 */
export async function linkPackages(from: string, to: string, linking: Linking): Promise<void> {
  const source = await realpath(from);
  await mkdir(to, { recursive: true });
  for (const { name } of await readdir(source, { withFileTypes: true })) {
    if (KEPT_BY_TOOLS.has(name)) continue;
    const path = join(source, name);
    const isScope = name.startsWith('@') && (await lstat(path)).isDirectory();
    if (isScope) await linkPackages(path, join(to, name), linking);
    else {
      // A link that leads nowhere is left out.
      const real = await realpath(path).catch(() => undefined);
      if (real !== undefined) await symlink(targetOf(real, linking), join(to, name), 'junction');
    }
  }
}
