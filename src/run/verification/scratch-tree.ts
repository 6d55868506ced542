import { mkdtempSync, realpathSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { askGit, workTreeOf } from '../git-list.ts';
import { isInFolder, realPath } from '../real-path.ts';
import { copyProject } from './project-copy.ts';

/** The texts of one file. Byte order mark included. */
export interface Texts {
  /** Null where there is no such file. */
  readonly before: string | null;
  readonly after: string;
}

/** A copy of a project in which its tests can run. */
export interface ScratchTree {
  /** The folder in it that stands for the one that the user is in. */
  readonly cwd: string;
  /** The top of the project. */
  readonly root: string;
  /** What was too large to be copied, with `/` from the top. */
  readonly gaps: readonly string[];
  /**
   * Gives the files at the absolute paths of the project their new texts in the copy, and all others those that they had.
   * @throws {OutsideError} for a file that is not in the project.
   */
  put(changes: ReadonlyMap<string, Texts>): Promise<void>;
  /** Removes all of it. */
  remove(): Promise<void>;
}

/** A file lies outside of what was copied. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
  /** Absolute. */
  readonly path: string;

  constructor(path: string, root: string) {
    super(`lies outside of ${root}, of which a copy is tested`);
    this.path = path;
  }
}

/** No hook of the user's runs for a work tree of ours. */
const WITHOUT_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/** Makes the folder `copy` a work tree of git's at the commit of the one at `root`, without any file yet; false where git cannot. */
async function addWorkTree(root: string, copy: string): Promise<boolean> {
  const words = ['worktree', 'add', '--detach', '--no-checkout', copy, 'HEAD'];
  if ((await askGit(root, [...WITHOUT_HOOKS, ...words])) === undefined) return false;
  await askGit(copy, ['read-tree', 'HEAD']);
  return true;
}

/** The name of the folder of a copy tells which process made it. */
const FOLDER = /^hasten-verify-(\d+)-/;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the work trees of processes that were killed. */
async function removeLeftOver(root: string): Promise<void> {
  const listed = await askGit(root, ['worktree', 'list', '--porcelain']);
  for (const [, copy = ''] of listed?.stdout.matchAll(/^worktree (.+)$/gm) ?? []) {
    const folder = dirname(copy);
    const pid = FOLDER.exec(basename(folder))?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await removeTree(root, folder, copy, true);
  }
}

async function trackedIn(root: string): Promise<readonly string[] | undefined> {
  const listed = await askGit(root, ['ls-files', '-z', '--cached']);
  return listed?.stdout.split('\0').slice(0, -1);
}

async function removeTree(root: string, folder: string, copy: string, isWorkTree: boolean): Promise<void> {
  if (isWorkTree) await askGit(root, ['worktree', 'remove', '--force', copy]);
  // A process that is about to end may still write there.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Where the file at `path` of the project is in the copy; links lead to what they lead to there too. */
function copyOf(path: string, root: string, copy: string): string {
  const real = realPath(path);
  if (!isInFolder(root, real)) throw new OutsideError(path, root);
  return join(copy, relative(root, real));
}

/**
 * Copies the project around `cwd` into a folder for temporary files: the git work tree, as one that is detached and has the same changes that
 * are not committed, or without git the folder `top`.
 * @param top the project's, absolute, where it is in no git work tree; `cwd` lies in it.
 * @throws the reason of `signal`, or the error of the file system, with nothing left behind.
 */
export async function makeScratchTree(cwd: string, top: string, signal?: AbortSignal): Promise<ScratchTree> {
  const here = realPath(cwd);
  const work = workTreeOf(here);
  const root = work ?? realPath(top);
  if (work !== undefined) await removeLeftOver(work);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `hasten-verify-${process.pid}-`)));
  const copy = join(folder, 'project');
  const isWorkTree = work !== undefined && (await addWorkTree(work, copy));
  const remove = (): Promise<void> => removeTree(root, folder, copy, isWorkTree);
  let gaps: readonly string[];
  try {
    const tracked = work === undefined ? undefined : await trackedIn(work);
    gaps = await copyProject({ root, copy, tracked, signal });
  } catch (error) {
    await remove();
    throw error;
  }
  let current = new Map<string, Texts>();
  const put = async (changes: ReadonlyMap<string, Texts>): Promise<void> => {
    const next = new Map([...changes].map(([path, texts]) => [copyOf(path, root, copy), texts]));
    for (const [path, { before }] of current) {
      if (next.has(path)) continue;
      if (before === null) await rm(path, { force: true });
      else await writeFile(path, before);
    }
    for (const [path, { after }] of next) {
      if (current.get(path)?.after === after) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, after);
    }
    current = next;
  };
  return { cwd: join(copy, relative(root, here)), root, gaps, put, remove };
}
