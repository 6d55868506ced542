import { messageOf } from '../whole-file.ts';

/** Why nothing may be written or undone: a sentence about `path`, as in a failure. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** Absolute path. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

/** Another process holds the lock. */
export class HeldError extends JournalError {}

/**
 * What `act` gives.
 * @throws {JournalError} about `path` for every error.
 */
export async function inJournal<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(path, `the journal cannot be written: ${messageOf(error)}`);
  }
}
