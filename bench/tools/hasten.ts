import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Corpus } from '../corpora/corpus.ts';
import { asFiles, numberIn, PROJECT, type Entry, type Told } from '../entry.ts';
import { run, type Ran } from '../measure.ts';
import { NEVER } from './grep.ts';

const MAIN = join(PROJECT, 'dist/src/cli/main.js');

/** The option without which `hasten` asks for types and callers, and looks at the form of the code alone. */
export const SYNTAX_ONLY = ['--types', 'off'] as const;

type Words = readonly [string, ...string[]];

const hasten = (...words: readonly string[]): Words => [process.execPath, MAIN, ...words];

/** Removes what a run before kept. */
const forget = ({ folder }: Corpus): void =>
  rmSync(join(folder, '.hasten'), { recursive: true, force: true });

function told({ stderr }: Ran): Told {
  const counts = [...stderr.matchAll(/^([a-z][a-z-]+) {2,}(\d.*)$/gm)];
  const found = counts.map(([, id = '', levels = '']) => `${id}: ${levels}`).join('; ');
  return {
    ...asFiles(numberIn(stderr, /([\d,]+) files? scanned/)),
    ...(found === '' ? {} : { found }),
  };
}

/** Whether this hasten can leave out types and callers. */
export async function canSkipTypes(scratch: string): Promise<boolean> {
  const { stdout } = await run({ words: hasten('run', '--help'), cwd: scratch }, 60, scratch);
  return /^ +--types /m.test(stdout);
}

export const start = (id: string, ...words: readonly string[]): Entry => ({
  id,
  label: `hasten ${words.join(' ')}`,
  command: ({ folder }) => ({ words: hasten(...words), cwd: folder }),
});

/** A transform that matches nothing: the files are listed and read, and that is all. */
export function nothing(scratch: string): Entry {
  const transform = join(scratch, 'never.mjs');
  writeFileSync(
    transform,
    `export default { id: 'never', summary: 'Match nothing.', prefilter: /${NEVER}/, defaults: {}, *inspect() {} };\n`,
  );
  return {
    id: 'hasten-nothing',
    label: 'hasten check, a transform that matches nothing',
    before: forget,
    command: ({ folder }) => ({
      words: hasten('check', '--transform', transform, '--fail-on', 'never', '.'),
      cwd: folder,
    }),
    told,
  };
}

const dryRun = (id: string, label: string, ...words: readonly string[]): Entry => ({
  id,
  label,
  before: forget,
  command: ({ folder }) => ({ words: hasten('run', '--dry-run', ...words, '.'), cwd: folder }),
  // 2: some file cannot be parsed, which is told.
  codes: [0, 2],
  told,
});

const CONSOLE = [
  '--level',
  'review',
  '--transform',
  'console-to-logger',
  '--option',
  'logger=@acme/logger',
] as const;

export const consoleAlone = dryRun(
  'hasten-console',
  `hasten console-to-logger, dry run, ${SYNTAX_ONLY.join(' ')}`,
  ...CONSOLE,
  ...SYNTAX_ONLY,
);

export const consoleChecked = dryRun(
  'hasten-console-checked',
  'hasten console-to-logger, dry run, as it is by itself',
  ...CONSOLE,
);

export const allSyntax = dryRun(
  'hasten-syntax',
  `hasten, all transforms, ${SYNTAX_ONLY.join(' ')}`,
  ...SYNTAX_ONLY,
);

/** The same on one processor, where the system can be told so. */
export const syntaxOnOne: readonly Entry[] =
  spawnSync('taskset', ['--version']).status === 0
    ? [
        {
          ...allSyntax,
          id: 'hasten-syntax-one',
          label: `${allSyntax.label}, on one processor`,
          command: (corpus) => {
            const { words, cwd } = allSyntax.command(corpus);
            return { words: ['taskset', '--cpu-list', '0', ...words], cwd };
          },
        },
      ]
    : [];

export const allTypes = dryRun('hasten-types', 'hasten, all transforms, with types and their check');

/** Files that no edit leaves as they were, which declares nothing and does nothing. */
const ADDED = (round: number): string => `\nvoid ${round};\n`;

/** One file in a hundred, at least one. */
const fewOf = ({ files }: Corpus): readonly string[] => files.filter((_, index) => index % 100 === 0);

/**
 * The run that follows another one of the same, with nothing changed or with a change in between. The first one is made anew in
 * every round, since what was changed then is back: it takes what it takes, up to `limit` seconds, and is not measured.
 */
function again(first: Entry, scratch: string, limit: number, isChanged: boolean): Entry {
  const texts = new Map<string, string>();
  const { command } = first;
  return {
    id: `${first.id}-${isChanged ? 'changed' : 'unchanged'}`,
    label: `${first.label}, again, ${isChanged ? '1% of the files' : 'nothing'} changed`,
    before: async (corpus, round) => {
      const { code } = await run(command(corpus), limit, scratch);
      if (code === undefined) throw new Error(`the run before it was stopped after ${limit} s`);
      if (!isChanged) return;
      for (const path of fewOf(corpus)) {
        const text = readFileSync(path, 'utf8');
        texts.set(path, text);
        writeFileSync(path, text + ADDED(round));
      }
    },
    command,
    after: () => {
      for (const [path, text] of texts) writeFileSync(path, text);
      texts.clear();
    },
    codes: [0, 2],
    told,
  };
}

/** Second runs, by syntax alone and with types. */
export const secondRuns = (scratch: string, limit: number): readonly Entry[] =>
  [allSyntax, allTypes].flatMap((first) => [
    again(first, scratch, limit, false),
    again(first, scratch, limit, true),
  ]);
