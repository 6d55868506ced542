import { join } from 'node:path';
import { numberIn, PROJECT, type Entry } from '../entry.ts';

const COUNTED = ['errors', 'unmodified', 'skipped', 'ok'] as const;

/** The codemod beside this file, with as many workers as jscodeshift takes by itself. */
const codemod = (id: string, label: string, ...more: readonly string[]): Entry => ({
  id,
  label,
  command: ({ folder }) => ({
    words: [
      process.execPath,
      join(PROJECT, 'node_modules/jscodeshift/bin/jscodeshift.js'),
      '--dry',
      `--transform=${join(PROJECT, 'bench/tools/console-to-logger.cjs')}`,
      '--extensions=js,jsx,mjs,cjs,ts,tsx,mts,cts',
      '--ignore-pattern=**/node_modules/**',
      ...more,
      '.',
    ],
    cwd: folder,
  }),
  told: ({ stdout }) => {
    const [errors = 0, unmodified = 0, skipped = 0, ok = 0] = COUNTED.map((word) =>
      numberIn(stdout, new RegExp(`^(\\d+) ${word}$`, 'm')),
    );
    return {
      files: errors + unmodified + skipped + ok,
      found: `${ok} files changed${errors === 0 ? '' : `, ${errors} failed`}`,
    };
  },
});

export const jscodeshift = codemod('jscodeshift', 'jscodeshift, an equal transform');

export const jscodeshiftPrefiltered = codemod(
  'jscodeshift-prefiltered',
  'jscodeshift, the same, parsing only files with the word `console`',
  '--prefilter=on',
);
