import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: this file is in it twice, as source and as what was built from it. */
export const PACKAGE_ROOT = ((): string => {
  let { dirname: folder } = import.meta;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();
