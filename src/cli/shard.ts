import type { Argv } from 'yargs';
import type { Shard } from '../run/shards/split.ts';
import { UsageError } from '../errors.ts';
import type { ReportArguments } from './reporting.ts';
import { progressBar } from './progress.ts';
import { searchRequest, type TypedSearch } from './search-request.ts';
import { send, type ExitCode, type Surroundings } from './surroundings.ts';

/** What may be typed of a part of a repository. */
export interface ShardArguments {
  readonly shard?: string | undefined;
}

/** Declares which part of a repository is looked at. */
export const withShardOption = <T>(yargs: Argv<T>) =>
  yargs.option('shard', {
    type: 'string',
    requiresArg: true,
    describe:
      'Look at one part of the files only, such as 3/16, and print with --format json what hasten merge joins with the others',
  });

/** @throws {UsageError} where what was typed is no part. */
function asShard(typed: string): Shard {
  const [, index = '', of = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(typed) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index === '' || shard.index < 1 || shard.index > shard.of)
    throw new UsageError(`--shard ${typed}: write it as 3/16, from 1/16 to 16/16.`);
  return shard;
}

/**
 * Prints what one part of the files has. `beside` are options that say what is done with findings, by their names: for them all parts are needed.
 * @throws {UsageError} where one of these is given, or another format is asked for.
 */
export async function tellShard(
  typed: TypedSearch & ReportArguments & { readonly shard: string },
  beside: Readonly<Record<string, unknown>>,
  around: Surroundings,
): Promise<ExitCode> {
  const part = asShard(typed.shard);
  const all = { ...beside, report: typed.report, stats: typed.stats === true ? true : undefined };
  const [name] = Object.entries(all).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined)
    throw new UsageError(`--${name} goes with hasten merge, which has all shards, and not with --shard.`);
  if (typed.format !== 'json')
    throw new UsageError('--shard prints what hasten merge reads: say --format json, and keep it in a file.');
  const { cwd, env, stdout, stderr } = around;
  const { shard } = await import('../api/shard.ts');
  const { failureLines } = await import('../review/summary.ts');
  const { counted } = await import('../review/describe.ts');
  const { tellUnmatched } = await import('./search.ts');
  const { colorsFor } = await import('./colors.ts');
  const bar = progressBar(stderr);
  const request = await searchRequest(typed, around, bar);
  const found = await shard({ ...request, shard: part }).finally(() => bar.clear());
  send(stdout, [`${JSON.stringify(found.json)}\n`]);
  const colors = colorsFor(stderr, env, typed.color);
  send(stderr, failureLines(found.failures, cwd, colors));
  const { looked, scanned } = found.files;
  send(stderr, [
    `Shard ${part.index} of ${part.of}: ${counted(found.found, 'finding')} in ${looked} of ${counted(scanned, 'file')}.\n`,
  ]);
  const unmatched = tellUnmatched(found, typed, stderr, colors);
  if (unmatched !== 0) return unmatched;
  return found.failures.length > 0 ? 2 : 0;
}
