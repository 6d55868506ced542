import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { rulesFor } from './ignore-rules.ts';
import type { Failure } from './inspect.ts';
import { IGNORE_FILE, notListed, type Listing } from './listing.ts';
import { isNeverRead, isOutput, isOwnSource, isSource } from './source-names.ts';

/**
 * Walks `folder`, and leaves out what the `.gitignore` files in it and in those above it up to `root` ignore. A folder that
 * is a link is not entered, so there is no way into a loop.
 */
export function walk(folder: string, root: string): Listing {
  const ignored = rulesFor(folder, root, '.gitignore');
  const files: string[] = [];
  const links: string[] = [];
  const nested: string[] = [];
  const failures: Failure[] = [];
  let mayIgnore = false;
  const visit = (at: string, seen: string): void => {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch (error) {
      failures.push(notListed(at, (error as Error).message));
      return;
    }
    for (const entry of entries) {
      const { name } = entry;
      const path = join(at, name);
      mayIgnore ||= name === IGNORE_FILE;
      if (entry.isDirectory()) {
        if (isNeverRead(name) || isOutput(name) || ignored.ignoresFolder(path)) continue;
        if (existsSync(join(path, '.git'))) nested.push(path);
        else visit(path, `${seen}${name}/`);
      } else if (isSource(name) && isOwnSource(seen + name, () => false) && !ignored.ignores(path)) {
        if (entry.isFile()) files.push(path);
        else if (entry.isSymbolicLink()) links.push(path);
      }
    }
  };
  visit(folder, '');
  return { files, links, nested, failures, mayIgnore };
}
