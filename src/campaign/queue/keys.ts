import { hashOf } from '../../run/whole-file.ts';
import { digestOf, type Job } from '../job.ts';

/** What all keys begin with. */
export const PREFIX = 'hasten';

/** The versions of hasten that have ever queued something. */
export const VERSIONS = `${PREFIX}:versions`;

/** The queue of one version: workers of another one never see it, since they may come to something else. */
export const queueOf = (version: string): string => `batch-${version}`;

/** What BullMQ keeps of a job; there as long as the job is queued, worked on, or its result is not fetched yet. */
export const jobKey = (version: string, id: string): string => `${PREFIX}:${queueOf(version)}:${id}`;

/** The result of a job, packed. */
export const resultKey = (id: string): string => `${PREFIX}:results:${id}`;

/** The ids of the jobs of a campaign that have a result which was not fetched yet. */
export const doneKey = (campaign: string): string => `${PREFIX}:done:${campaign}`;

/** The ids of all jobs of a campaign that may be in the queue. */
export const queuedKey = (campaign: string): string => `${PREFIX}:queued:${campaign}`;

/** Seconds that Redis keeps a result which nobody fetches. After that its job is done anew by the next start. */
export const KEPT_FOR = 7 * 24 * 3600;

/**
 * The id of a job in the queue: the same for the same repository, asked the same by the same campaign, begun at the same time. So a coordinator that is started again
 * finds what it has queued, and queues nothing twice.
 */
export const idOf = (campaign: string, job: Job): string =>
  // BullMQ takes no number for an id.
  `j${hashOf(Buffer.from(JSON.stringify([campaign, job.name, digestOf(job), job.begun, job.file]))).slice(0, 32)}`;
