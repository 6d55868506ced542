import { spawnSync } from 'node:child_process';
import { asFiles, type Entry } from '../entry.ts';

/** A word that is in no file. */
export const NEVER = String.raw`\bzq_never_occurs_zq\b`;

const EXTENSIONS = ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'];

const search = (pattern: string): [string, ...string[]] => [
  'grep',
  '-rlE',
  '--exclude-dir=node_modules',
  '--exclude-dir=.git',
  ...EXTENSIONS.map((one) => `--include=*.${one}`),
  pattern,
  '.',
];

/** How many files it reads, as it does not say: those in which it finds everything. */
function filesOf(cwd: string): number {
  const [name, ...words] = search('');
  const { stdout } = spawnSync(name, words, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return stdout.split('\n').length - 1;
}

/** Reading every file, and nothing else. */
export function grep(): Entry {
  let files: number | undefined;
  return {
    id: 'grep',
    label: 'grep -rlE, the same pattern',
    before: ({ folder }, round) => {
      if (round === 1) files = filesOf(folder);
    },
    command: ({ folder }) => ({ words: search(NEVER), cwd: folder }),
    // It found nothing.
    codes: [1],
    told: () => asFiles(files),
  };
}
