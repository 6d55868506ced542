import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page is made of, as `npm run build` bundles it. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

/**
 * A bundle in this package: the page of a review, or that of a campaign.
 * @throws {Error} which says what to do where it was not made.
 */
export function pageBundle(packageRoot: string, name: 'page' | 'campaign' = 'page'): PageBundle {
  const folder = join(packageRoot, 'dist', 'page');
  try {
    return {
      script: readFileSync(join(folder, `${name}.js`), 'utf8'),
      style: readFileSync(join(folder, `${name}.css`), 'utf8'),
    };
  } catch (error) {
    throw new Error(`The page is not there; run npm run build in ${packageRoot}.`, { cause: error });
  }
}
