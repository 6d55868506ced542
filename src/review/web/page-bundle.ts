import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the page is made of, as `npm run build` bundles it. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

/**
 * The bundle in this package.
 * @throws {Error} which says what to do where it was not made.
 */
export function pageBundle(packageRoot: string): PageBundle {
  const folder = join(packageRoot, 'dist', 'page');
  try {
    return {
      script: readFileSync(join(folder, 'page.js'), 'utf8'),
      style: readFileSync(join(folder, 'page.css'), 'utf8'),
    };
  } catch (error) {
    throw new Error(`The page is not there; run npm run build in ${packageRoot}.`, { cause: error });
  }
}
