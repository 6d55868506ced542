/**
 * What it costs to check the types of a result, beside one `tsc --noEmit` of the same project with the same TypeScript:
 * `npm run build && npm run bench:types -- <tsconfig.json> [paths that it includes]`. One file in ten gets a statement that declares
 * nothing. Seconds of the processor and of the clock, medians of three rounds; the check is what a dry run takes longer with it than
 * without.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { JsonReport } from '../src/review/reporters/json.ts';

const ROUNDS = 3;
const config = resolve(process.argv[2] ?? 'tsconfig.json');
const folder = dirname(config);
const paths = process.argv.length > 3 ? process.argv.slice(3) : ['.'];
const scratch = mkdtempSync(join(tmpdir(), 'hasten-bench-'));
const transform = join(scratch, 'add.mjs');
writeFileSync(
  transform,
  `const isOneInTen = (path) => [...path].reduce((sum, one) => sum + one.charCodeAt(0), 0) % 10 === 0;
export default { id: 'add', summary: 'Add a statement.', prefilter: /./, defaults: {},
  *inspect({ path, text }) {
    if (/\\.d\\.[cm]?ts$/.test(path) || !isOneInTen(path) || text.endsWith('void 0;\\n')) return;
    const at = { start: text.length, end: text.length };
    const edits = [{ file: path, span: [text.length, text.length], code: ['\\nvoid 0;\\n'] }];
    yield { at, title: 'void 0', evidence: [{ verdict: 'holds', claim: 'It does nothing' }], edits };
  } };\n`,
);

const MAIN = join(resolve(import.meta.dirname, '..'), 'dist/src/cli/main.js');
const HASTEN = [
  MAIN,
  'run',
  '--dry-run',
  '--no-cache',
  '--format',
  'json',
  '--transform',
  transform,
  ...paths,
];

const TSC = [
  createRequire(join(folder, 'package.json')).resolve('typescript/bin/tsc'),
  '--noEmit',
  // As if for the first time.
  '--incremental',
  'false',
  '-p',
  config,
];

/** Seconds. */
interface Cost {
  readonly processor: number;
  readonly clock: number;
}

const usage = join(scratch, 'usage');
const telling = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.cpuUsage())));`;

/** What one run of Node in the project costs, and what it prints. */
function run(words: readonly string[]): Cost & { readonly printed: string } {
  const start = performance.now();
  const { error, stdout } = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=8000',
      '--import',
      `data:text/javascript,${encodeURIComponent(telling)}`,
      ...words,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  if (error !== undefined) throw error;
  const clock = (performance.now() - start) / 1000;
  const { user, system } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.CpuUsage;
  return { processor: (user + system) / 1e6, clock, printed: stdout };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

// All three in every round, so that a machine which gets busy slows all of them.
const rounds = Array.from({ length: ROUNDS }, () => ({
  tsc: run(TSC),
  without: run([...HASTEN, '--verify-types', 'off']),
  whole: run(HASTEN),
}));
rmSync(scratch, { recursive: true });

const told = (name: string, processor: number, clock: number): void =>
  console.log(name.padEnd(12) + processor.toFixed(1).padStart(10) + clock.toFixed(1).padStart(10));
const row = (name: string, costOf: (round: (typeof rounds)[number]) => Cost): Cost => {
  const costs = rounds.map(costOf);
  const cost = {
    processor: median(costs.map(({ processor }) => processor)),
    clock: median(costs.map(({ clock }) => clock)),
  };
  told(name, cost.processor, cost.clock);
  return cost;
};
console.log('(s)          processor     clock');
const tsc = row('tsc', (round) => round.tsc);
const check = row('the check', ({ whole, without }) => ({
  processor: whole.processor - without.processor,
  clock: whole.clock - without.clock,
}));
told('ratio', check.processor / tsc.processor, check.clock / tsc.clock);
// What was not checked costs nothing.
const { findings, types } = JSON.parse(rounds[0]?.whole.printed ?? '{}') as Partial<JsonReport>;
console.log(`${findings?.length ?? 0} files changed, checked with ${types?.configs.join(', ') ?? 'nothing'}`);
