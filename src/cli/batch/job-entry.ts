import { fileURLToPath } from 'node:url';
import type { JobEntry } from '../../campaign/protocol.ts';

/** The module that does a job of a campaign in a process of its own. Run from its sources, this toolkit has them compiled there too. */
export function jobEntry(): JobEntry {
  const isBuilt = import.meta.url.endsWith('.js');
  const module = fileURLToPath(new URL(`./job-child${isBuilt ? '.js' : '.ts'}`, import.meta.url));
  return { module, words: isBuilt ? [] : ['--import', import.meta.resolve('tsx')] };
}
