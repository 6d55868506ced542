import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { campaignsFolder } from '../../campaign/state/folder.ts';
import { readRecord, type CampaignRecord } from '../../campaign/state/kept.ts';
import { realPath } from '../../run/real-path.ts';
import { suggestion } from '../../api/suggest.ts';
import { UsageError } from '../../errors.ts';

/** What is kept of a campaign. */
export interface FoundState {
  readonly record: CampaignRecord;
  /** Absolute path of its folder. */
  readonly state: string;
}

/** All campaigns that are kept below `folder`. */
async function campaignsIn(folder: string): Promise<FoundState[]> {
  const top = campaignsFolder(folder);
  const names = existsSync(top) ? (await readdir(top)).toSorted() : [];
  const found: FoundState[] = [];
  for (const name of names) {
    const state = join(top, name);
    const record = await readRecord(state);
    if (record !== undefined) found.push({ record, state });
  }
  return found;
}

/**
 * Finds what is kept of the campaign that was typed: by its file or its name, or the only one here where nothing was. Where there is a dry run and
 * another one, the other one is meant unless `dryRun`.
 * @throws {UsageError} where it was never started, or several may be meant; a JournalError where one cannot be read.
 */
export async function findState(
  typed: string | undefined,
  dryRun: boolean,
  cwd: string,
): Promise<FoundState> {
  const path = typed === undefined ? undefined : realPath(resolve(cwd, typed));
  const isFile = path !== undefined && existsSync(path);
  const all = await campaignsIn(isFile ? dirname(path) : realPath(cwd));
  const meant = all.filter(
    ({ record }) => typed === undefined || (isFile ? record.file === path : record.name === typed),
  );
  const names = [...new Set(meant.map(({ record }) => record.name))];
  if (names.length > 1)
    throw new UsageError(`There is more than one campaign here: ${names.join(', ')}. Name one of them.`);
  const chosen = meant.find(({ record }) => record.dryRun === dryRun) ?? (dryRun ? undefined : meant[0]);
  if (chosen !== undefined) return chosen;
  const known = [...new Set(all.map(({ record }) => record.name))];
  if (typed === undefined)
    throw new UsageError('No campaign was started here; name its file: hasten batch status campaign.yaml.');
  const hint = isFile
    ? ` hasten batch ${typed}${dryRun ? ' --dry-run' : ''} starts it.`
    : suggestion(typed, known);
  throw new UsageError(
    `\`${typed}\` is no campaign that was started${dryRun ? ' as a dry run' : ''}.${hint}`,
  );
}
