import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../run/whole-file.ts';
import type { JobDoer } from './coordinator.ts';
import { runInProcess } from './isolated-job.ts';
import type { Place } from './place.ts';
import type { JobEntry } from './protocol.ts';
import { fileNameOf } from './repositories.ts';

/** How this machine does the jobs of a campaign. */
export interface LocalRequest {
  /** Absolute path of the folder of the campaign. */
  readonly state: string;
  /** Absolute path of the folder for clones, work trees and what is installed, without links in it. */
  readonly cache: string;
  readonly packageRoot: string;
  readonly entry: JobEntry;
  /** How many jobs are done at once. */
  readonly concurrency: number;
}

/** Does jobs on this machine, each in a process of its own. */
export function localJobs({ state, cache, packageRoot, entry, concurrency }: LocalRequest): JobDoer {
  const work = join(cache, 'work', hashOf(Buffer.from(state)).slice(0, 12));
  return {
    concurrency,
    perform: async (job, { log, onBegin, onStep, signal }) => {
      onBegin();
      const place: Place = { cache, packageRoot, own: join(work, fileNameOf(job.name)) };
      const result = await runInProcess(job, { entry, place, log, signal, onStep });
      // What a process left that was ended.
      await rm(place.own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      return result === undefined ? undefined : { result };
    },
  };
}
