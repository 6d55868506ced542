import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, replaceWhole, syncFolder } from '../../run/whole-file.ts';

/** The id of the campaign that is kept in `state`, among all that use a queue: made once, as names and paths may be the same on two machines. Called under the lock. */
export async function campaignId(state: string): Promise<string> {
  const target = join(state, 'queue-id');
  try {
    const known = (await readFile(target, 'utf8')).trim();
    if (known !== '') return known;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const made = randomUUID();
  await replaceWhole({ target, content: Buffer.from(`${made}\n`), temporary: `${target}.tmp` });
  await syncFolder(state);
  return made;
}
