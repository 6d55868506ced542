/**
 * What it costs to scan a tree in which nothing matches, beside `grep -rlE` of the same pattern in the same run, each
 * without its start-up: `npm run bench:scan -- <folder>`. Medians of seven, in milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const TIMES = 7;
const NEVER = 'zq_never_occurs_zq';
const EXTENSIONS = ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'];

const project = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? '.');
const scratch = mkdtempSync(join(tmpdir(), 'hasten-bench-'));
const transform = join(scratch, 'never.mjs');
writeFileSync(
  transform,
  `export default { id: 'never', summary: 'Match nothing.', prefilter: /${NEVER}/, defaults: {}, *inspect() {} };\n`,
);
writeFileSync(join(scratch, 'one.ts'), 'export {};\n');

/** The median time of `command` in `cwd`, in milliseconds. */
function median(cwd: string, command: string, words: readonly string[]): number {
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    const { error } = spawnSync(command, words, { cwd, stdio: 'ignore' });
    if (error !== undefined) throw error;
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[(TIMES - 1) / 2] ?? 0;
}

const hasten = (cwd: string): number =>
  median(cwd, process.execPath, [
    join(project, 'dist/src/cli/main.js'),
    'check',
    '--transform',
    transform,
    '--fail-on',
    'never',
    '.',
  ]);
const grep = (cwd: string): number =>
  median(cwd, 'grep', ['-rlE', '--exclude-dir=node_modules', '--exclude-dir=.git', ...EXTENSIONS.map((one) => `--include=*.${one}`), NEVER, '.']);

const small = { hasten: hasten(scratch), grep: grep(scratch) };
const whole = { hasten: hasten(folder), grep: grep(folder) };
const cost = { hasten: whole.hasten - small.hasten, grep: whole.grep - small.grep };
rmSync(scratch, { recursive: true });

const told = (value: number): string => value.toFixed(0).padStart(6);
console.log(`          start-up  whole   scan   (ms)`);
console.log(`grep      ${told(small.grep)} ${told(whole.grep)} ${told(cost.grep)}`);
console.log(`hasten    ${told(small.hasten)} ${told(whole.hasten)} ${told(cost.hasten)}`);
console.log(`ratio of the scans: ${(cost.hasten / cost.grep).toFixed(1)}`);
