import { dirname } from 'node:path';
import type { Job } from '../../campaign/job.ts';
import { codeDigest } from '../../api/code-digest.ts';

/** Digests of the code of the transforms that a campaign runs and that are none of our own, by their names. */
export async function codeOf({
  file,
  transforms,
}: Pick<Job, 'file' | 'transforms'>): Promise<Record<string, string>> {
  const code: Record<string, string> = {};
  for (const [name, wanted] of Object.entries(transforms)) {
    const digest = wanted === false ? undefined : await codeDigest(name, dirname(file));
    if (digest !== undefined) code[name] = digest;
  }
  return code;
}
