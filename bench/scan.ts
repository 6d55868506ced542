/**
 * What it costs to scan a tree in which nothing matches, beside `grep -rlE` of the same pattern over the same files, each
 * without its start-up: `npm run build && npm run bench:scan -- <folder>`. Medians in milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROUNDS = 9;
const NEVER = String.raw`\bzq_never_occurs_zq\b`;
const EXTENSIONS = ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'];

const project = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? '.');
const scratch = mkdtempSync(join(tmpdir(), 'hasten-bench-'));
const transform = join(scratch, 'never.mjs');
writeFileSync(
  transform,
  `export default { id: 'never', summary: 'Match nothing.', prefilter: /${NEVER}/, defaults: {}, *inspect() {} };\n`,
);
// One file in a work tree of its own: git is started for it as it is for the folder.
const empty = join(scratch, 'empty');
mkdirSync(empty);
spawnSync('git', ['init', '-q'], { cwd: empty });
writeFileSync(join(empty, 'one.ts'), 'export {};\n');

const MAIN = join(project, 'dist/src/cli/main.js');
const HASTEN = [process.execPath, MAIN, 'check', '--transform', transform, '--fail-on', 'never', '.'];
const INCLUDED = EXTENSIONS.map((one) => `--include=*.${one}`);
const GREP = ['grep', '-rlE', '--exclude-dir=node_modules', '--exclude-dir=.git', ...INCLUDED, NEVER, '.'];

/** How long `command` takes in `cwd`, in milliseconds. */
function timeOf([command = '', ...words]: readonly string[], cwd: string): number {
  const start = performance.now();
  const { error } = spawnSync(command, words, { cwd, stdio: 'ignore' });
  if (error !== undefined) throw error;
  return performance.now() - start;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

// All four in every round, so that a machine which gets busy slows all of them. The first round warms the file cache.
const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
  grepStart: timeOf(GREP, empty),
  grep: timeOf(GREP, folder),
  hastenStart: timeOf(HASTEN, empty),
  hasten: timeOf(HASTEN, folder),
})).slice(1);
rmSync(scratch, { recursive: true });

const told = (value: number): string => value.toFixed(0).padStart(9);
const row = (name: string, start: readonly number[], whole: readonly number[]): number => {
  const scan = median(whole.map((one, round) => one - (start[round] ?? 0)));
  console.log(name.padEnd(8) + told(median(start)) + told(median(whole)) + told(scan));
  return scan;
};
console.log(`(ms)     start-up    whole     scan`);
const grep = row(
  'grep',
  rounds.map(({ grepStart }) => grepStart),
  rounds.map((round) => round.grep),
);
const hasten = row(
  'hasten',
  rounds.map(({ hastenStart }) => hastenStart),
  rounds.map((round) => round.hasten),
);
console.log(`ratio of the scans: ${(hasten / grep).toFixed(1)}`);
