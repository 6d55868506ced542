import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { isInFolder } from '../real-path.ts';
import { linkPackages, type Linking } from './linked-packages.ts';

/** What to copy. */
export interface CopyRequest extends Linking {
  /** The files that git tracks, with `/` from the top; undefined where nobody knows. */
  readonly tracked: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What tools keep, report or record, and no test needs. */
const LEFT_OUT = new Set(['.git', '.hasten', '.cache', '.turbo', '.parcel-cache', '.nyc_output', 'coverage']);
/** Folders of packages that are only read: one link stands for them. */
const LINKED = ['bower_components', 'jspm_packages', '.yarn/cache', '.yarn/unplugged', '.pnpm-store'];

/** How much may be copied of what git does not track: settings, generated clients and what was built, but no archive of data. */
const MOST_BYTES = 300 * 1024 * 1024;
const MOST_FILES = 30_000;

interface Amount {
  bytes: number;
  files: number;
}

const exceeds = ({ bytes, files }: Amount): boolean => bytes > MOST_BYTES || files > MOST_FILES;

/** Adds what lies in `folder` to `amount`, no further than it takes to exceed the limits. */
async function measure(folder: string, amount: Amount): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (exceeds(amount)) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && !LEFT_OUT.has(entry.name)) await measure(path, amount);
    } else if (entry.isFile()) {
      amount.bytes += (await lstat(path)).size;
      amount.files++;
    }
  }
}

/** A copy that is being made. */
class Copying {
  readonly gaps: string[] = [];
  private readonly request: CopyRequest;
  private readonly tracked: ReadonlySet<string> | undefined;
  /** The folders with something tracked in them. */
  private readonly trackedFolders = new Set<string>();
  private readonly copied: Amount = { bytes: 0, files: 0 };

  constructor(request: CopyRequest) {
    this.request = request;
    this.tracked = request.tracked === undefined ? undefined : new Set(request.tracked);
    for (const name of request.tracked ?? []) {
      for (let at = dirname(name); at !== '.' && !this.trackedFolders.has(at); at = dirname(at))
        this.trackedFolders.add(at);
    }
  }

  /** Whether there is room for what git does not track; else notes that it is missing. */
  private async hasRoom(name: string): Promise<boolean> {
    const path = join(this.request.root, name);
    const about = await lstat(path);
    const { bytes, files } = this.copied;
    const amount = { bytes, files };
    if (about.isDirectory()) await measure(path, amount);
    else amount.bytes += about.size;
    if (exceeds(amount)) {
      this.gaps.push(about.isDirectory() ? `${name}/` : name);
      return false;
    }
    this.copied.bytes = amount.bytes;
    this.copied.files = amount.files;
    return true;
  }

  private isTracked(name: string, isFolder: boolean): boolean {
    return isFolder ? this.trackedFolders.has(name) : this.tracked?.has(name) === true;
  }

  /** A link to something in the project leads to its copy. */
  private async copyLink(name: string): Promise<void> {
    const { root, copy } = this.request;
    const to = await readlink(join(root, name));
    const isOwn = isAbsolute(to) && isInFolder(root, to);
    const absolute = isAbsolute(to) ? to : join(dirname(join(root, name)), to);
    const target = isOwn ? join(copy, relative(root, to)) : isInFolder(root, absolute) ? to : absolute;
    await symlink(target, join(copy, name));
  }

  private async copyOne(name: string): Promise<void> {
    const to = join(this.request.copy, name);
    const from = join(this.request.root, name);
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    // Tools that build only what is older than its sources compare these.
    const { atime, mtime } = await lstat(from);
    await utimes(to, atime, mtime);
  }

  /** Copies `entry` of the folder `folder`. `isCounted`: there was room for all that is in the folder. */
  private async copyEntry(folder: string, entry: Dirent, isCounted: boolean): Promise<void> {
    const { root, copy } = this.request;
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const isFolder = entry.isDirectory();
    const isTracked = this.isTracked(name, isFolder);
    if (entry.name === '.git' || entry.name === '.hasten') return;
    if (!isTracked && LEFT_OUT.has(entry.name)) return;
    if (entry.name === 'node_modules' && !isTracked) {
      // A link that leads nowhere has no packages.
      await linkPackages(join(root, name), join(copy, name), this.request).catch(() => undefined);
    } else if (LINKED.some((one) => name === one || name.endsWith(`/${one}`)) && !isTracked) {
      await symlink(join(root, name), join(copy, name), 'junction');
    } else if (entry.isSymbolicLink()) await this.copyLink(name);
    else if (isFolder) {
      if (!isTracked && !isCounted && !(await this.hasRoom(name))) return;
      await this.copyFolder(name, isCounted || !isTracked);
    } else if (entry.isFile() && (isTracked || isCounted || (await this.hasRoom(name)))) {
      await this.copyOne(name);
    }
  }

  /** Copies the folder `folder`, seen from the top. */
  async copyFolder(folder: string, isCounted: boolean): Promise<void> {
    const { root, copy, signal } = this.request;
    signal?.throwIfAborted();
    await mkdir(join(copy, folder), { recursive: true });
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }))
      await this.copyEntry(folder, entry, isCounted);
  }
}

/** Links the `node_modules` above the top of the project that packages may be found in. */
async function linkAbove({ root, copy }: CopyRequest): Promise<void> {
  for (let at = dirname(root); ; at = dirname(at)) {
    const path = join(at, 'node_modules');
    const about = await lstat(path).catch(() => undefined);
    if (about !== undefined) {
      await symlink(path, join(dirname(copy), 'node_modules'), 'junction');
      return;
    }
    if (at === dirname(at)) return;
  }
}

/**
 * Copies the project at `root` as it is on disk to `copy`, so that its tests can run there: everything that git tracks, and what it does not track or
 * ignores (`.env`, generated clients, builds) up to a limit; everything where nobody knows what is tracked. Packages are linked. What a test runner writes lands in the copy.
 * @returns the names of what was left out for its size, with `/` from the top.
 * @throws the reason of `signal`, or the error of the file system when something cannot be read.
 */
export async function copyProject(request: CopyRequest): Promise<readonly string[]> {
  const copying = new Copying(request);
  await copying.copyFolder('', request.tracked === undefined);
  await linkAbove(request);
  return copying.gaps;
}
