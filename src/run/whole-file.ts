import { createHash } from 'node:crypto';
import { lstat, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const PERMISSIONS = 0o7777;
const WRITE_BITS = 0o222;

/** The SHA-256 of a content, in hexadecimal. */
export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Whether an error of the file system says that there is nothing at a path. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** What an error says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The content of the file at `path`; null where there is nothing. A link that leads nowhere is something. */
export async function contentAt(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    if ((await lstat(path).catch(() => undefined)) === undefined) return null;
    throw new Error('it is a link that leads nowhere', { cause: error });
  }
}

/** Whether nobody may write to the file: it could be replaced all the same, and whoever locked it did not want that. */
export const isReadOnly = async (path: string): Promise<boolean> =>
  ((await stat(path)).mode & WRITE_BITS) === 0;

/** Makes the names in a folder last through a loss of power, on systems that can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folders, and the folder may be gone: there is nothing to make last.
  }
}

/** Where and what `replaceWhole` writes. */
export interface Replacement {
  /** Absolute path of a file, not of a link. It need not exist, nor its folder. */
  readonly target: string;
  readonly content: Uint8Array;
  /** A path in the same folder that nobody else uses; what is left there of an earlier attempt is removed. */
  readonly temporary: string;
}

/**
 * Writes beside the file and renames, so that whoever reads it sees the old content or the new one, never a part. The new
 * content is on the disk before it takes the name. Permissions stay, and the owner where the system allows it.
 */
export async function replaceWhole({ target, content, temporary }: Replacement): Promise<void> {
  const before = await stat(target).catch(() => undefined);
  if (before === undefined) await mkdir(dirname(target), { recursive: true });
  const mode = before === undefined ? undefined : before.mode & PERMISSIONS;
  await rm(temporary, { force: true });
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      if (before !== undefined && mode !== undefined) {
        const { uid, gid } = await file.stat();
        // Only the superuser may give files away; for all others the file becomes theirs, as with any editor.
        if (uid !== before.uid || gid !== before.gid)
          await file.chown(before.uid, before.gid).catch(() => undefined);
        await file.chmod(mode);
      }
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
