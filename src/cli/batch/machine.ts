import { availableParallelism, homedir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from '../surroundings.ts';

/** The folder for clones, work trees and what is installed, where nobody names one. */
export function usualCache(env: Surroundings['env']): string {
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local } = env;
  const base = cache !== undefined && cache !== '' ? cache : (local ?? join(homedir(), '.cache'));
  return join(base, 'hasten', 'batch');
}

const MIB = 2 ** 20;
/** The part of the machine's memory that jobs may take together. */
const OF_MEMORY = 0.8;

/** MiB that jobs may take together on this machine. */
export function memoryForJobs(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  const total = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor((total * OF_MEMORY) / MIB);
}

/** How many jobs this machine can bear at once that may take `each` MiB, and `together` all of them. */
export const bearable = (each: number, together: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(together / each)));
