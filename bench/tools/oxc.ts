import { join } from 'node:path';
import { asFiles, numberIn, PROJECT, type Entry } from '../entry.ts';

/** Parsing every file, and nothing else. */
export const oxc: Entry = {
  id: 'oxc',
  label: 'oxc-parser, every file',
  command: ({ folder, files }) => ({
    words: [process.execPath, join(PROJECT, 'bench/tools/parse-all.mjs')],
    cwd: folder,
    input: files.join('\n'),
  }),
  told: ({ stdout }) => asFiles(numberIn(stdout, /^(\d+) files/)),
};
