import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileNameOf } from '../repositories.ts';

/** The kinds of files that are kept of each repository, and how their names end. */
export const KINDS = {
  outcomes: '.json',
  findings: '.json',
  patches: '.patch',
  summaries: '.md',
  landings: '.json',
  logs: '.log',
} as const;
export type Kind = keyof typeof KINDS;

/** The folder in which all campaigns below `folder` are kept. */
export const campaignsFolder = (folder: string): string => join(folder, '.hasten', 'campaigns');

/** The folder of one campaign; a dry run has one of its own, so that it disturbs nothing. */
export const stateFolder = (folder: string, name: string, dryRun: boolean): string =>
  join(campaignsFolder(folder), dryRun ? `${name}.dry-run` : name);

/** The file of one kind for a repository. */
export const fileOf = (state: string, kind: Kind, repository: string): string =>
  join(state, kind, fileNameOf(repository) + KINDS[kind]);

/** Makes the folder of a campaign, which git ignores by itself. */
export async function makeStateFolder(state: string): Promise<void> {
  for (const kind of Object.keys(KINDS)) await mkdir(join(state, kind), { recursive: true });
  await writeFile(join(state, '.gitignore'), '*\n');
}
