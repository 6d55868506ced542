import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure, FileChange, Plan } from './plan.ts';

/** What was written, and what was not. */
export interface Written {
  /** Absolute paths. */
  readonly written: readonly string[];
  readonly failures: readonly Failure[];
}

const NO_WRITE_BITS = 0o222;

/** Why `change` cannot be written; undefined where it can. */
async function whyNot({ path, before }: FileChange): Promise<string | undefined> {
  try {
    const now = await readFile(path);
    if (before === null) return 'was created since the run began; it is left as it is';
    if (!now.equals(Buffer.from(before)))
      return 'changed since it was read; run again to see what is proposed now';
    if (((await stat(path)).mode & NO_WRITE_BITS) === 0)
      return 'is read-only; make it writable and run again';
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return `cannot be read any more: ${message}`;
    return before === null ? undefined : 'was deleted since it was read';
  }
}

/** Writes beside the file and renames, so that whoever reads it sees the old text or the new one, never a part. */
async function replaceWhole({ path, before, after }: FileChange): Promise<void> {
  const target = before === null ? path : await realpath(path);
  if (before === null) await mkdir(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const mode = before === null ? undefined : (await stat(target)).mode;
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(after);
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes the changes of a plan. A file that changed since it was read, or cannot be written, is left as it is, and with it
 * every file that shares a proposal with it: a proposal applies whole or not at all.
 */
export async function write(plan: Pick<Plan, 'changes'>): Promise<Written> {
  const failures: Failure[] = [];
  const refused = new Set<FileChange>();
  for (const change of plan.changes) {
    const reason = await whyNot(change);
    if (reason === undefined) continue;
    failures.push({ path: change.path, reason });
    refused.add(change);
  }
  for (let size = -1; size !== refused.size;) {
    size = refused.size;
    const ids = new Set([...refused].flatMap(({ proposals }) => proposals.map(({ id }) => id)));
    for (const change of plan.changes) {
      if (refused.has(change) || !change.proposals.some(({ id }) => ids.has(id))) continue;
      failures.push({
        path: change.path,
        reason: 'belongs to a change of another file that cannot be written',
      });
      refused.add(change);
    }
  }
  const written: string[] = [];
  for (const change of plan.changes) {
    if (refused.has(change)) continue;
    try {
      await replaceWhole(change);
      written.push(change.path);
    } catch (error) {
      failures.push({ path: change.path, reason: `cannot be written: ${(error as Error).message}` });
    }
  }
  return { written, failures };
}
