import { join } from 'node:path';
import { BESIDE, MUCH_MEMORY, type Entry } from '../entry.ts';

/** One check of all types of the project, as if for the first time. */
export const tsc: Entry = {
  id: 'tsc',
  label: 'tsc --noEmit',
  command: ({ folder }) => ({
    words: [
      process.execPath,
      MUCH_MEMORY,
      join(BESIDE, 'typescript/bin/tsc'),
      '--noEmit',
      '--incremental',
      'false',
      '-p',
      '.',
    ],
    cwd: folder,
  }),
  // Some packages have no types of their own: there are errors, and the types are checked all the same.
  codes: [0, 1, 2],
  told: ({ stdout }) => ({ found: `${stdout.match(/error TS\d+/g)?.length ?? 0} errors of types` }),
};
