import type { Transform } from '../../src/index.ts';
import { builtIn } from '../../src/run/catalog.ts';

/** The transforms that change when calls begin: what they call safe is proved by running random programs. */
export async function subjects(): Promise<readonly Transform[]> {
  const found = await Promise.all(['sequential-awaits', 'await-in-loop'].map(builtIn));
  return found.filter((one) => one !== undefined);
}
