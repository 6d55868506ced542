import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { messageOf } from '../../run/whole-file.ts';
import type { Job } from '../job.ts';
import { withoutResult } from '../isolated-job.ts';
import type { JobResult } from '../outcome.ts';

/** A job in the queue. */
export interface QueuedJob {
  readonly job: Job;
  /** The id of the campaign that wants its result. */
  readonly campaign: string;
}

/** What a worker sends back. */
export interface Parcel {
  readonly result: JobResult;
  /** What the process and its commands said: the end of it, where that is much. */
  readonly log: string;
}

const MIB = 2 ** 20;
/** MiB that a packed result may take in Redis. */
export const PACKED_LIMIT = 32;
/** MiB that it may take unpacked. */
const UNPACKED_LIMIT = 480;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Packs what a worker sends back. A result that is too large becomes a failure that says so, without its findings, patch and summary. */
export async function packed(parcel: Parcel, job: Job): Promise<Buffer> {
  const text = Buffer.from(JSON.stringify(parcel));
  const small = text.length <= UNPACKED_LIMIT * MIB ? await pack(text) : undefined;
  if (small !== undefined && small.length <= PACKED_LIMIT * MIB) return small;
  const reason = `its findings and patch are too large for a queue (more than ${PACKED_LIMIT} MiB packed, or ${UNPACKED_LIMIT} MiB)`;
  const { landing } = parcel.result;
  const result = { ...withoutResult(job, 'find', reason), ...(landing === undefined ? {} : { landing }) };
  return pack(Buffer.from(JSON.stringify({ result, log: parcel.log })));
}

/** What a worker sent back for `job`; what cannot be read, or is of another job, is a failure of it. */
export async function unpacked(packet: Buffer, job: Job): Promise<Parcel> {
  try {
    const text = await unpack(packet, { maxOutputLength: (UNPACKED_LIMIT + 1) * MIB });
    // Only this module writes it; whoever else can, can run commands on the workers anyway. But nobody may name another file to write.
    const parcel = JSON.parse(text.toString()) as Parcel;
    if (parcel.result.outcome.repository !== job.name) throw new Error('it is of another repository');
    return parcel;
  } catch (error) {
    const reason = `what a worker sent back cannot be read: ${messageOf(error)}`;
    return { result: withoutResult(job, 'clone', reason), log: '' };
  }
}
