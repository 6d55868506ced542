import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What no code is run of: types, and where compiled lines come from. */
const IS_NEVER_RUN = /\.(?:d\.ts|map)$/;

/** A digest of the sources of this toolkit by name, size and time of change. */
export function selfDigest(packageRoot: string): string {
  const files: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!IS_NEVER_RUN.test(entry.name)) {
        const { mtimeMs, size } = statSync(path);
        files.push(`${path} ${mtimeMs} ${size}`);
      }
    }
  };
  for (const name of ['src', 'transforms', 'dist']) {
    try {
      visit(join(packageRoot, name));
    } catch {
      // An installed package has no sources, a checkout may have no build.
    }
  }
  return createHash('sha1').update(files.toSorted().join('\n')).digest('base64');
}
