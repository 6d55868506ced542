/** The shop twice: as it is, and with what hasten does to it. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Workshop } from './workshop.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const SHOP = join(PROJECT, 'examples/shop');

/** What is shown of hasten; the ones that it has are applied. */
export const NAMED = [
  'sequential-awaits',
  'await-in-loop',
  'query-in-loop-to-include',
  'sync-to-async',
  'console-to-logger',
] as const;

/** Two folders that hold the shop. */
export interface Copies {
  readonly before: string;
  readonly after: string;
}

/** How hasten is started: a command and its first words. */
export type Hasten = readonly [command: string, ...words: string[]];

/** The one that `npm run build` builds, which is the one that is installed. */
export const BUILT: Hasten = [process.execPath, join(PROJECT, 'dist/src/cli/main.js')];

/** Copies the shop twice, into a git repository of its own: its version tells the commit. */
export async function copyShop({ folder, run }: Workshop): Promise<Copies> {
  const copies = { before: join(folder, 'before'), after: join(folder, 'after') };
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const copy of Object.values(copies)) {
    mkdirSync(copy);
    cpSync(SHOP, copy, { recursive: true, filter: (path) => path !== join(SHOP, 'var') });
  }
  const author = ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', '-c', 'commit.gpgsign=false'];
  for (const words of [
    ['init', '--quiet'],
    [...author, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'The shop'],
  ]) {
    const { code, stderr } = await run('git', words, { cwd: folder });
    if (code !== 0) throw new Error(`git ${words.at(-1)} failed:\n${stderr}`);
  }
  return copies;
}

/** Runs hasten in `cwd` and gives what it printed. */
async function hastenIn(
  cwd: string,
  { run }: Workshop,
  [command, ...first]: Hasten,
  words: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await run(command, [...first, ...words], { cwd });
  if (code !== 0) throw new Error(`hasten ${words.join(' ')} failed:\n${stderr}`);
  return stdout;
}

function isListOfTransforms(value: unknown): value is { transforms: readonly { id: string }[] } {
  return (
    typeof value === 'object' && value !== null && 'transforms' in value && Array.isArray(value.transforms)
  );
}

/** Those of `NAMED` that hasten has. */
async function existing(cwd: string, workshop: Workshop, hasten: Hasten): Promise<string[]> {
  const listed: unknown = JSON.parse(await hastenIn(cwd, workshop, hasten, ['list', '--format', 'json']));
  if (!isListOfTransforms(listed)) throw new Error('`hasten list --format json` lists no transforms.');
  const ids = new Set(listed.transforms.map(({ id }) => id));
  return NAMED.filter((id) => ids.has(id));
}

/**
 * Applies what is safe of the named transforms to a copy.
 * @returns how many hunks of each were applied; 0 where it had nothing safe to do.
 */
export async function rewrite(
  copy: string,
  workshop: Workshop,
  hasten: Hasten,
): Promise<Map<string, number>> {
  const ids = await existing(copy, workshop, hasten);
  const chosen = ids.flatMap((id) => ['--transform', id]);
  // `changed src/app.ts  2 places by console-to-logger, 1 place by sequential-awaits`
  // The copy was never committed, and nobody would miss it.
  const how = ['--level', 'safe', '--no-cache', '--allow-dirty'];
  const printed = await hastenIn(copy, workshop, hasten, ['run', ...how, ...chosen]);
  const hunks = new Map(ids.map((id) => [id, 0]));
  for (const [, count, id = ''] of printed.matchAll(/(\d+) places? by ([\w-]+)/g))
    hunks.set(id, (hunks.get(id) ?? 0) + Number(count));
  return hunks;
}

/** How the tests of a copy went. */
export interface TestRun {
  readonly hasPassed: boolean;
  /** Tests that passed. */
  readonly passed: number;
  readonly printed: string;
}

/** Runs a copy's own tests. */
export async function testsOf(copy: string, { run }: Workshop): Promise<TestRun> {
  const env = { npm_config_update_notifier: 'false' };
  const { code, stdout, stderr } = await run('npm', ['test'], { cwd: copy, env });
  // Every reporter ends with how many passed: https://nodejs.org/api/test.html#test-reporters
  const passed = [...stdout.matchAll(/\bpass (\d+)/g)].at(-1)?.[1];
  return { hasPassed: code === 0, passed: Number(passed ?? 0), printed: stdout + stderr };
}
