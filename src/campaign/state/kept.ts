import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalError } from '../../errors.ts';
import { isMissing, messageOf, replaceWhole, syncFolder } from '../../run/whole-file.ts';
import type { FoundPlace, JobResult, Landing, Outcome } from '../outcome.ts';
import { fileOf, type Kind } from './folder.ts';

/** What a campaign knows of itself: which repositories it has, and when it was begun. */
export interface CampaignRecord {
  readonly format: 1;
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** ISO 8601. */
  readonly begun: string;
  readonly dryRun: boolean;
  readonly hasten: string;
  /** Their names, in order, and the digests of their jobs. */
  readonly jobs: readonly { readonly repository: string; readonly digest: string }[];
}

const RECORD = 'campaign.json';

/** Writes a file whole or not at all, and waits until it is on the disk. */
async function put(path: string, text: string): Promise<void> {
  await replaceWhole({ target: path, content: Buffer.from(text), temporary: `${path}.tmp` });
}

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new JournalError(
      path,
      `cannot be read: ${messageOf(error)}; remove it, and what it tells of is done anew`,
    );
  }
}

/**
 * The record of the campaign that is kept in `state`; undefined where there is none.
 * @throws {JournalError} where it cannot be read, as with all that is read here.
 */
export async function readRecord(state: string): Promise<CampaignRecord | undefined> {
  // Only this module writes it.
  return (await readJson(join(state, RECORD))) as CampaignRecord | undefined;
}

export async function writeRecord(state: string, record: CampaignRecord): Promise<void> {
  await put(join(state, RECORD), asText(record));
  await syncFolder(state);
}

/** The outcome of a repository; undefined where there is none. */
export async function readOutcome(state: string, repository: string): Promise<Outcome | undefined> {
  return (await readJson(fileOf(state, 'outcomes', repository))) as Outcome | undefined;
}

export async function readFindings(state: string, repository: string): Promise<readonly FoundPlace[]> {
  return ((await readJson(fileOf(state, 'findings', repository))) ?? []) as readonly FoundPlace[];
}

export async function readLanding(state: string, repository: string): Promise<Landing | undefined> {
  return (await readJson(fileOf(state, 'landings', repository))) as Landing | undefined;
}

/** Forgets what came of a repository. Its outcome goes first: without that, nothing of the rest counts. */
export async function forget(state: string, repository: string): Promise<void> {
  for (const kind of ['outcomes', 'findings', 'patches', 'summaries', 'landings'] as const)
    await rm(fileOf(state, kind, repository), { force: true });
}

/** Keeps what came of a repository. The outcome is written last: once it is there, all is. */
export async function keepResult(
  state: string,
  { outcome, findings, patch, summary, landing }: JobResult,
): Promise<void> {
  const { repository } = outcome;
  await forget(state, repository);
  const texts: Readonly<Partial<Record<Kind, string>>> = {
    findings: asText(findings),
    ...(patch === '' ? {} : { patches: patch }),
    ...(summary === '' ? {} : { summaries: summary }),
    ...(landing === undefined ? {} : { landings: asText(landing) }),
  };
  for (const kind of ['findings', 'patches', 'summaries', 'landings'] as const) {
    const text = texts[kind];
    if (text === undefined) continue;
    await put(fileOf(state, kind, repository), text);
    await syncFolder(join(state, kind));
  }
  await put(fileOf(state, 'outcomes', repository), asText(outcome));
  await syncFolder(join(state, 'outcomes'));
}
