/**
 * `npm run bench`: how fast hasten is, beside other tools, on real code of three sizes. Writes `docs/performance.md`; a part of it, or
 * your own code, is only printed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, tmpdir, totalmem, type as system } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { casesIn, type Case } from './cases.ts';
import { command } from './command.ts';
import { measureCase } from './contest.ts';
import { copiedCorpus, fetchedCorpus, type Corpus } from './corpora/corpus.ts';
import { CORPORA } from './corpora/packages.ts';
import { BESIDE, PROJECT } from './entry.ts';
import { report } from './report.ts';
import type { Measured, Result } from './results.ts';

const PAGE = join(PROJECT, 'docs/performance.md');

const HELP = `npm run bench -- [options]

  --sizes 10k,150k,1.5M   the corpora to measure on
  --corpus <folder>       measure on a copy of your own code instead
  --cases start,nothing   only these cases: start, nothing, console, syntax, types, again
  --only hasten,grep      only commands whose ids begin so
  --runs 5                how often each command runs
  --limit 900             seconds after which a command is stopped
  --cache <folder>        where what is fetched is kept; a folder for temporary files, where it is left out
  --write                 write docs/performance.md although not everything was measured

The whole bench takes hours. Its results are also kept as JSON beside the corpora.
`;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A whole number above 0. */
function asAmount(name: string, text: string): number {
  const amount = Number(text);
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error(`--${name} is a whole number above 0.`);
  return amount;
}

/** Builds hasten, and installs what it is measured beside where that is missing. */
function prepare(): void {
  say('Building');
  command(['npm', 'run', 'build'], PROJECT);
  if (existsSync(BESIDE)) return;
  say('Installing what hasten is measured beside');
  command(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], join(PROJECT, 'bench'));
}

const versionAt = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

function versions(): Record<string, string> {
  const beside = (name: string): string => versionAt(join(BESIDE, name));
  const commit = command(['git', 'rev-parse', '--short', 'HEAD'], PROJECT).trim();
  return {
    hasten: `${versionAt(PROJECT)}, commit ${commit}`,
    'Node.js': process.versions.node,
    'typescript (tsc)': beside('typescript'),
    'oxc-parser': beside('oxc-parser'),
    'ast-grep': beside('@ast-grep/cli'),
    jscodeshift: versionAt(join(PROJECT, 'node_modules/jscodeshift')),
    eslint: beside('eslint'),
    '@typescript-eslint/parser': beside('@typescript-eslint/parser'),
    'eslint-plugin-n': beside('eslint-plugin-n'),
    grep: spawnSync('grep', ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0] ?? '',
  };
}

const GIB = 2 ** 30;

const machine = (): string =>
  `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), ${(totalmem() / GIB).toFixed(0)} GiB of memory, ${system()} ${release()}`;

/** The cases that are asked for, with the entries that are asked for. Node itself is always measured: its start is taken off. */
function chosenOf(
  cases: readonly Case[],
  ids: readonly string[] | undefined,
  only: readonly string[] | undefined,
): Case[] {
  const unknown = ids?.find((id) => cases.every((one) => one.id !== id));
  if (unknown !== undefined) throw new Error(`There is no case ${unknown}.`);
  const isWanted = (id: string): boolean =>
    id === 'node' || only === undefined || only.some((begin) => id.startsWith(begin));
  return cases
    .filter(({ id }) => id === 'start' || ids === undefined || ids.includes(id))
    .map((one) => ({ ...one, entries: one.entries.filter(({ id }) => isWanted(id)) }))
    .filter(({ entries }) => entries.length > 0);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: Object.keys(CORPORA).join(',') },
      corpus: { type: 'string' },
      cases: { type: 'string' },
      only: { type: 'string' },
      runs: { type: 'string', default: '5' },
      limit: { type: 'string', default: '900' },
      cache: { type: 'string', default: join(tmpdir(), 'hasten-bench') },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const runs = asAmount('runs', values.runs);
  const limit = asAmount('limit', values.limit);
  const sizes = listOf(values.sizes) ?? [];
  prepare();
  mkdirSync(values.cache, { recursive: true });
  const scratch = mkdtempSync(join(values.cache, 'run-'));
  try {
    const cases = chosenOf(await casesIn(scratch, limit), listOf(values.cases), listOf(values.only));
    const corpora: Corpus[] = [];
    const results: Result[] = [];
    const makers =
      values.corpus === undefined
        ? sizes.map((size) => () => fetchedCorpus(size, values.cache))
        : [() => copiedCorpus(values.corpus ?? '', values.cache)];
    for (const make of makers) {
      say('Fetching');
      const corpus = await make();
      corpora.push(corpus);
      say(`${corpus.name}: ${corpus.files.length} files, ${corpus.lines} lines`);
      for (const one of cases) {
        say(`  ${one.title}`);
        results.push(...(await measureCase(one, corpus, { runs, limit, scratch, say })));
      }
    }
    const measured: Measured = {
      date: new Date().toISOString().slice(0, 10),
      machine: machine(),
      processors: availableParallelism(),
      versions: versions(),
      runs,
      limit,
      corpora: corpora.map(({ name, files, lines, origin }) => ({
        name,
        files: files.length,
        lines,
        origin,
      })),
      cases: cases.map(({ id, title, note }) => ({ id, title, ...(note === undefined ? {} : { note }) })),
      results,
    };
    writeFileSync(join(values.cache, 'results.json'), `${JSON.stringify(measured, null, 2)}\n`);
    const text = await format(report(measured), { ...(await resolveConfig(PAGE)), parser: 'markdown' });
    const isWhole =
      values.corpus === undefined &&
      values.cases === undefined &&
      values.only === undefined &&
      Object.keys(CORPORA).every((size) => sizes.includes(size));
    process.stdout.write(text);
    if (isWhole || values.write) writeFileSync(PAGE, text);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

await main();
