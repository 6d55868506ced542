import { lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange } from '../plan.ts';
import { syncFolder } from '../whole-file.ts';
import { journalFolder, unfinishedPath } from './folder.ts';
import { recordJson, type Asked, type FileEntry, type RunRecord } from './record.ts';
import { newRunId } from './run-id.ts';
import { RECORD, writeSynced, type Run, type Runs } from './runs.ts';
import { writeTexts, type TextWriter } from './texts.ts';

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** The folders that have to be made for the created files among `changes`, the outer ones first. */
async function missingFolders(changes: readonly FileChange[]): Promise<string[]> {
  const missing = new Set<string>();
  for (const { path, before } of changes) {
    if (before !== null) continue;
    for (let at = dirname(path); !missing.has(at) && !(await exists(at)); at = dirname(at)) missing.add(at);
  }
  return [...missing].toSorted((a, b) => a.length - b.length);
}

async function entryOf(
  { path, before, after, proposals }: FileChange,
  texts: TextWriter,
): Promise<FileEntry> {
  const contents = before === null ? [Buffer.from(after)] : [Buffer.from(after), Buffer.from(before)];
  const [keptAfter, keptBefore = null] = await texts.keep(contents);
  if (keptAfter === undefined) throw new Error('A text was not kept.');
  return {
    path,
    target: before === null ? path : await realpath(path),
    before: keptBefore,
    after: keptAfter,
    proposals: proposals.map(({ id, transform }) => ({ id, transform })),
  };
}

/**
 * Records a run, with all texts before and after it, so that it can be undone or finished whatever happens next. The record
 * is on the disk, whole, when this is over; before, there is none. Only who holds the lock may.
 * @param runs what is recorded already.
 * @param changes those that will be written.
 */
export async function beginRun(
  root: string,
  runs: Runs,
  changes: readonly FileChange[],
  asked: Asked,
): Promise<Run> {
  const journal = journalFolder(root);
  const began = Date.now();
  const id = newRunId(began, runs.runs.at(-1)?.record.id);
  const folder = join(journal, id);
  const unfinished = unfinishedPath(journal, id);
  try {
    await mkdir(unfinished);
    const folders = await missingFolders(changes);
    const files = await writeTexts(unfinished, async (texts) => {
      const entries: FileEntry[] = [];
      for (const change of changes) entries.push(await entryOf(change, texts));
      return entries;
    });
    const record: RunRecord = { id, began: new Date(began).toISOString(), asked, files, folders };
    await writeSynced(join(unfinished, RECORD), recordJson(root, record));
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    await syncFolder(journal);
    return { record, state: { phase: 'writing', left: [] }, folder, root };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}
