import { join } from 'node:path';
import { BESIDE, MUCH_MEMORY, PROJECT, type Entry } from '../entry.ts';

const TOOLS = join(PROJECT, 'bench/tools');

/** ESLint with those rules alone. */
export const eslint = (id: string, ...rules: readonly string[]): Entry => ({
  id,
  label: `ESLint, ${rules.join(' and ')}`,
  command: ({ folder }) => ({
    words: [
      process.execPath,
      MUCH_MEMORY,
      join(BESIDE, 'eslint/bin/eslint.js'),
      '--config',
      join(TOOLS, 'eslint.config.mjs'),
      '--format',
      join(TOOLS, 'eslint-counts.mjs'),
      '.',
    ],
    cwd: folder,
    env: { RULES: rules.join(',') },
  }),
  // 1: some file does not parse.
  codes: [0, 1],
  told: ({ stdout }) => JSON.parse(stdout) as { readonly files: number; readonly found: string },
});
