import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../whole-file.ts';
import { JournalError } from '../../errors.ts';
import type { KeptText } from './record.ts';
import { TEXTS, type Run } from './runs.ts';

/** A file of texts that is being written. */
export interface TextWriter {
  /** Puts `contents` behind what was put before, in one go. */
  keep(contents: readonly Buffer[]): Promise<KeptText[]>;
}

/** Writes the texts of a run into its folder: `act` says which. They are on the disk when it is over. */
export async function writeTexts<T>(folder: string, act: (texts: TextWriter) => Promise<T>): Promise<T> {
  const file = await open(join(folder, TEXTS), 'w', 0o600);
  let end = 0;
  try {
    const made = await act({
      async keep(contents) {
        await file.writeFile(Buffer.concat(contents));
        return contents.map((content) => {
          const start = end;
          end += content.length;
          return { hash: hashOf(content), start, length: content.length };
        });
      },
    });
    await file.sync();
    return made;
  } finally {
    await file.close();
  }
}

/**
 * A text that a run keeps.
 * @throws {JournalError} when it is not what was kept.
 */
export async function readText({ folder }: Run, { hash, start, length }: KeptText): Promise<Buffer> {
  const path = join(folder, TEXTS);
  const content = Buffer.alloc(length);
  const file = await open(path, 'r');
  try {
    for (let done = 0; done < length;) {
      const { bytesRead } = await file.read(content, done, length - done, start + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
  if (hashOf(content) !== hash) throw new JournalError(path, 'is damaged: it is not what was written to it');
  return content;
}
