import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isMissing } from '../whole-file.ts';
import { unfinishedPath } from './folder.ts';
import { HeldError } from '../../errors.ts';
import { inJournal } from './in-journal.ts';

/**
 * When a process began, as the system counts it: another process may get the same number later. Undefined where the system
 * does not say. In `/proc/<pid>/stat` it is field 22, and the name in field 2 may have blanks and parentheses in it
 * (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
 */
function beginningOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether the process still runs that wrote `owner`; of another machine's nothing is known. */
function isRunning(owner: string): boolean {
  const [host, pid = '', beginning = ''] = owner.split('\n');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // It runs, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = beginningOf(Number(pid));
  return now === undefined || beginning === '' || now === beginning;
}

const ownerOf = (lock: string): Promise<string | undefined> =>
  readFile(join(lock, 'owner'), 'utf8').catch(() => undefined);

/** Prepares a lock with the name of this process, and moves it to its place unless there is one: a folder with something in it is never replaced. */
async function tryToTake(folder: string, lock: string): Promise<boolean> {
  const own = unfinishedPath(folder, `lock-${randomBytes(6).toString('hex')}`);
  await mkdir(own);
  const owner = [hostname(), process.pid, beginningOf(process.pid) ?? ''].join('\n');
  await writeFile(join(own, 'owner'), owner);
  try {
    await rename(own, lock);
    return true;
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') return false;
    throw error;
  }
}

/** Moves a lock away of which `owner` was said, and puts it back where it has another owner by now. */
async function removeLock(folder: string, lock: string, owner: string | undefined): Promise<void> {
  const aside = unfinishedPath(folder, `lock-${randomBytes(6).toString('hex')}`);
  try {
    await rename(lock, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  if ((await ownerOf(aside)) === owner) await rm(aside, { recursive: true, force: true });
  else await rename(aside, lock);
}

/** Whether a process that still runs holds the lock in `folder`. */
export async function isHeld(folder: string): Promise<boolean> {
  const owner = await ownerOf(join(folder, 'lock'));
  return owner !== undefined && isRunning(owner);
}

const TRIES = 10;

/**
 * Runs `act` while no other process writes with the same journal. The lock of a process that was killed is taken over.
 * @param folder the journal's, which exists.
 * @throws {HeldError} when another process holds the lock.
 * @throws {JournalError} when the folder cannot be written to.
 */
export async function locked<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  for (let turn = 0; !(await inJournal(folder, () => tryToTake(folder, lock))); turn++) {
    const owner = await ownerOf(lock);
    if (turn === TRIES || (owner !== undefined && isRunning(owner))) {
      const [host = '', pid = ''] = owner?.split('\n') ?? [];
      throw new HeldError(
        lock,
        `another hasten is writing here (process ${pid} on ${host}); wait for it, or remove this folder if there is no such process`,
      );
    }
    await removeLock(folder, lock, owner);
  }
  try {
    return await act();
  } finally {
    // One that cannot be removed is taken over once this process has ended.
    await removeLock(folder, lock, await ownerOf(lock)).catch(() => undefined);
  }
}
